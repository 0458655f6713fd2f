import { isLate, type Call } from './call';
import { characters } from './characters';
import { jsonText } from './json-text';
import { concatenate, type Text } from '../../template/late';
import { convert, toBoolean, toNumber } from '../convert';
import type { HclNumber } from '../number/hcl-number';
import { fixed, general, scientific } from '../number/number-text';
import { STRING } from '../types';
import { isKnown, isNumber, type Value } from '../value';

const VERB = /%(?:%|(?<flags>[-+ 0#]*)(?<width>[0-9]*)(?:\.(?<precision>[0-9]+))?(?:\[(?<index>[0-9]+)\])?(?<verb>[a-zA-Z]))/g;
const WIDEST = 1000;

/** `format` of HCL, whose verbs are those of Go. */
export function format(call: Call, pattern: string, values: ReadonlyArray<Value>): Text {
  const texts: Text[] = [];
  let end = 0;
  let next = 0;
  let most = 0;
  for (const match of pattern.matchAll(VERB)) {
    texts.push(literal(call, pattern.slice(end, match.index)));
    end = match.index + match[0].length;
    if (match[0] === '%%') {
      texts.push('%');
      continue;
    }
    const index = match.groups!.index === undefined ? next : Number(match.groups!.index) - 1;
    next = index + 1;
    most = Math.max(most, next);
    if (index < 0 || index >= values.length) call.fail('a verb has no argument', 'give as many arguments as verbs');
    texts.push(written(call, match.groups as unknown as Verb, values[index]!));
  }
  if (most < values.length) call.fail('there are more arguments than verbs', 'remove the others');
  return concatenate([...texts, literal(call, pattern.slice(end))]);
}

function literal(call: Call, text: string): string {
  return text.includes('%') ? call.fail('a % is followed by no verb', 'write %% for the sign itself') : text;
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
  if (value === null && verb.verb !== 'v') return call.fail('a verb is given null', 'use %v, or coalesce()');
  const plain = withoutWidth(call, verb, value);
  const missing = Math.max(0, Number(verb.width) - characters(plain).length);
  if (verb.flags.includes('-')) return plain + ' '.repeat(missing);
  if (!verb.flags.includes('0')) return ' '.repeat(missing) + plain;
  const sign = /^[+ -]/.exec('dbeEfgGoxX'.includes(verb.verb) ? plain : '')?.[0] ?? '';
  return sign + '0'.repeat(missing) + plain.slice(sign.length);
}

function withoutWidth(call: Call, verb: Verb, value: Value): string {
  switch (verb.verb) {
    case 's': return cut(anyText(call, value), verb.precision);
    case 'v': return asIs(call, verb, value);
    case 'q': return jsonText(cut(anyText(call, value), verb.precision));
    case 't': return String(toBoolean(value, call.place));
    case 'd': case 'b': case 'o': case 'x': case 'X': return signed(verb, whole(call, verb.verb, toNumber(value, call.place)));
    case 'e': case 'E': case 'f': case 'g': case 'G': return signed(verb, fraction(verb, toNumber(value, call.place)));
    default: return call.fail(`the verb "%${verb.verb}" is not known`, 'use %s, %d, %f, %q, %v, %x, %t');
  }
}

function asIs(call: Call, { flags }: Verb, value: Value): string {
  if (!flags.includes('#') && typeof value === 'string') return value;
  if (!flags.includes('#') && isNumber(value)) return general(value);
  return isKnown(value) ? jsonText(value) : call.fail('the list or map holds values that are not known yet', 'use join()');
}

const BASES: Record<string, number> = { d: 10, b: 2, o: 8, x: 16, X: 16 };

function whole(call: Call, verb: string, number: HclNumber): string {
  if (!number.isWhole) call.fail('the number is not whole', 'use floor(), or %f');
  const text = number.truncated().toString(BASES[verb]);
  return verb === 'X' ? text.toUpperCase() : text;
}

function fraction({ verb, precision }: Verb, number: HclNumber): string {
  const decimals = precision === undefined ? undefined : Number(precision);
  switch (verb) {
    case 'f': return fixed(number, decimals ?? 6);
    case 'g': return general(number, decimals);
    case 'G': return general(number, decimals).toUpperCase();
    case 'E': return scientific(number, decimals ?? 6).toUpperCase();
    default: return scientific(number, decimals ?? 6);
  }
}

function anyText(call: Call, value: Value): string {
  const text = convert(value, STRING, call.place);
  return typeof text === 'string' ? text : call.fail('this is not known yet', 'use %s');
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined || precision === '0' ? text : characters(text).slice(0, Number(precision)).join('');
}

function signed({ flags }: Verb, text: string): string {
  if (text.startsWith('-')) return text;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}
