import { invalidPattern, matcher, type Matcher } from './matchers';

type Test = (value: unknown) => boolean;

/**
 * An event pattern as a test of events: every field must match, by one element of its list; a field that is an array matches
 * when one of its elements does. Throws `InvalidEventPatternException`.
 */
export function compilePattern(text: string): (event: Record<string, unknown>) => boolean {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalidPattern('Invalid JSON');
  }
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw invalidPattern('Filter is not an object');
  return fields(pattern);
}

function fields(pattern: Record<string, unknown>): Test {
  const tests: Test[] = Object.entries(pattern).map(([name, inner]) => {
    if (name === '$or') return alternatives(inner);
    const test = field(name, inner);
    return (value) => test(isObject(value) ? value[name] : undefined);
  });
  if (tests.length === 0) throw invalidPattern('Empty objects are not allowed');
  const all: Test = (value) => tests.every((test) => test(value));
  // Fields of one pattern must match within one element of an array.
  return (value) => (Array.isArray(value) ? value.some(all) : all(value));
}

function alternatives(patterns: unknown): Test {
  if (!Array.isArray(patterns) || patterns.length < 2 || !patterns.every(isObject)) throw invalidPattern('$or must be an array of two or more objects');
  const tests = patterns.map(fields);
  return (value) => tests.some((test) => test(value));
}

function field(name: string, inner: unknown): Test {
  if (isObject(inner)) return fields(inner);
  if (!Array.isArray(inner)) throw invalidPattern(`"${name}" must be an object or an array`);
  if (inner.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const matchers = inner.map(matcher);
  return (value) => matches(matchers, value);
}

function matches(matchers: Matcher[], value: unknown): boolean {
  if (value === undefined) return matchers.some((each) => each.absent);
  const values = Array.isArray(value) ? value.flat(Infinity) : [value];
  return values.some((each) => matchers.some((one) => one.test(each)));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
