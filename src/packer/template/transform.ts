import { derivedSecret, isSecret, Late, type Part, type Text } from './late';
import type { RuntimeValue } from './model';
import { formatLayout, RFC_3339 } from './time-layout';

/** Moments that differ in every element of a time: what holds for all of them holds for the layout. */
const SAMPLES = ['2021-03-04T09:08:07Z', '2034-12-25T21:46:58Z', '1999-05-31T00:00:00Z'].map((moment) => new Date(moment));

/**
 * Applies a function to a text. Where the text holds a time that only the build knows, the function is applied to the layout of the time;
 * `regex_replace(timestamp(), "[- TZ:]", "")` is `isotime` with a layout of digits only. Undefined where that would give another text.
 */
export function transform(text: Text, apply: (text: string) => string): Text | undefined {
  if (!(text instanceof Late)) return apply(text);
  if (text.secrets.length > 0) return derivedSecret(text);
  const parts = text.parts.map((part) => (typeof part === 'string' ? apply(part) : transformed(part as RuntimeValue, apply)));
  return SAMPLES.every((moment) => apply(sample(text.parts, moment)) === sample(parts, moment)) ? new Late(parts) : undefined;
}

function transformed(value: RuntimeValue, apply: (text: string) => string): RuntimeValue {
  if (SAMPLES.every((moment) => apply(sample([value], moment)) === sample([value], moment))) return value;
  return value.call === 'isotime' ? { ...value, argument: apply(value.argument ?? RFC_3339) } : value;
}

/** What a text would be at a moment; a name that is anybody's guess is written so that every function changes it. */
function sample(parts: ReadonlyArray<Part>, moment: Date): string {
  return parts.map((part) => (typeof part === 'string' || isSecret(part) ? String(part) : sampleValue(part, moment))).join('');
}

function sampleValue(value: RuntimeValue, moment: Date): string {
  switch (value.call) {
    case 'isotime': return formatLayout(value.argument ?? RFC_3339, moment);
    case 'timestamp': return String(moment.getTime() / 1000);
    case 'uuid': return `0f1e2d3c-4b5a-4978-8a69-${String(moment.getTime()).padStart(12, '0').slice(-12)}`;
    default: return ` aZ09-_.:/\\'"*é${value.call} `;
  }
}
