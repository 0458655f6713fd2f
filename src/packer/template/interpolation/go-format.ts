import type { Argument } from './interpolate';
import { concatenate, Late, type Text } from '../late';

type Fail = (what: string, fix: string) => never;

const FIX = 'use %s, %d, %v, %q, %x, %t with a width, or write the text';
/** The verbs that are read: flags, width, precision of texts. */
const VERB = /%(?:(?<escape>%)|(?<flags>[-0+]*)(?<width>\d{0,3})(?:\.(?<precision>\d{1,3}))?(?<verb>[svdqxXt]))|%/g;

/** As `print` of Go writes values: a space stands between two that are no texts. */
export const printed = (values: ReadonlyArray<string | number | boolean>): string => values.map((value, index) =>
  (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string' ? ' ' : '') + String(value)).join('');

/** `printf` of Go (package fmt). What Go would write as an error into the text is refused. */
export function printf([format = '', ...args]: ReadonlyArray<Argument>, fail: Fail): Argument {
  if (typeof format !== 'string') return fail('"printf" lacks a format that is known', FIX);
  const pieces: Text[] = [];
  let [end, next] = [0, 0];
  for (const match of format.matchAll(VERB)) {
    pieces.push(format.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === '%') fail('the format of "printf" has a verb that is not read', FIX);
    if (match.groups!.escape !== undefined) pieces.push('%');
    else pieces.push(formatted(args[next++], match, fail));
  }
  if (next < args.length) fail('"printf" is given more than its format takes', 'remove it');
  return concatenate([...pieces, format.slice(end)]);
}

function formatted(value: Argument | undefined, { groups, 0: verb }: RegExpExecArray, fail: Fail): Text {
  if (value === undefined) return fail(`"printf" lacks a value for ${verb}`, 'give one');
  if (value instanceof Late) return verb === '%s' || verb === '%v' ? value : fail('"printf" is given a value that is sensitive or that only the build knows', 'use %s');
  const { flags = '', width = '', precision } = groups!;
  const text = written(value, groups!.verb!, fail);
  const cut = precision !== undefined && typeof value === 'string' ? [...text].slice(0, Number(precision)).join('') : text;
  const signed = flags.includes('+') && typeof value === 'number' && value >= 0 ? `+${cut}` : cut;
  if (flags.includes('-')) return signed.padEnd(Number(width || 0));
  if (!flags.includes('0') || typeof value !== 'number') return signed.padStart(Number(width || 0));
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(signed)!;
  return sign + digits!.padStart(Number(width || 0) - sign!.length, '0');
}

function written(value: string | number | boolean, verb: string, fail: Fail): string {
  if (verb === 'v') return String(value);
  if (typeof value === 'string' && verb === 's') return value;
  if (typeof value === 'string' && verb === 'q' && /^[\x20-\x7e]*$/.test(value)) return JSON.stringify(value);
  if (typeof value === 'string' && /x/i.test(verb)) return cased(Buffer.from(value).toString('hex'), verb);
  if (Number.isInteger(value) && verb === 'd') return String(value);
  if (Number.isInteger(value) && /x/i.test(verb)) return cased(Number(value).toString(16), verb);
  if (typeof value === 'boolean' && verb === 't') return String(value);
  return fail(`%${verb} of "printf" does not fit a ${typeof value}`, 'take %v');
}

const cased = (text: string, verb: string): string => (verb === 'X' ? text.toUpperCase() : text);
