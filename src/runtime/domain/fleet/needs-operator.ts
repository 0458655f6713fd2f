import type { FleetObservation } from './observation';
import { missingPart, stackObstacle } from './obstacles';
import { protection } from './protection';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { isStranded, STRANDED, wanted } from './wanted';

/**
 * `frozen`: nothing is started any more (invariant 29); `missing`: something that the fleet is made of does not exist; `protected`: instances
 * that may not be replaced keep the fleet from what it should be brought to.
 */
export interface OperatorNeed {
  readonly kind: 'frozen' | 'missing' | 'protected';
  readonly reason: string;
}

/** What will not pass until somebody does something. What an operator chose (a group at zero, suspended processes, a pause) is not in it. */
export function needsOperator(state: FleetState, observation: FleetObservation): OperatorNeed[] {
  const frozen = state.frozen?.reason ?? (!state.rollout && isStranded(state, observation) ? STRANDED : undefined);
  // While a stack is at work, what is missing may be about to come, or to go.
  const missing = stackObstacle(observation) ? [] : missingParts(state, observation);
  return [
    ...(frozen === undefined ? [] : [{ kind: 'frozen' as const, reason: frozen }]),
    ...missing.map((reason) => ({ kind: 'missing' as const, reason })),
    ...shielded(state, observation).map((reason) => ({ kind: 'protected' as const, reason })),
  ];
}

/** Only where something waits for it. */
function shielded(state: FleetState, observation: FleetObservation): string[] {
  const wants = state.rollout !== undefined || wanted(state, observation).pair !== undefined;
  return wants ? observation.targets.flatMap((target) => protection(observation, target) ?? []) : [];
}

/** What the fleet is made of and does not exist; also said in the status document. */
export function missingParts(state: FleetState, observation: FleetObservation): string[] {
  const good = lastKnownGood(state);
  const gone = good && !observation.usableImages.includes(good.ami) ? [`${good.ami}, the last known good AMI, cannot be launched`] : [];
  const alarms = observation.intent.rollout.alarmNames.filter((name) => !observation.alarms.some((alarm) => alarm.name === name));
  return [...gone, ...observation.targets.flatMap((target) => missingPart(target) ?? []), ...alarms.map((name) => `alarm ${name} does not exist`)];
}
