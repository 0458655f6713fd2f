import type { Decision } from './decision';
import { declared, isUnknown } from './declared';
import type { FleetObservation } from './observation';
import type { FleetState } from './state';
import { wanted } from './wanted';

/** Longest time in which something that should be rolled may wait without anybody being told: that of the longest back-off. */
const PATIENCE_SECONDS = 86_400;

/**
 * Remembers since when a fleet waits although there is something to roll, or to bring back. Canary and waves have a limit of their own:
 * the policy's timeout. A group at zero has been put there.
 */
export function rememberWaiting(decision: Decision, observation: FleetObservation): Decision {
  const { state, action } = decision;
  const { waiting: before, ...rest } = state;
  if (action.type !== 'wait' || !isPending(state, observation)) return before ? { state: rest, action } : decision;
  if (before && before.reason === action.reason) return decision;
  return { state: { ...rest, waiting: { since: before?.since ?? observation.now, reason: action.reason } }, action };
}

/** Why a fleet has waited for too long. */
export function tooLong({ waiting }: FleetState, now: number): string[] {
  if (!waiting || now < waiting.since + PATIENCE_SECONDS * 1000) return [];
  return [`for ${Math.floor((now - waiting.since) / 3_600_000)} hours it has waited: ${waiting.reason}`];
}

function isPending(state: FleetState, observation: FleetObservation): boolean {
  if (state.rollout) return state.rollout.stage === 'halting' || state.rollout.stage === 'committing';
  if (!observation.targets.some(({ group }) => group && group.desired > 0)) return false;
  return wanted(state, observation).pair !== undefined || observation.targets.some((target) => isUnknown(declared(state, target)));
}
