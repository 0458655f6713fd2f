import type { Normaliser } from './normalise';
import type { Outcome } from './side';

/** Where two answers to one call differ. */
export interface Difference {
  readonly call: string;
  /** `error`, or the member, as `Parameters[].Value`. */
  readonly member: string;
  readonly local: string;
  readonly other: string;
}

interface Tree { [member: string]: Tree }

/** The watched members of an output, such as `Images.Name|State`; errors as they are. */
export function selected(outcome: Outcome, members: readonly string[], normaliser: Normaliser): unknown {
  if ('error' in outcome) return outcome;
  const tree: Tree = {};
  for (const member of members) grow(tree, member.split('.'));
  if (members.length === 0) return {};
  return normaliser.value(pick(outcome.output, tree));
}

function grow(tree: Tree, [first, ...rest]: string[]): void {
  for (const name of first?.split('|') ?? []) grow(tree[name] ??= {}, rest);
}

function pick(value: unknown, tree: Tree): unknown {
  if (Object.keys(tree).length === 0 || !value || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each) => pick(each, tree));
  return Object.fromEntries(Object.entries(tree).map(([name, inner]) => [name, pick((value as Record<string, unknown>)[name], inner)]));
}

export function differences(call: string, local: unknown, other: unknown): Difference[] {
  const errors = [errorOf(local), errorOf(other)] as const;
  if (errors[0] || errors[1]) {
    return errors[0]?.code === errors[1]?.code ? [] : [{ call, member: 'error', local: told(errors[0]), other: told(errors[1]) }];
  }
  return inside(local, other, '').map(({ member, ...values }) => ({ call, member: member.replace(/^\./, ''), ...values }));
}

type Found = Omit<Difference, 'call'>;

function inside(local: unknown, other: unknown, member: string): Found[] {
  if (empty(local) && empty(other)) return [];
  if (Array.isArray(local) && Array.isArray(other)) {
    if (local.length !== other.length) return [{ member: `${member}[]`, local: text(local), other: text(other) }];
    return local.flatMap((each, index) => inside(each, other[index], `${member}[]`));
  }
  if (isObject(local) && isObject(other)) {
    return [...new Set([...Object.keys(local), ...Object.keys(other)])].flatMap((name) => inside(local[name], other[name], `${member}.${name}`));
  }
  return local === other ? [] : [{ member, local: text(local), other: text(other) }];
}

/** Absent, null and empty are one: protocols cannot always tell them apart. */
const empty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.values(value).every(empty));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

function errorOf(outcome: unknown): { code: string; message: string } | undefined {
  if (!isObject(outcome) || typeof outcome.error !== 'string') return undefined;
  return { code: outcome.error, message: String(outcome.message) };
}

const told = (error: { code: string; message: string } | undefined): string => (error ? `${error.code} (${error.message})` : 'succeeds');
