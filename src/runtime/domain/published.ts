/** The ledger record of a parameter of ours (`ledgerKey.published`), written before the parameter is. */
export interface Published {
  /** What it was asked to hold last. */
  readonly value: string;
  /** What it held before, newest first; until when it was seen or asked for (milliseconds since 1970). */
  readonly former: ReadonlyArray<FormerValue>;
}

interface FormerValue {
  readonly value: string;
  readonly until: number;
  /** It was there before anything was recorded: whose it is, nobody can tell. */
  readonly found?: boolean;
}

/** All that was asked for, as far as it is kept. */
export const everAsked = ({ value, former }: Published): string[] => [value, ...former.filter(({ found }) => !found).map((each) => each.value)];

/** What we asked for may be written late: AWS validates AMIs after its answer, and a writer that stalled goes on (assumption: published-late). */
const LATE_MILLISECONDS = 3_600_000;
const KEPT = 4;

/** Whether somebody else wrote what a parameter holds. Nobody can tell where nothing was recorded yet. */
export const isOverwritten = (published: Published | undefined, found: string, now: number): boolean => published !== undefined
  && found !== published.value && !published.former.some(({ value, until }) => value === found && now - until < LATE_MILLISECONDS);

/** The record of a parameter that is about to be asked to hold `value`; `found`: what it holds of ours. */
export function publishing(before: Published | undefined, value: string, found: string | undefined, now: number): Published {
  const held = [...new Set([before?.value, found])].filter((each) => each !== undefined && each !== value);
  const older = (before?.former ?? []).filter((each) => each.value !== value && !held.includes(each.value));
  const asked = new Set(before && everAsked(before));
  const ended = held.map((each): FormerValue => ({ value: each!, until: now, ...(asked.has(each!) ? {} : { found: true }) }));
  return { value, former: [...ended, ...older].slice(0, KEPT) };
}
