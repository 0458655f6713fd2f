import { healthTimeoutSeconds } from './health-timeout';
import { running, serves } from './instances';
import type { FleetObservation, Group, Refresh, TargetObservation } from './observation';
import { groupObstacle } from './obstacles';
import type { Halt, Rollout } from './state';
import { isAlone } from './tracking';
import { versionOf } from './versions';
import { isRevoked } from './wanted';

type Verdict = Pick<Halt, 'reason' | 'outcome' | 'after'>;

/** The group itself declared so many new instances unhealthy, or launches failed so often: no accident any more. */
export const FAILURES_THAT_HALT = 2;

/** Shorter grace than this leaves no time between a slow boot and the group's own verdict. */
const SHORTEST_GRACE_SECONDS = 60;

/** How long before the end of the grace: a look to see the canary in service, and one to judge it. */
const GRACE_MARGIN_SECONDS = 20;

/** Looks while a canary is out, and while it is not healthy: a sick one is halted well within ten minutes, before its group replaces it. */
export const CANARY_LOOK_SECONDS = 30;
export const UNHEALTHY_LOOK_SECONDS = 10;

/** What was being rolled is not there any more. */
export function lost(target: TargetObservation | undefined): Verdict {
  if (!target) return { reason: 'the group is no longer part of the fleet', outcome: 'aborted', after: 'nothing' };
  const deleted = !target.group || target.group.deleting;
  return deleted
    ? { reason: `group ${target.groupName} was deleted`, outcome: 'aborted', after: 'nothing' }
    : { reason: `the launch template version of group ${target.groupName} is gone`, outcome: 'aborted', after: 'back-off' };
}

/** A refresh of nothing succeeds at once and leaves the group with an unproven pair: the next scale-out would be all of it. */
export function emptied({ group, groupName }: TargetObservation): Verdict | undefined {
  return group?.desired === 0 ? { reason: `group ${groupName} is at zero: nothing was proven`, outcome: 'aborted', after: 'back-off' } : undefined;
}

/** All that was to be replaced is protected from scale-in, or in standby, and the policy leaves it as it is. */
export const untouched = ({ groupName }: TargetObservation): Verdict => (
  { reason: `the instance refresh of group ${groupName} ended well and replaced nothing: no instance may be replaced`, outcome: 'rolled-back', after: 'back-off' });

/** What is wrong with the pair or its group, worst first. */
export function sickness(rollout: Rollout, observation: FleetObservation, target: TargetObservation): Verdict | undefined {
  if (!target.group || target.group.deleting) return lost(target);
  return impostor(rollout, target)
    ?? withdrawn(rollout, observation)
    ?? redAlarm(rollout, observation)
    ?? sickInstances(rollout, observation)
    ?? failedLaunches(rollout, target);
}

/** What is wrong with its progress. `refresh`: the one of this stage; what we cancelled ourselves is not passed in. */
export const stalled = (rollout: Rollout, observation: FleetObservation, target: TargetObservation, refresh?: Refresh): Verdict | undefined =>
  endedRefresh(rollout, observation, target, refresh) ?? overdue(rollout, observation, target);

/** Judged by the AMI that an instance really runs, while the refresh can still be rolled back. */
function impostor(rollout: Rollout, target: TargetObservation): Verdict | undefined {
  const version = versionOf(target, rollout)?.number;
  const wrong = version && running(target, version).find((each) => each.ami !== undefined && each.ami !== rollout.ami);
  return wrong ? sick(`instance ${wrong.id} runs ${wrong.ami}, not ${rollout.ami}`) : undefined;
}

function withdrawn(rollout: Rollout, { release, region, parameterValue, knownAmis }: FleetObservation): Verdict | undefined {
  if (rollout.kind !== 'image' || !release) return undefined;
  if (knownAmis && !knownAmis.includes(rollout.ami)) return sick(`the ledger knows no version with the AMI ${rollout.ami}`);
  if (isRevoked(release, rollout.version)) return sick(`version ${rollout.version} was revoked`);
  const back = release.amis[region] !== rollout.ami && release.amis[region] === parameterValue;
  return back ? { reason: `the channel went back to version ${release.version}`, outcome: 'rolled-back', after: 'nothing' } : undefined;
}

/** Of a fleet that serves nobody yet, an alarm says what is known. */
function redAlarm(rollout: Rollout, observation: FleetObservation): Verdict | undefined {
  if (rollout.stage === 'preparing' || (rollout.bootstrapping && !observation.targets.some(serves))) return undefined;
  const red = observation.alarms.find((alarm) => alarm.red && !rollout.redAtStart.includes(alarm.name));
  return red && sick(`alarm ${red.name} is red`);
}

