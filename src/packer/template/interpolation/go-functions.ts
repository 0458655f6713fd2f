import { printed, printf } from './go-format';
import type { Argument, EngineFunction } from './interpolate';
import { Late } from '../late';

type Known = string | number | boolean;
type Fail = (what: string, fix: string) => never;

const LATER = 'decide in the script, or write the value';

/** Functions that every template of Go has (Go, package text/template, "Functions"). */
export const GO_FUNCTIONS: ReadonlyArray<readonly [string, EngineFunction]> = [
  ['print', known((args) => printed(args))],
  ['println', known((args) => `${args.map((each) => printed([each])).join(' ')}\n`)],
  ['printf', (args, fail) => printf(args, fail)],
  ['len', known(([text = ''], fail) => Buffer.byteLength(textIn('len', text, fail)))],
  ['index', known(([text = '', at = -1], fail) => Buffer.from(textIn('index', text, fail))[Number(at)] ?? fail('"index" asks for what is not there', 'count from 0'))],
  ['slice', known(([text = '', from = 0, to], fail) => sliced(textIn('slice', text, fail), Number(from), to, fail))],
  ['urlquery', known((args) => encodeURIComponent(printed(args)).replaceAll('%20', '+').replace(/[!'()*]/g, escaped))],
  ['html', known((args) => printed(args).replace(/[<>&'"\0]/g, (each) => HTML[each]!))],
  ['not', known(([value = ''], fail, count) => (count === 1 ? !truth(value) : fail('"not" takes one argument', 'write {{ not … }}')))],
  ['and', known((args) => args.find((each) => !truth(each)) ?? args.at(-1) ?? false)],
  ['or', known((args) => args.find(truth) ?? args.at(-1) ?? false)],
  ['eq', known(([first = '', ...others], fail) => others.map((each) => compared('eq', first, each, fail) === 0).includes(true))],
  ...ordering('ne', (order) => order !== 0),
  ...ordering('lt', (order) => order < 0),
  ...ordering('le', (order) => order <= 0),
  ...ordering('gt', (order) => order > 0),
  ...ordering('ge', (order) => order >= 0),
];

const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&#34;', '\0': '\uFFFD' };

const escaped = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

/** Compares two values. */
function ordering(name: string, holds: (order: number) => boolean): Array<[string, EngineFunction]> {
  return [[name, known(([one = '', other = ''], fail, count) =>
    (count === 2 ? holds(compared(name, one, other, fail)) : fail(`"${name}" takes two arguments`, `write {{ ${name} \`a\` \`b\` }}`)))]];
}

/** What counts as true in an `if`: all that is not empty. */
export const truth = (value: Known): boolean => value !== '' && value !== 0 && value !== false;

/** A function of values that are known now. */
function known(apply: (args: Known[], fail: Fail, count: number) => Known): EngineFunction {
  return (args, fail) => apply(args.map((each) => nowKnown(each, fail)), fail, args.length);
}

export function nowKnown(value: Argument, fail: Fail): Known {
  return value instanceof Late ? fail('a value that is sensitive or that only the build knows decides here', LATER) : value;
}

const textIn = (name: string, value: Known, fail: Fail): string => (typeof value === 'string' ? value : fail(`"${name}" is given no text`, 'give a text'));

/** By bytes. */
function sliced(text: string, from: number, to: Known | undefined, fail: Fail): string {
  const bytes = Buffer.from(text);
  const end = to === undefined ? bytes.length : Number(to);
  return from >= 0 && from <= end && end <= bytes.length ? bytes.subarray(from, end).toString() : fail('"slice" asks for what is not there', 'count from 0');
}

/** Go compares only what is of one kind. */
function compared(name: string, one: Known, other: Known, fail: Fail): number {
  if (typeof one !== typeof other) return fail(`"${name}" compares a ${typeof one} with a ${typeof other}`, 'write both as texts, or both as numbers: variables are texts');
  if (typeof one === 'boolean' && name !== 'eq' && name !== 'ne') return fail(`"${name}" compares true and false`, 'use eq');
  if (typeof one === 'string') return Buffer.compare(Buffer.from(one), Buffer.from(String(other)));
  return Number(one) - Number(other);
}
