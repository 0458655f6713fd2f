/** The ledger record of a write of a pointer (`ledgerKey.pointer`): what AWS was asked for, and has not shown yet. */
export interface PointerWrite {
  readonly ami: string;
  /** Milliseconds since 1970: of the first request and of the last. */
  readonly since: number;
  readonly askedAt: number;
  readonly times: number;
  /** Version of the parameter when it was asked for last. */
  readonly version?: number;
}

/** How long to wait for a value before it is asked for again, by how often it was; each request may become one of the parameter's 100 versions. */
const ASK_AGAIN_SECONDS = [60, 120, 300];
/** From then on an operator is told. */
const LATE_SECONDS = 600;
/** A request this old belongs to something that has ended since. */
const FORGOTTEN_SECONDS = 1800;
const LOOK_SECONDS = { first: 5, later: 30 };

export interface PointerStep {
  /** To ask AWS, and what to record of it; absent when there is only to be waited. */
  readonly ask?: PointerWrite;
  readonly lookAgainSeconds: number;
  /** Minutes for which the value has been missing, once that is too long. */
  readonly lateMinutes?: number;
}

/** What to do about a pointer of that version that does not hold the AMI that it shall. Who has written it since is answered at once. */
export function pointerStep(before: PointerWrite | undefined, ami: string, now: number, version = 0): PointerStep {
  const same = before?.ami === ami && (before.version ?? version) === version;
  const current = same && now - before.askedAt < FORGOTTEN_SECONDS * 1000 ? before : undefined;
  if (!current) return { ask: { ami, since: now, askedAt: now, times: 1, version }, lookAgainSeconds: LOOK_SECONDS.first };
  const patience = ASK_AGAIN_SECONDS[current.times - 1] ?? ASK_AGAIN_SECONDS.at(-1)!;
  const due = now - current.askedAt >= patience * 1000;
  const late = now - current.since >= LATE_SECONDS * 1000;
  return {
    ...(due ? { ask: { ...current, askedAt: now, times: current.times + 1 } } : {}),
    ...(late ? { lateMinutes: Math.floor((now - current.since) / 60_000) } : {}),
    lookAgainSeconds: current.times === 1 ? LOOK_SECONDS.first : LOOK_SECONDS.later,
  };
}
