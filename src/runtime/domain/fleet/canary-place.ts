import { isHealthy, isLeaving, running } from './instances';
import type { FleetObservation, Group, Refresh, TargetObservation } from './observation';
import type { Halt, Rollout } from './state';

type Verdict = Pick<Halt, 'reason' | 'outcome' | 'after'>;

/** So many instances are the canary; a group that was scaled in has no place for more than it holds. */
export const canarySize = ({ intent }: FleetObservation, group: Group): number => Math.min(intent.rollout.canaryInstances, group.desired);

/**
 * Whether the refresh has done its part: the canary serves, and what it replaces goes.
 *
 * Cancelled then, a refresh leaves one instance too many where it launched first. The group ends that by its own termination policy
 * (assumption: cancel-surplus): the default one and those named here take the oldest template or instance, which is never the canary
 * (user guide, "Termination policies"). Under any other policy the refresh itself is left to end the instance that it replaces.
 */
export function isInPlace(observation: FleetObservation, target: TargetObservation, version: string): boolean {
  const group = target.group!;
  const healthy = running(target, version).filter(isHealthy).length;
  return healthy > 0 && healthy >= canarySize(observation, group) && (takesOldest(group, version) || counted(group) <= group.desired);
}

const OLDEST_FIRST = ['Default', 'OldestInstance', 'OldestLaunchTemplate'];

function takesOldest({ terminationPolicies: [first = 'Default'], instances }: Group, version: string): boolean {
  return OLDEST_FIRST.includes(first) && instances.some((each) => each.templateVersion !== version && !each.protectedFromScaleIn && !isLeaving(each));
}

const counted = ({ instances }: Group): number =>
  instances.filter(({ lifecycle }) => lifecycle === 'InService' || lifecycle.startsWith('Pending')).length;

/** What came to a canary, and says nothing of its image. */
export const misplaced = (
  rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string, refresh: Refresh | undefined,
): Verdict | undefined =>
  concluded(target, refresh) ?? outnumbered(rollout, observation, target, version) ?? vanished(rollout, observation, target, version);

/**
 * A refresh that ends well saves its configuration on the group, also where it had nothing to replace: all instances protected from
 * scale-in and ignored, or a group that was scaled in to its canary. The next scale-out would launch what nobody has judged.
 */
function concluded({ groupName }: TargetObservation, refresh: Refresh | undefined): Verdict | undefined {
  return refresh?.status === 'Successful' ? excused(`the instance refresh of group ${groupName} ended before its canary was judged`) : undefined;
}

/**
 * A scale-out launches what an active refresh desires (user guide, "How an instance refresh works"). Between the start of the canary's
 * refresh and its end that is an unproven version: it goes back at once, and the canary is tried again when the group is at rest.
 */
function outnumbered(rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Verdict | undefined {
  const group = target.group!;
  const count = running(target, version).length;
  if (count <= observation.intent.rollout.canaryInstances || group.desired <= (rollout.canaryGroupSize ?? Infinity)) return undefined;
  return excused(`group ${group.name} was scaled out while its canary came into service: ${count} instances run an unproven version`);
}

/** Nothing launches it again once its refresh was stopped: a scale-in took it, a rebalancing of zones, somebody's hand. */
function vanished(rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Verdict | undefined {
  const group = target.group!;
  if (!rollout.canaryStopped || running(target, version).length >= canarySize(observation, group)) return undefined;
  return excused(`the canary of group ${group.name} is gone, and had failed no check`);
}

const excused = (reason: string): Verdict => ({ reason, outcome: 'rolled-back', after: 'back-off' });
