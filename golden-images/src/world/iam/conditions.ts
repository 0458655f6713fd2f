import { listed } from './rights';
import { NotModelled } from '../kernel';

/** The element `Condition` of a statement: operator, key, values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
/** What the keys hold, by their names in lower case: names of keys are not case-sensitive. */
export type ConditionValues = Readonly<Record<string, string>>;

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

type Comparison = (pattern: string, value: string) => boolean;

/**
 * Source of all that is here: IAM user guide, "IAM JSON policy elements: Condition operators". `ArnEquals` and `ArnLike`
 * behave alike.
 */
const operators: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, value) => wanted === value,
  StringEqualsIgnoreCase: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  StringLike: (pattern, value) => wildcards(pattern).test(value),
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
};

/** Whether every operator holds for every of its keys. */
export function conditionHolds(block: ConditionBlock = {}, values: ConditionValues): boolean {
  const all = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => one({ operator, key, wanted: listed(wanted) }, values)));
  return all.every(Boolean);
}

/** Values of one key are alternatives; under a negated operator none of them may match. */
function one({ operator, key, wanted }: Condition, values: ConditionValues): boolean {
  const plain = operator.replace(/IfExists$/, '');
  const negated = /Not/.test(plain);
  const comparison = operators[plain.replace('Not', '')];
  if (!comparison) throw new NotModelled(`the condition operator ${operator}`);
  const value = values[key.toLowerCase()];
  if (value === undefined) throw new NotModelled(`the condition key ${key}`);
  const variable = wanted.find((text) => text.includes('${'));
  if (variable) throw new NotModelled(`the policy variable in ${variable}`);
  return wanted.some((pattern) => comparison(pattern, value)) !== negated;
}

/** Each of the six parts of an ARN is matched by itself; `*` stands for any text in it. */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = parts(pattern);
  return parts(arn).every((part, index) => wildcards(wanted[index] ?? '').test(part));
}

function parts(arn: string): string[] {
  const [...all] = arn.split(':');
  return [...all.slice(0, 5), all.slice(5).join(':')];
}

/** `*` and `?` stand for any text and for any character. */
function wildcards(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
}
