import type { Difference } from './harness/compare';

/** A difference in which the local AWS follows the documentation of AWS, and moto does not. */
export interface KnownDifference {
  readonly call: string;
  /** As `Difference.member`; a leading part is enough. */
  readonly member: string;
  /** What the answers contain. */
  readonly local?: string;
  readonly other?: string;
  /** Where the scenario matters. */
  readonly scenario?: string;
  readonly reason: string;
  /** Where AWS says so. */
  readonly source: string;
}

export const knownDifferences: readonly KnownDifference[] = [];

export function explains(known: KnownDifference, found: Difference & { readonly scenario: string }): boolean {
  return known.call === found.call && found.member.startsWith(known.member) && found.local.includes(known.local ?? '')
    && found.other.includes(known.other ?? '') && found.scenario.includes(known.scenario ?? '');
}
