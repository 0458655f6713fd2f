import { isRetained, isServing, serves } from './instances';
import type { FleetObservation, Group, TargetObservation } from './observation';
import { protection } from './protection';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { isActive, isOwn } from './versions';

export interface Obstacle {
  readonly reason: string;
  readonly seconds: number;
}

/** Why nothing at all may be started now. */
export function stackObstacle(observation: FleetObservation): Obstacle | undefined {
  if (observation.stack === 'settled' || observation.stack === 'failed') return undefined;
  return { reason: `the stack is ${observation.stack}`, seconds: observation.stack === 'gone' ? 900 : 60 };
}

/** Why a rollout may not begin. `superseding`: the fleet is in motion by our own doing. */
export function startObstacle(state: FleetState, observation: FleetObservation, superseding = false): Obstacle | undefined {
  const stack = stackObstacle(observation);
  if (stack) return stack;
  if (state.backoff && observation.now < state.backoff.until) {
    return { reason: 'backing off after a rollout that failed for reasons outside the image', seconds: Math.ceil((state.backoff.until - observation.now) / 1000) };
  }
  if (observation.targets.length === 0) return { reason: 'the fleet has no targets', seconds: 900 };
  const bootstrapping = !lastKnownGood(state);
  for (const target of observation.targets) {
    const reason = groupObstacle(observation, target) ?? (superseding ? undefined : restObstacle(target, bootstrapping));
    if (reason) return { reason, seconds: 60 };
  }
  const red = observation.alarms.filter((alarm) => alarm.red).map((alarm) => alarm.name);
  const guarded = !bootstrapping || observation.targets.some(serves);
  if (red.length > 0 && guarded && !superseding) return { reason: `alarms are red already: ${red.join(', ')}`, seconds: 60 };
  return undefined;
}

/** Processes without which a refresh stalls. */
const NEEDED = ['Launch', 'Terminate', 'InstanceRefresh', 'HealthCheck', 'ReplaceUnhealthy', 'AddToLoadBalancer'];

const suspendedProcesses = (target: TargetObservation): readonly string[] =>
  (target.group?.suspended ?? []).filter((each) => NEEDED.includes(each));

/** A group or launch template that does not exist. */
export function missingPart({ group, groupName, versions }: TargetObservation): string | undefined {
  if (!group) return `group ${groupName} does not exist`;
  const known = versions.length > 0 || group.deleting || group.unsupported;
  return known ? undefined : `launch template ${group.templateId} of group ${groupName} does not exist`;
}

/** What is wrong with a group, whatever it is doing. */
export const groupObstacle = (observation: FleetObservation, target: TargetObservation): string | undefined =>
  brokenGroup(target) ?? protection(observation, target);

/** Why nothing that is ended in a group would be replaced, or proves anything. */
export function brokenGroup(target: TargetObservation): string | undefined {
  const { group, groupName } = target;
  const missing = missingPart(target);
  if (!group || missing) return missing;
  if (group.deleting) return `group ${groupName} is being deleted`;
  if (group.unsupported) return `group ${groupName} cannot be rolled: ${group.unsupported}`;
  const suspended = suspendedProcesses(target);
  if (suspended.length > 0) return `group ${groupName} has suspended processes: ${suspended.join(', ')}`;
  return group.desired === 0 ? `group ${groupName} is at zero: nothing would be proven` : undefined;
}

/** A group at rest: nobody refreshes it, and it is not scaling. A bootstrapping group that is not healthy may never come to rest by itself. */
function restObstacle(target: TargetObservation, bootstrapping: boolean): string | undefined {
  const group = target.group!;
  if (foreignRefresh(target)) return `group ${group.name} is being refreshed by somebody else`;
  const inService = group.instances.filter((each) => each.lifecycle === 'InService').length;
  const restless = bootstrapping && !group.instances.every(isServing);
  return !restless && (isMoving(group) || inService !== group.desired) ? `group ${group.name} is scaling` : undefined;
}

/** Instances come or go. */
export const isMoving = ({ instances }: Group): boolean =>
  instances.some((each) => each.lifecycle.startsWith('Pending') || (each.lifecycle.startsWith('Terminating') && !isRetained(each)));

/** An active refresh that we did not start: one of ours desires a version that we made. */
export const foreignRefresh = (target: TargetObservation): boolean =>
  target.refreshes.some((each) => isActive(each)
    && !target.versions.some((version) => version.number === each.version && isOwn(version)));
