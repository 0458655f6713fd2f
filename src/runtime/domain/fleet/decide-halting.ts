import { createVersion } from './adoption';
import { type Decision, record, wait } from './decision';
import { close } from './endings';
import { isLeaving } from './instances';
import type { FleetObservation, TargetObservation } from './observation';
import { endStray, straysOf } from './strays';
import { foreignRefresh, stackObstacle } from './obstacles';
import { restorePlan, servesWithout } from './refresh-plan';
import type { FleetState, Pair, Rollout } from './state';
import { lastKnownGood } from './state';
import { currentVersion, deletable, isActive, isLiteral, isOwn, isRunning, versionOf } from './versions';

/** Refreshes back to the last known good pair before an operator must decide. */
const ATTEMPTS = 4;

/** Stop, go back, verify, remove the bad version, close: whatever is true by the time of each look. */
export function decideHalting(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision {
  const present = observation.targets.filter((target) => target.group && !target.group.deleting);
  for (const target of present) {
    const refuge = refugeOf(state, rollout, observation, target);
    const step = stop(state, observation, target, refuge) ?? (refuge && restore(state, rollout, observation, target, refuge));
    if (step) return step;
  }
  for (const target of present) {
    const step = clean(state, rollout, observation, target);
    if (step) return step;
  }
  const halt = rollout.halt!;
  const refuge = present.every((target) => refugeOf(state, rollout, observation, target));
  const outcome = refuge && halt.outcome === 'rolled-back' ? 'rolled-back' : 'aborted';
  const closed = close(state, rollout, observation.now, outcome, halt.reason);
  const stranded = !refuge && !rollout.bootstrapping && rollout.touched > 0;
  return record(stranded ? freeze(closed, `not rolled back after: ${halt.reason}`) : closed, `closed: ${outcome}`);
}

/**
 * Where to go back to; nowhere where the policy leaves going back to the operator. A last known good image that was revoked meanwhile
 * still is what the other instances run: leaving it is a rollout of its own, with a canary.
 */
function refugeOf(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation): Pair | undefined {
  if (!observation.intent.rollout.autoRollback) return undefined;
  return rollout.bootstrapping ? adopted(rollout, observation, target) : lastKnownGood(state);
}

/** Nothing was ever proven on a bootstrapping fleet. Where instances serve, what they were adopted on is better than what was halted. */
function adopted(rollout: Rollout, observation: FleetObservation, target: TargetObservation): Pair | undefined {
  const current = currentVersion(target);
  const known = current && isOwn(observation, current) && isLiteral(current) && current.number !== versionOf(observation, target, rollout)?.number;
  if (!known || !servesWithout(observation, target, rollout)) return undefined;
  return { ami: current.image, configurations: { [target.groupName]: current.configurationHash } };
}

/** AWS rolls back by itself only to what is saved on the group: used where that is the pair to go back to. */
function stop(state: FleetState, observation: FleetObservation, target: TargetObservation, refuge: Pair | undefined): Decision | undefined {
  const active = target.refreshes.find(isActive);
  const group = target.group!;
  if (!active) return undefined;
  const back = refuge && versionOf(observation, target, refuge);
  if (!isRunning(active) || foreignRefresh(observation, target)) return wait(state, `an instance refresh of group ${group.name} is ${active.status}`, 20);
  if (back && active.version === back.number) return wait(state, `group ${group.name} is going back to ${refuge.ami}`, 20);
  return { state, action: { type: back && group.templateVersion === back.number ? 'roll-back' : 'cancel', group } };
}

/** Judged by what each instance runs: the canary of an earlier refresh is not undone by rolling back a later one. */
function restore(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, refuge: Pair): Decision | undefined {
  const group = target.group!;
  const back = versionOf(observation, target, refuge);
  const strays = straysOf(rollout, observation, target, refuge);
  if (strays.length === 0 && (!back || group.templateVersion === back.number)) return undefined;
  const stack = stackObstacle(observation);
  if (stack) return wait(state, stack.reason, 30);
  if (!back) return { state, action: createVersion(target, refuge, `${rollout.startedAt}`) };
  if (strays.length === 0) return { state, action: { type: 'adopt', group, version: back.number, ami: refuge.ami } };
  const tried = target.refreshes.filter((each) => each.version === back.number && !rollout.halt!.refreshesBefore.includes(each.id));
  const idle = tried.some((each) => each.status === 'Successful');
  const step = idle && endStray(state, observation, target, strays);
  if (step) return step;
  if (tried.length >= ATTEMPTS) return record(freeze(close(state, rollout, observation.now, 'aborted', rollout.halt!.reason), `group ${group.name} could not be brought back: ${strays.length} instances`), 'freeze');
  return { state, action: { type: 'start-refresh', kind: 'restore', group, version: back.number, ami: refuge.ami, plan: restorePlan(observation, !idle) } };
}

/** A bad version is deleted before deploys are let in again: CloudFormation's `LatestVersionNumber` must never pick it up. */
function clean(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation): Decision | undefined {
  const versions = deletable(state, observation, target);
  if (versions.length > 0) return { state, action: { type: 'delete-versions', templateId: target.group!.templateId, versions } };
  const bad = versionOf(observation, target, rollout);
  const leaving = bad && target.group!.instances.some((each) => each.templateVersion === bad.number && isLeaving(each));
  return leaving ? wait(state, 'instances of the halted version are leaving', 20) : undefined;
}

const freeze = (state: FleetState, reason: string): FleetState => ({ ...state, frozen: { reason, revision: state.seenRelease?.revision ?? 0 } });
