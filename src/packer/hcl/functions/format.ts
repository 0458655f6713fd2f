import { isLate, type Call } from './call';
import { characters } from './characters';
import { jsonText } from './json-text';
import { concatenate, type Text } from '../../template/late';
import { convert, toBoolean, toNumber } from '../convert';
import type { HclNumber } from '../number/hcl-number';
import { fixed, general, scientific } from '../number/number-text';
import { STRING } from '../types';
import { isKnown, isNumber, type Value } from '../value';

const VERB = /%(?:%|(?<flags>[-+ 0#]*)(?<width>(?:[1-9][0-9]*)?)(?:\.(?<precision>[0-9]+))?(?:\[(?<index>[0-9]+)\])?(?<verb>[a-zA-Z]))/g;
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
  switch (verb.verb) {
    case 's': return padded(verb, cut(anyText(call, value), verb.precision));
    case 'v': return padded(verb, asIs(call, verb, value));
    case 'q': return padded(verb, jsonText(cut(anyText(call, value), verb.precision)));
    case 't': return String(toBoolean(value, call.place));
    case 'd': case 'b': case 'o': case 'x': case 'X': return whole(call, verb, toNumber(value, call.place));
    case 'e': case 'E': case 'f': case 'g': case 'G': return filled(verb, fraction(verb, toNumber(value, call.place)), '', verb.flags.includes('0'));
    default: return call.fail(`the verb "%${verb.verb}" is not known`, 'use %s, %d, %f, %q, %v, %x, %t');
  }
}

function asIs(call: Call, { flags }: Verb, value: Value): string {
  if (!flags.includes('#') && typeof value === 'string') return value;
  if (!flags.includes('#') && isNumber(value)) return general(value);
  return isKnown(value) ? jsonText(value) : call.fail('the list or map holds values that are not known yet', 'use join()');
}

/** To its width, as HCL does: with zeros on the right, too, where both are asked for. */
function padded({ flags, width }: Verb, text: string): string {
  const padding = (flags.includes('0') ? '0' : ' ').repeat(Math.max(0, Number(width) - characters(text).length));
  return flags.includes('-') ? text + padding : padding + text;
}

const BASES: Record<string, readonly [number, string]> = { d: [10, ''], b: [2, '0b'], o: [8, '0'], x: [16, '0x'], X: [16, '0X'] };

/** With a precision, which is the least number of digits, zeros do not fill the width. */
function whole(call: Call, verb: Verb, number: HclNumber): string {
  if (!number.isWhole) call.fail('the number is not whole', 'use floor(), or %f');
  const [base, prefix] = BASES[verb.verb]!;
  const text = number.truncated().toString(base).replace(/[0-9a-z]+/, (digits) => digits.padStart(Number(verb.precision ?? 0), '0'));
  if (verb.precision !== undefined && Number(verb.precision) === 0 && text === '0') return '';
  const zeros = verb.flags.includes('0') && verb.precision === undefined;
  return filled(verb, verb.verb === 'X' ? text.toUpperCase() : text, verb.flags.includes('#') ? prefix : '', zeros);
}

/** A number to its width, as Go does: zeros stand behind the sign and what says its base. */
function filled({ flags, width }: Verb, text: string, prefix: string, zeros: boolean): string {
  const sign = text.startsWith('-') ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const [front, digits] = [sign + prefix, text.replace(/^-/, '')];
  const missing = Math.max(0, Number(width) - front.length - digits.length);
  if (flags.includes('-')) return front + digits + ' '.repeat(missing);
  return zeros ? front + '0'.repeat(missing) + digits : ' '.repeat(missing) + front + digits;
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