function sickInstances(rollout: Rollout, observation: FleetObservation): Verdict | undefined {
  const { group } = observation.targets[rollout.targetIndex] ?? {};
  const allowed = isAlone(rollout, observation, group) ? 1 : FAILURES_THAT_HALT;
  if (rollout.failed.length >= allowed) return sick(`the group found ${rollout.failed.length} new instances unhealthy: ${rollout.failed.slice(0, 3).join(', ')}`);
  return interrupted(rollout, allowed) ?? late(rollout, observation, group) ?? beforeGraceEnds(rollout, observation, group);
}

/** What EC2 ended without a failed check proves nothing about the image: it is tried again later. */
function interrupted(rollout: Rollout, allowed: number): Verdict | undefined {
  const ids = rollout.interrupted ?? [];
  if (ids.length < allowed) return undefined;
  return { reason: `EC2 ended ${ids.length} new instances, which had failed no check: ${ids.slice(0, 3).join(', ')}`, outcome: 'rolled-back', after: 'back-off' };
}

function late({ unhealthySince }: Rollout, observation: FleetObservation, group: Group | undefined): Verdict | undefined {
  const seconds = healthTimeoutSeconds(observation, group);
  const instance = Object.keys(unhealthySince).find((id) => unhealthySince[id]! <= observation.now - seconds * 1000);
  return instance === undefined ? undefined : sick(`instance ${instance} was not healthy within ${seconds} seconds in service`);
}

/**
 * A group replaces a sick canary by another one as soon as its grace has passed: a second instance on a bad image. So a canary is judged
 * just before that. The grace begins when an instance comes into service, after its lifecycle hooks (user guide, "Set the health check
 * grace period"), not when it is launched.
 */
function beforeGraceEnds({ inServiceSince = {}, unhealthySince }: Rollout, { now }: FleetObservation, group: Group | undefined): Verdict | undefined {
  const grace = group?.graceSeconds ?? 0;
  if (grace < SHORTEST_GRACE_SECONDS) return undefined;
  const patience = grace - GRACE_MARGIN_SECONDS;
  const instance = Object.keys(unhealthySince).find((id) => (inServiceSince[id] ?? Infinity) <= now - patience * 1000);
  return instance === undefined ? undefined : sick(`instance ${instance} was not healthy ${patience} seconds after it came into service`);
}

function failedLaunches(rollout: Rollout, target: TargetObservation): Verdict | undefined {
  const failures = target.launchFailures.filter((each) => each.at >= rollout.startedAt && !each.environment);
  return failures.length >= FAILURES_THAT_HALT ? sick(`${failures.length} launches failed: ${failures[0]!.message}`) : undefined;
}

/** A refresh that ended otherwise than we asked. */
function endedRefresh(rollout: Rollout, observation: FleetObservation, target: TargetObservation, refresh: Refresh | undefined): Verdict | undefined {
  if (!refresh) return undefined;
  if (refresh.status === 'Cancelled' || refresh.status === 'Cancelling') return { reason: 'somebody cancelled the instance refresh', outcome: 'aborted', after: 'block' };
  if (!['Failed', 'RollbackInProgress', 'RollbackSuccessful', 'RollbackFailed'].includes(refresh.status)) return undefined;
  const reason = `the instance refresh is ${refresh.status}: ${refresh.reason ?? 'no reason given'}`;
  return excusable(rollout, observation, target) ? { reason, outcome: 'rolled-back', after: 'back-off' } : sick(reason);
}

function overdue(rollout: Rollout, observation: FleetObservation, target: TargetObservation): Verdict | undefined {
  const { timeoutSeconds } = observation.intent.rollout;
  if (observation.now < rollout.startedAt + timeoutSeconds * 1000) return undefined;
  const reason = `not finished within ${timeoutSeconds} seconds`;
  if (rollout.stage === 'preparing') return { reason, outcome: 'aborted', after: 'back-off' };
  return excusable(rollout, observation, target) ? { reason, outcome: 'rolled-back', after: 'back-off' } : sick(reason);
}

/** What stalls a refresh and is never the fault of an image. */
function excusable(rollout: Rollout, observation: FleetObservation, target: TargetObservation): boolean {
  return target.launchFailures.some((each) => each.at >= rollout.startedAt && each.environment)
    || groupObstacle(observation, target) !== undefined
    || rollout.touched === 0;
}

const sick = (reason: string): Verdict => ({ reason, outcome: 'rolled-back', after: 'block' });
