import { rollable } from './instances';
import { missingParts } from './needs-operator';
import type { FleetObservation, TargetObservation } from './observation';
import { groupObstacle } from './obstacles';
import type { FleetState } from './state';
import { lastKnownGood } from './state';

/** What somebody should know of a fleet at rest; nothing is done about it. */
export function complaints(state: FleetState, observation: FleetObservation): readonly string[] {
  return [...new Set([
    ...missingParts(state, observation),
    ...observation.targets.flatMap((target) => groupObstacle(observation, target) ?? drift(state, observation, target) ?? []),
  ])];
}

function drift(state: FleetState, observation: FleetObservation, target: TargetObservation): string | undefined {
  const good = lastKnownGood(state);
  const strange = good ? rollable(observation, target).filter((each) => each.ami !== undefined && each.ami !== good.ami) : [];
  return strange.length > 0 ? `group ${target.groupName} has ${strange.length} instances that do not run ${good!.ami}` : undefined;
}
