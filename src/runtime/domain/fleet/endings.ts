import { iso } from './decide-idle';
import { type Decision, record } from './decision';
import type { FleetObservation } from './observation';
import type { FleetState, Halt, Rollout, RolloutOutcome, RolloutRecord } from './state';

const HISTORY = 50;
const BLOCKED = 50;
const FIRST_BACKOFF_SECONDS = 900;
const LONGEST_BACKOFF_SECONDS = 86400;

/** Appends a rollout to the history and clears it. */
export function close(state: FleetState, rollout: Rollout, now: number, outcome: RolloutOutcome, reason?: string): FleetState {
  const { rollout: _, ...rest } = state;
  const entry: RolloutRecord = {
    kind: rollout.kind,
    version: rollout.version ?? rollout.ami,
    outcome,
    instancesTouched: rollout.touched,
    startedAt: iso(rollout.startedAt),
    ...(rollout.halt ? { haltedAt: iso(rollout.halt.at) } : {}),
    endedAt: iso(now),
    ...(reason ? { reason } : {}),
  };
  return { ...rest, history: [...state.history, entry].slice(-HISTORY) };
}

/** Stops a rollout. The pair is blocked at once, before anything is undone: a crash here must not try it again. */
export function halt(state: FleetState, rollout: Rollout, observation: FleetObservation, verdict: Pick<Halt, 'reason' | 'outcome' | 'after'>): Decision {
  const refreshesBefore = observation.targets.flatMap((target) => target.refreshes.map((each) => each.id));
  const halted: Rollout = { ...rollout, stage: 'halting', halt: { ...verdict, at: observation.now, refreshesBefore } };
  const next = consequence(state, rollout, observation.now, verdict);
  return record({ ...next, rollout: halted }, `halt: ${verdict.reason}`);
}

function consequence(state: FleetState, rollout: Rollout, now: number, { after, reason }: Pick<Halt, 'reason' | 'after'>): FleetState {
  if (after === 'block') return blame(state, rollout, now, reason);
  return after === 'back-off' ? backOff(state, now) : state;
}

/** A failure blames what was new: the image, or the launch configuration, never both. */
function blame(state: FleetState, rollout: Rollout, now: number, reason: string): FleetState {
  const at = iso(now);
  if (rollout.kind === 'image') {
    const pair = rollout.bootstrapping ? { configurations: rollout.configurations } : {};
    return { ...state, blocked: [...state.blocked, { version: rollout.version ?? rollout.ami, reason, at, ...pair }].slice(-BLOCKED) };
  }
  const good = state.committed[0]?.configurations ?? {};
  const changed = Object.entries(rollout.configurations).filter(([group, hash]) => good[group] !== hash);
  return { ...state, blockedConfigurations: [...state.blockedConfigurations, ...changed.map(([, hash]) => ({ hash, reason, at }))].slice(-BLOCKED) };
}

export function backOff(state: FleetState, now: number): FleetState {
  const attempts = (state.backoff?.attempts ?? 0) + 1;
  const seconds = Math.min(FIRST_BACKOFF_SECONDS * 2 ** (attempts - 1), LONGEST_BACKOFF_SECONDS);
  return { ...state, backoff: { attempts, until: now + seconds * 1000 } };
}
