import { Token } from 'aws-cdk-lib';
import { CLASSES, ENUMS, INTERFACES, METHODS, STRUCTS } from './api.generated';
import { CONTENTS } from './contents';
import { described, isPlain } from './described';
import { parametersOf } from './signature';
import { expected, fix } from './wanted';
import type { Problem } from '../errors';
import { isKind, isObject, kindsOf } from '../kinds';
import { nearest } from '../nearest';

/** How strictly a value is read. */
export interface Reading {
  /** Whether options may have keys of their own: those of a class that the user derived. */
  readonly derived?: boolean;
  /** Whether keys stand for themselves in the error, as those of the last argument do. */
  readonly last?: boolean;
}

/** What is taken for what it is made of. */
const ALSO: Record<string, string> = { RolloutTarget: 'AutoScalingGroup' };

/** The first thing that is wrong with a value, if any. */
export function problemOf(type: string, value: unknown, path: string, reading: Reading = {}): Problem | undefined {
  if (type.endsWith('[]')) { return listProblem(type, value, path); }
  if (type.startsWith('{')) { return mapProblem(type, value, path); }
  if (type in STRUCTS) { return isPlain(value) ? optionsProblem(type, value, path, reading) : wrong(type, value, path); }
  return fits(type, value) ? CONTENTS[type]?.(value, path) : wrong(type, value, path);
}

const wrong = (type: string, value: unknown, path: string): Problem =>
  value === undefined
    ? { what: `${path} is missing`, expected: expected(type), fix: fix(type, value) }
    : { what: `${path} is ${described(value)}`, expected: expected(type), fix: fix(type, value) };

function listProblem(type: string, value: unknown, path: string): Problem | undefined {
  if (Token.isUnresolved(value)) { return undefined; }
  if (!Array.isArray(value)) { return wrong(type, value, path); }
  return first(value, (each, index) => problemOf(type.slice(0, -2), each, `${path}[${index}]`));
}

function mapProblem(type: string, value: unknown, path: string): Problem | undefined {
  if (Token.isUnresolved(value)) { return undefined; }
  if (!isPlain(value)) { return wrong(type, value, path); }
  return first(Object.entries(value), ([key, each]) => problemOf(type.slice(1, -1), each, `${path}['${key}']`));
}

function optionsProblem(type: string, value: Record<string, unknown>, path: string, { derived, last }: Reading): Problem | undefined {
  const keys = parametersOf(STRUCTS[type]!);
  const at = (name: string) => (last ? name : `${path}.${name}`);
  const unknown = derived ? undefined : Object.keys(value).find((key) => value[key] !== undefined && !keys.some(({ name }) => name === key));
  if (unknown !== undefined) { return unknownKey(type, keys.map(({ name }) => name), unknown, at(unknown)); }
  return first(keys, ({ name, type: each, optional }) =>
    (optional && value[name] === undefined ? undefined : problemOf(each, value[name], at(name))));
}

function unknownKey(type: string, known: string[], key: string, path: string): Problem {
  const near = nearest(key, known);
  return {
    what: `${path} is not an option`,
    expected: `options of ${type}: ${known.join(', ')}`,
    fix: near === undefined ? 'remove it' : `did you mean ${near}?`,
  };
}

function fits(type: string, value: unknown): boolean {
  if (type === 'any') { return true; }
  if (['string', 'number', 'boolean'].includes(type)) { return Token.isUnresolved(value) || (typeof value === type && !Number.isNaN(value)); }
  if (type in ENUMS) { return Token.isUnresolved(value) || Object.values(ENUMS[type]!).includes(value as string); }
  if (type in CLASSES) { return isKind(value, type) || implementsIt(type, value) || (type in ALSO && fits(ALSO[type]!, value)); }
  // Options of the CDK, of which the CDK knows the keys.
  return isObject(value) && !Array.isArray(value) && (INTERFACES[type] ?? []).every((member) => member in value);
}

/** TypeScript takes an object that has the methods of a class, without being one. */
function implementsIt(type: string, value: unknown): boolean {
  const methods = METHODS[type] ?? [];
  return isObject(value) && kindsOf(value).length === 0 && methods.length > 0 && methods.every((name) => typeof (value as never)[name] === 'function');
}

function first<T>(values: readonly T[], check: (value: T, index: number) => Problem | undefined): Problem | undefined {
  for (const [index, value] of values.entries()) {
    const problem = check(value, index);
    if (problem) { return problem; }
  }
  return undefined;
}
