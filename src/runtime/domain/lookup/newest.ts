import type { AmiLookup } from '../../../contract';

/** An AMI that matches a lookup. */
export interface AmiCandidate {
  readonly id: string;
  readonly name: string;
  /** As EC2 writes it: ISO 8601 in UTC, so that texts compare as times do. */
  readonly createdAt: string;
  /** Absent where no deprecation is planned. */
  readonly deprecatedAt?: string;
}

/** The newest of them that is not deprecated, whatever order they come in; undefined where there is none. */
export function newestAmi(candidates: readonly AmiCandidate[], { newestBy }: Pick<AmiLookup, 'newestBy'>, now: number): string | undefined {
  const byName = newestBy === 'name' ? numbersDescending : (): number => 0;
  const current = candidates.filter(({ deprecatedAt }) => deprecatedAt === undefined || Date.parse(deprecatedAt) > now);
  return current.sort((a, b) => byName(a, b) || descending(a.createdAt, b.createdAt) || descending(a.id, b.id))[0]?.id;
}

const descending = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);

/** `RHEL-9.10.0_HVM-20261103` before `RHEL-9.8.0_HVM-20261120`. */
function numbersDescending(a: AmiCandidate, b: AmiCandidate): number {
  const [left, right] = [a, b].map(({ name }) => (name.match(/\d+/g) ?? []).map(Number)) as [number[], number[]];
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (right[index] ?? -1) - (left[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
