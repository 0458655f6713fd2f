import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

/** Refuses ids of hardening items that are not there. */
export function checkKnown(scope: IConstruct, known: string[], ids: string[]): void {
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new InvalidInputError(scope, {
      what: `there is no hardening item '${unknown}'`,
      expected: 'an id of docs/guides/hardening.md',
      fix: 'correct it or remove it',
    });
  }
}

/** The ids of hardening items that stay. What is excluded must be there, and something must stay. */
export function keptItems(scope: IConstruct, known: string[], excluded: string[]): string[] {
  checkKnown(scope, known, excluded);
  const kept = known.filter((id) => !excluded.includes(id));
  if (kept.length === 0) {
    throw new InvalidInputError(scope, {
      what: 'every hardening item is excluded',
      expected: 'one or more that stay',
      fix: 'leave the component out',
    });
  }
  return kept;
}
