import { AwsError, NotModelled } from '../kernel';

/** One value of a pattern's list, as a test of a value of the event; `absent` when it holds for a field that is not there. */
export interface Matcher {
  readonly absent?: boolean;
  test(value: unknown): boolean;
}

export const invalidPattern = (reason: string): AwsError => new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);

/** The matcher for an element of a list in an event pattern ("Comparison operators for use in event patterns"). */
export function matcher(element: unknown): Matcher {
  if (element === null || typeof element !== 'object') return { test: (value) => value === element };
  const entries = Object.entries(element);
  const [name, operand] = entries[0] ?? [];
  if (name === undefined || entries.length !== 1 || Array.isArray(element)) throw invalidPattern('Only one key allowed in match expression');
  switch (name) {
    case 'exists': return exists(operand);
    case 'anything-but': return anythingBut(operand);
    case 'numeric': return numeric(operand);
    case 'cidr': throw new NotModelled('the event pattern operator cidr');
    default: return text(name, operand);
  }
}

function text(name: string, operand: unknown): Matcher {
  if (operand !== null && typeof operand === 'object' && (name === 'prefix' || name === 'suffix')) return foldedAffix(name, operand);
  if (typeof operand !== 'string') throw invalidPattern(`${name} match pattern must be a string`);
  const test = textTests[name];
  if (!test) throw invalidPattern(`Unrecognized match type ${name}`);
  const compare = test(operand);
  return { test: (value) => typeof value === 'string' && compare(value) };
}

const textTests: Record<string, (operand: string) => (value: string) => boolean> = {
  'prefix': (operand) => (value) => value.startsWith(operand),
  'suffix': (operand) => (value) => value.endsWith(operand),
  'equals-ignore-case': (operand) => (value) => value.toLowerCase() === operand.toLowerCase(),
  'wildcard': (operand) => {
    const expression = wildcard(operand);
    return (value) => expression.test(value);
  },
};

/** `{"prefix": {"equals-ignore-case": …}}`. */
function foldedAffix(name: 'prefix' | 'suffix', operand: object): Matcher {
  const folded = (operand as Record<string, unknown>)['equals-ignore-case'];
  if (typeof folded !== 'string') throw invalidPattern(`Unsupported anything within ${name}`);
  const compare = textTests[name]!(folded.toLowerCase());
  return { test: (value) => typeof value === 'string' && compare(value.toLowerCase()) };
}

/** `*` stands for any characters; a backslash escapes it. */
function wildcard(pattern: string): RegExp {
  if (/(^|[^\\])\*\*/.test(pattern)) throw invalidPattern('Consecutive wildcard characters');
  const source = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (found, escaped) => (escaped ? `\\${escaped}` : found === '*' ? '.*' : `\\${found}`));
  return new RegExp(`^${source}$`, 's');
}

function exists(operand: unknown): Matcher {
  if (typeof operand !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
  return operand ? { test: (value) => value !== undefined } : { test: () => false, absent: true };
}

/** Anything but values, or but what another operator matches. */
function anythingBut(operand: unknown): Matcher {
  const excluded = operand !== null && typeof operand === 'object' && !Array.isArray(operand) ? operators(operand) : list(operand).map(matcher);
  return { test: (value) => value !== undefined && !excluded.some((each) => each.test(value)) };
}

function operators(operand: object): Matcher[] {
  const [name, inner] = Object.entries(operand)[0] ?? [];
  if (!name || !['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)) throw invalidPattern('Unsupported anything-but pattern');
  return list(inner).map((each) => matcher({ [name]: each }));
}

const list = (operand: unknown): unknown[] => {
  const values = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return values;
};

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numeric(operand: unknown): Matcher {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) throw invalidPattern('Invalid numeric match: must be an array of pairs');
  const pairs: Array<[string, number]> = [];
  for (let i = 0; i < operand.length; i += 2) {
    if (!(operand[i] in comparisons)) throw invalidPattern(`Unrecognized numeric range operator: ${operand[i]}`);
    if (typeof operand[i + 1] !== 'number') throw invalidPattern('Value of numeric match must be a number');
    pairs.push([operand[i], operand[i + 1]]);
  }
  return { test: (value) => typeof value === 'number' && pairs.every(([comparison, bound]) => comparisons[comparison]!(value, bound)) };
}
