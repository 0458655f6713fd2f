import { createVersion } from './adoption';
import { type Decision, record, wait } from './decision';
import { backOff, close } from './endings';
import { isLeaving, isRetained, rollable } from './instances';
import type { FleetObservation, TargetObservation, TemplateVersion } from './observation';
import { foreignRefresh, stackObstacle } from './obstacles';
import { restorePlan, servesWithout } from './refresh-plan';
import type { FleetState, Pair, Rollout } from './state';
import { lastKnownGood } from './state';
import { endStray, straysOf } from './strays';
import { deletable, isActive, isLiteral, isRunning, versionOf } from './versions';

/** Refreshes back to the last known good pair before an operator must decide. */
const ATTEMPTS = 4;

/** Stop, go back, verify, remove the bad version, close: whatever is true by the time of each look. */
export function decideHalting(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision {
  const present = observation.targets.filter((target) => target.group && !target.group.deleting);
  for (const target of present) {
    const refuge = refugeOf(state, rollout, observation, target);
    const step = stop(state, target, refuge) ?? (refuge && restore(state, rollout, observation, target, refuge));
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

/** A pair to go back to, and the number of its template version, where there is one. */
interface Refuge {
  readonly pair: Pair;
  readonly version?: string;
}

/**
 * Where to go back to; nowhere where the policy leaves going back to the operator. A last known good image that was revoked meanwhile
 * still is what the other instances run: leaving it is a rollout of its own, with a canary.
 */
function refugeOf(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation): Refuge | undefined {
  if (!observation.intent.rollout.autoRollback && rollout.kind !== 'replacement') return undefined;
  if (rollout.bootstrapping) return adopted(rollout, target);
  const good = lastKnownGood(state);
  return good && { pair: good, ...optionalVersion(versionOf(target, good)) };
}

const optionalVersion = (version: TemplateVersion | undefined): { version?: string } => (version ? { version: version.number } : {});

/**
 * Nothing was ever proven on a bootstrapping fleet. Where instances serve, going back to what their group named before keeps them: cancelling
 * in the middle of a replacement leaves one instance too many, and the group ends the oldest.
 */
function adopted(rollout: Rollout, target: TargetObservation): Refuge | undefined {
  const before = target.versions.find((each) => each.number === rollout.namedBefore?.[target.groupName]);
  return before && isLiteral(before) && servesWithout(target, rollout)
    ? { pair: { ami: before.image, configurations: { [target.groupName]: before.configurationHash } }, version: before.number }
    : undefined;
}

/** AWS rolls back by itself only to what is saved on the group: used where that is the pair to go back to. */
function stop(state: FleetState, target: TargetObservation, refuge: Refuge | undefined): Decision | undefined {
  const active = target.refreshes.find(isActive);
  const group = target.group!;
  if (!active) return undefined;
  const back = refuge?.version;
  if (!isRunning(active) || foreignRefresh(target)) return wait(state, `an instance refresh of group ${group.name} is ${active.status}`, 20);
  if (refuge && back && active.version === back) return wait(state, `group ${group.name} is going back to ${refuge.pair.ami}`, 20);
  return { state, action: { type: back && group.templateVersion === back ? 'roll-back' : 'cancel', group } };
}

/** Judged by what each instance runs: the canary of an earlier refresh is not undone by rolling back a later one. */
function restore(
  state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, { pair, version: back }: Refuge,
): Decision | undefined {
  const group = target.group!;
  const strays = straysOf(rollout, observation, target, pair.ami, back);
  if (strays.length === 0 && (!back || group.templateVersion === back)) return undefined;
  const stack = stackObstacle(observation);
  if (stack) return wait(state, stack.reason, 30);
  if (!back) return { state, action: createVersion(target, pair, `${rollout.startedAt}`) };
  if (strays.length === 0) return { state, action: { type: 'adopt', group, version: back, ami: pair.ami } };
  const tried = target.refreshes.filter((each) => each.version === back && !rollout.halt!.refreshesBefore.includes(each.id));
  const idle = tried.some((each) => each.status === 'Successful');
  // Skip matching compares template versions: an instance that was adopted runs the same AMI from another one, and would be replaced too.
  const wide = rollable(observation, target).some((each) => !strays.includes(each) && each.templateVersion !== back);
  const alone = rollout.kind === 'replacement';
  const step = (idle || wide || alone) && endStray(state, observation, target, strays, alone ? strays.length : undefined);
  if (step) return step;
  if (tried.length >= (rollout.bootstrapping ? 1 : ATTEMPTS)) {
    return giveUp(state, rollout, observation, `group ${group.name} could not be brought back: ${strays.length} instances`);
  }
  return { state, action: { type: 'start-refresh', kind: 'restore', group, version: back, ami: pair.ami, plan: restorePlan(observation, !idle) } };
}

/**
 * A bootstrapping fleet is never frozen: another launch configuration may be what it needs. Nor is one for foreign instances: it is tried
 * again later, and whoever puts them there must not keep releases out.
 */
function giveUp(state: FleetState, rollout: Rollout, observation: FleetObservation, reason: string): Decision {
  const closed = close(state, rollout, observation.now, 'aborted', rollout.halt!.reason);
  if (rollout.kind === 'replacement') return record(backOff(closed, observation.now), reason);
  return record(rollout.bootstrapping ? closed : freeze(closed, reason), reason);
}

/** A bad version is deleted before deploys are let in again: CloudFormation's `LatestVersionNumber` must never pick it up. */
function clean(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation): Decision | undefined {
  const versions = deletable(state, observation, target);
  if (versions.length > 0) return { state, action: { type: 'delete-versions', templateId: target.group!.templateId, versions } };
  const bad = versionOf(target, rollout);
  const leaving = bad && target.group!.instances.some((each) => each.templateVersion === bad.number && isLeaving(each) && !isRetained(each));
  return leaving ? wait(state, 'instances of the halted version are leaving', 20) : undefined;
}

const freeze = (state: FleetState, reason: string): FleetState => ({ ...state, frozen: { reason, revision: state.seenRelease?.revision ?? 0 } });
