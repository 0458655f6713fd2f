import { isHealthy, isLeaving, isStandby, running } from './instances';
import type { FleetObservation, Group, GroupInstance, Refresh, TargetObservation } from './observation';
import { groupObstacle } from './obstacles';
import type { Halt, Rollout } from './state';
import { versionOf } from './versions';
import { isRevoked } from './wanted';

type Verdict = Pick<Halt, 'reason' | 'outcome' | 'after'>;

/** The group itself declared so many new instances unhealthy, or launches failed so often: no accident any more. */
export const FAILURES_THAT_HALT = 2;

/** Looks while a canary is out: a sick one is halted well within ten minutes. */
export const CANARY_LOOK_SECONDS = 30;

/** Follows the instances of the new pair; the same observation gives the same record. */
export function trackInstances(rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Rollout {
  // Targets before this one are done: all of their instances run the pair.
  const elsewhere = observation.targets.slice(0, rollout.targetIndex).reduce((sum, each) => sum + (each.group?.desired ?? 0), 0);
  const ours = (target.group?.instances ?? []).filter((each) => each.templateVersion === version);
  const unhealthy = ours.filter((each) => !isHealthy(each) && !isLeaving(each) && !isStandby(each) && !each.lifecycle.startsWith('Warmed:'));
  const unhealthySince = Object.fromEntries(unhealthy.map((each) => [each.id, rollout.unhealthySince[each.id] ?? since(each, observation)]));
  return {
    ...rollout,
    touched: Math.max(rollout.touched, elsewhere + running(target, version).length),
    failed: union(rollout.failed, ours.filter((each) => !each.healthy).map((each) => each.id)),
    unhealthySince,
  };
}

/** A young instance is unhealthy since its launch; an older one since we look, for it may have been healthy in between. */
function since(instance: GroupInstance, observation: FleetObservation): number {
  const timeout = observation.intent.rollout.healthTimeoutSeconds * 1000;
  const launchedAt = instance.launchedAt ?? observation.now;
  return observation.now - launchedAt < timeout ? Math.min(launchedAt, observation.now) : observation.now;
}

/** What was being rolled is not there any more. */
export function lost(target: TargetObservation | undefined): Verdict {
  if (!target) return { reason: 'the group is no longer part of the fleet', outcome: 'aborted', after: 'nothing' };
  const deleted = !target.group || target.group.deleting;
  return deleted
    ? { reason: `group ${target.groupName} was deleted`, outcome: 'aborted', after: 'nothing' }
    : { reason: `the launch template version of group ${target.groupName} is gone`, outcome: 'aborted', after: 'back-off' };
}

/** What is wrong with the pair or its group, worst first. */
export function sickness(rollout: Rollout, observation: FleetObservation, target: TargetObservation): Verdict | undefined {
  if (!target.group || target.group.deleting) return lost(target);
  return impostor(rollout, observation, target)
    ?? withdrawn(rollout, observation)
    ?? redAlarm(rollout, observation)
    ?? sickInstances(rollout, observation)
    ?? failedLaunches(rollout, target);
}

/** What is wrong with its progress. `refresh`: the one of this stage; what we cancelled ourselves is not passed in. */
export const stalled = (rollout: Rollout, observation: FleetObservation, target: TargetObservation, refresh?: Refresh): Verdict | undefined =>
  endedRefresh(rollout, observation, target, refresh) ?? overdue(rollout, observation, target);

/** Judged by the AMI that an instance really runs, while the refresh can still be rolled back. */
function impostor(rollout: Rollout, observation: FleetObservation, target: TargetObservation): Verdict | undefined {
  const version = versionOf(observation, target, rollout)?.number;
  const wrong = version && running(target, version).find((each) => each.ami !== undefined && each.ami !== rollout.ami);
  return wrong ? sick(`instance ${wrong.id} runs ${wrong.ami}, not ${rollout.ami}`) : undefined;
}

function withdrawn(rollout: Rollout, { release, region, parameterValue }: FleetObservation): Verdict | undefined {
  if (rollout.kind !== 'image' || !release) return undefined;
  if (isRevoked(release, rollout.version)) return sick(`version ${rollout.version} was revoked`);
  const back = release.amis[region] !== rollout.ami && release.amis[region] === parameterValue;
  return back ? { reason: `the channel went back to version ${release.version}`, outcome: 'rolled-back', after: 'nothing' } : undefined;
}

function redAlarm(rollout: Rollout, observation: FleetObservation): Verdict | undefined {
  if (rollout.bootstrapping || rollout.stage === 'preparing') return undefined;
  const red = observation.alarms.find((alarm) => alarm.red && !rollout.redAtStart.includes(alarm.name));
  return red && sick(`alarm ${red.name} is red`);
}

function sickInstances(rollout: Rollout, observation: FleetObservation): Verdict | undefined {
  const { group } = observation.targets[rollout.targetIndex] ?? {};
  const alone = rollout.stage === 'canary' || group?.desired === 1;
  const allowed = alone ? 1 : FAILURES_THAT_HALT;
  if (rollout.failed.length >= allowed) return sick(`the group found ${rollout.failed.length} new instances unhealthy: ${rollout.failed.slice(0, 3).join(', ')}`);
  const patience = alone ? canaryPatience(observation, group) : observation.intent.rollout.healthTimeoutSeconds;
  const late = Object.entries(rollout.unhealthySince).find(([, moment]) => moment <= observation.now - patience * 1000);
  return late && sick(`instance ${late[0]} was not healthy within ${patience} seconds`);
}

/** Shorter grace than this leaves no time between a slow boot and the group's own verdict. */
const SHORTEST_GRACE_SECONDS = 60;

/**
 * A group replaces a sick canary by another one as soon as its grace has passed: a second instance on a bad image. So a canary is
 * judged a look before that, where the grace leaves the time.
 */
function canaryPatience(observation: FleetObservation, group: Group | undefined): number {
  const { healthTimeoutSeconds } = observation.intent.rollout;
  const grace = group?.graceSeconds ?? Infinity;
  return grace < SHORTEST_GRACE_SECONDS ? healthTimeoutSeconds : Math.min(healthTimeoutSeconds, grace - CANARY_LOOK_SECONDS);
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

const union = (old: readonly string[], more: readonly string[]): readonly string[] => {
  const added = more.filter((each) => !old.includes(each));
  return added.length === 0 ? old : [...old, ...added];
};
