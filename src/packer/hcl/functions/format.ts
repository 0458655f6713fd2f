import { concatenate, type Text } from '../../template/late';
import { toNumber } from '../evaluate-operators';
import { canonical, isKnown, isList, isMap, type Value } from '../value';
import { isLate, type Call } from './call';

const VERB = /%(?:%|(?<flags>[-+ 0#]*)(?<width>[0-9]*)(?:\.(?<precision>[0-9]+))?(?:\[(?<index>[0-9]+)\])?(?<verb>[a-zA-Z]))/g;
const WIDEST = 1000;

/** `format` of HCL, whose verbs are those of Go. */
export function format(call: Call, pattern: string, values: ReadonlyArray<Value>): Text {
  const texts: Text[] = [];
  let end = 0;
  let next = 0;
  for (const match of pattern.matchAll(VERB)) {
    texts.push(pattern.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === '%%') {
      texts.push('%');
      continue;
    }
    const index = match.groups!.index === undefined ? next : Number(match.groups!.index) - 1;
    next = index + 1;
    if (index < 0 || index >= values.length) call.fail('a verb has no argument', 'give as many arguments as verbs');
    texts.push(written(call, match.groups as unknown as Verb, values[index]!));
  }
  if (pattern.slice(end).includes('%')) call.fail('a % is followed by no verb', 'write %% for the sign itself');
  if (next < values.length) call.fail('there are more arguments than verbs', 'remove the others');
  return concatenate([...texts, pattern.slice(end)]);
}

interface Verb {
  readonly flags: string;
  readonly width: string;
  readonly precision?: string;
  readonly verb: string;
}

function written(call: Call, verb: Verb, value: Value): Text {
  if (Number(verb.width) > WIDEST || Number(verb.precision ?? 0) > 100) call.fail('nobody writes that wide', `use up to ${WIDEST} characters`);
  if (isLate(value)) {
    return 'sv'.includes(verb.verb) && verb.width === '' ? value : call.fail('a value that is not known yet can only be written as it is', 'use %s');
  }
  const plain = withoutWidth(call, verb, value);
  const width = Number(verb.width);
  if (verb.flags.includes('-')) return plain.padEnd(width);
  return verb.flags.includes('0') && 'dfeg'.includes(verb.verb) ? zeroPadded(plain, width) : plain.padStart(width);
}

function zeroPadded(text: string, width: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function withoutWidth(call: Call, { flags, verb, precision }: Verb, value: Value): string {
  switch (verb) {
    case 's': return cut(anyText(call, value), precision);
    case 'v': return isList(value) || isMap(value) || value === null ? json(call, value) : String(value);
    case 'q': return JSON.stringify(anyText(call, value));
    case 't': return String(value);
    case 'd': return signed(Math.trunc(toNumber(value, call.place)), flags, String);
    case 'f': return signed(toNumber(value, call.place), flags, (number) => number.toFixed(Number(precision ?? 6)));
    case 'g': return signed(toNumber(value, call.place), flags, String);
    case 'e': return signed(toNumber(value, call.place), flags, (number) => number.toExponential(Number(precision ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2'));
    case 'x': return Math.trunc(toNumber(value, call.place)).toString(16);
    case 'X': return Math.trunc(toNumber(value, call.place)).toString(16).toUpperCase();
    case 'o': return Math.trunc(toNumber(value, call.place)).toString(8);
    case 'b': return Math.trunc(toNumber(value, call.place)).toString(2);
    default: return call.fail(`the verb "%${verb}" is not known`, 'use %s, %d, %f, %q, %v, %x, %t');
  }
}

function anyText(call: Call, value: Value): string {
  const text = call.asText(value);
  return typeof text === 'string' ? text : call.fail('this is not known yet', 'use %s');
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : [...text].slice(0, Number(precision)).join('');
}

function json(call: Call, value: Value): string {
  return isKnown(value) ? canonical(value) : call.fail('the list or map holds values that are not known yet', 'use join()');
}

function signed(number: number, flags: string, write: (number: number) => string): string {
  return flags.includes('+') && number >= 0 ? `+${write(number)}` : write(number);
}
