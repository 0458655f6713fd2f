/** Looks at a key that failed one after the other, for a reason that should pass by itself. */
export interface Trouble {
  readonly since: number;
  /** When the next look was asked for. */
  readonly next: number;
}

/** A look that comes so much later than it was asked for follows another one that went well. */
const SLACK_MILLISECONDS = 120_000;
/** What has not passed for so long does not pass by itself. */
const LONGEST_MILLISECONDS = 3_600_000;

/** Notes one more failure; `lastingSince` is set when the trouble has lasted for so long that an operator must know. */
export function noteTrouble(before: Trouble | undefined, now: number, seconds: number): { trouble: Trouble; lastingSince?: number } {
  const goesOn = before !== undefined && now <= before.next + SLACK_MILLISECONDS;
  const since = goesOn ? before.since : now;
  const trouble = { since, next: now + seconds * 1000 };
  return now - since < LONGEST_MILLISECONDS ? { trouble } : { trouble, lastingSince: since };
}
