import { isHealthy, isLeaving, isStandby, running } from './instances';
import type { FleetObservation, Group, GroupInstance, TargetObservation } from './observation';
import { canaryIsAll } from './refresh-plan';
import type { Rollout } from './state';

/** Whether the new instances that are out are the only ones there will be before somebody judges them. */
export const isAlone = (rollout: Rollout, observation: FleetObservation, group: Group | undefined): boolean =>
  rollout.stage === 'canary' || (group !== undefined && canaryIsAll(observation, group.desired));

/** Follows the instances of the new pair; the same observation gives the same record. */
export function trackInstances(rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Rollout {
  // Targets before this one are done: all of their instances run the pair.
  const elsewhere = observation.targets.slice(0, rollout.targetIndex).reduce((sum, each) => sum + (each.group?.desired ?? 0), 0);
  const ours = (target.group?.instances ?? []).filter((each) => each.templateVersion === version);
  const unhealthy = ours.filter((each) => !isHealthy(each) && !isLeaving(each) && !isStandby(each) && !each.lifecycle.startsWith('Warmed:'));
  const unhealthySince = Object.fromEntries(unhealthy.map((each) => [each.id, rollout.unhealthySince[each.id] ?? since(each, observation)]));
  const interrupted = union(rollout.interrupted ?? [], ours.filter((each) => isInterrupted(each, target)).map((each) => each.id));
  return {
    ...rollout,
    touched: Math.max(rollout.touched, elsewhere + running(target, version).length),
    failed: union(rollout.failed, ours.filter((each) => !each.healthy && !interrupted.includes(each.id)).map((each) => each.id)),
    ...(interrupted.length > 0 ? { interrupted } : {}),
    unhealthySince,
    ...(isAlone(rollout, observation, target.group) ? { inServiceSince: inService(rollout, observation, ours) } : {}),
  };
}

/** A young instance is unhealthy since its launch; an older one since we look, for it may have been healthy in between. */
function since(instance: GroupInstance, observation: FleetObservation): number {
  const timeout = observation.intent.rollout.healthTimeoutSeconds * 1000;
  const launchedAt = instance.launchedAt ?? observation.now;
  return observation.now - launchedAt < timeout ? Math.min(launchedAt, observation.now) : observation.now;
}

/** No API tells when an instance came into service: since we first saw it there. */
function inService(rollout: Rollout, observation: FleetObservation, ours: readonly GroupInstance[]): Readonly<Record<string, number>> {
  const there = ours.filter((each) => each.lifecycle === 'InService');
  return Object.fromEntries(there.map((each) => [each.id, rollout.inServiceSince?.[each.id] ?? observation.now]));
}

/**
 * EC2 ended it, and its group only noticed: a Spot interruption, somebody's hand. Once the group is at it, only the cause of its
 * activity tells that from a failed check.
 */
const isInterrupted = (instance: GroupInstance, target: TargetObservation): boolean =>
  (instance.ended === true && !isLeaving(instance)) || target.interrupted.includes(instance.id);

const union = (old: readonly string[], more: readonly string[]): readonly string[] => {
  const added = more.filter((each) => !old.includes(each));
  return added.length === 0 ? old : [...old, ...added];
};
