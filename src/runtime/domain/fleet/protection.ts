import { isLeaving, isStandby, rollable } from './instances';
import type { FleetObservation, TargetObservation } from './observation';

/**
 * Why instances that are protected from scale-in, or in standby, keep a rollout from its group (RefreshPreferences: `Ignore` replaces the
 * others, `Wait` fails after an hour). Asked before a refresh is started: one that may replace nothing ends well all the same, and saves
 * its configuration on the group. Amazon ECS protects every instance that runs tasks (managed termination protection).
 */
export function protection(observation: FleetObservation, target: TargetObservation): string | undefined {
  const { protectedInstances, standbyInstances } = observation.intent.rollout;
  const present = (target.group?.instances ?? []).filter((each) => !isLeaving(each));
  const name = `group ${target.groupName}`;
  if (protectedInstances === 'wait' && present.some((each) => each.protectedFromScaleIn)) {
    return `${name} has instances protected from scale-in; take the protection off, or set protectedInstances of the rollout`;
  }
  if (standbyInstances === 'wait' && present.some(isStandby)) {
    return `${name} has instances in standby; return them to service, or set standbyInstances of the rollout`;
  }
  return present.length > 0 && rollable(observation, target).length === 0
    ? `no instance of ${name} may be replaced: all are protected from scale-in or in standby, and the rollout leaves those as they are`
    : undefined;
}
