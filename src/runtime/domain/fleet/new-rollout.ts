import type { FleetObservation } from './observation';
import type { FleetState, Pair, Rollout, RolloutKind } from './state';
import { lastKnownGood } from './state';
import { newestVersions } from './versions';

/** Recorded before anything is done: the guard of deploys sees it, and a crash resumes it. */
export function newRollout(
  state: FleetState, observation: FleetObservation, pair: Pair & { readonly kind: RolloutKind }, superseded?: Rollout,
): Rollout {
  return {
    ...pair,
    stage: 'preparing',
    startedAt: observation.now,
    bootstrapping: !lastKnownGood(state),
    redAtStart: observation.alarms.filter((alarm) => alarm.red).map((alarm) => alarm.name),
    targetIndex: 0,
    newestBefore: superseded ? superseded.newestBefore : newestVersions(observation),
    refreshesBefore: [],
    touched: 0,
    unhealthySince: {},
    failed: [],
  };
}
