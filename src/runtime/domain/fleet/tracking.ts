import { isHealthy, isLeaving, running } from './instances';
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
  const unhealthy = ours.filter((each) => each.lifecycle === 'InService' && !isHealthy(each));
  const unhealthySince = Object.fromEntries(unhealthy.map((each) => [each.id, rollout.unhealthySince[each.id] ?? observation.now]));
  // Gone since the last look: its group's activity tells why.
  const known = { ...rollout.inServiceSince, ...rollout.unhealthySince };
  const unseen = (ids: readonly string[]): readonly string[] => ids.filter((id) => id in known);
  const ended = ours.filter((each) => isInterrupted(each, target)).map((each) => each.id);
  const interrupted = union(rollout.interrupted ?? [], [...ended, ...unseen(target.interrupted)]);
  const failed = ours.filter((each) => !each.healthy && !interrupted.includes(each.id)).map((each) => each.id);
  return {
    ...rollout,
    touched: Math.max(rollout.touched, elsewhere + running(target, version).length),
    failed: union(rollout.failed, [...failed, ...unseen(target.failedChecks)]),
    ...(interrupted.length > 0 ? { interrupted } : {}),
    unhealthySince,
    ...(isAlone(rollout, observation, target.group) ? { inServiceSince: inService(rollout, observation, ours) } : {}),
  };
}

/** No API tells when an instance came into service: since we first saw it there, after its lifecycle hooks. */
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
  const added = [...new Set(more)].filter((each) => !old.includes(each));
  return added.length === 0 ? old : [...old, ...added];
};
