import { CloudWatchService } from '../../cloudwatch';
import type { Group } from '../group';
import { passesChecks } from '../health';
import type { Members } from '../members';
import type { Member } from '../model';
import { boundsOf } from './bounds';
import { checkpointGoal } from './checkpoints';
import { bake, fail, settle, succeedRollback } from './outcome';
import { Candidate, planStep } from './plan';
import type { Refresh } from './refresh';

const HOUR = 3_600_000;
/** "An instance refresh can run for up to 14 days" (quotas of the user guide). */
const LONGEST = 14 * 24 * HOUR;

/** Whether a member is healthy and, if it is new, has been in service for the warm-up. */
function isReady(group: Group, refresh: Refresh, member: Member): boolean {
  return passesChecks(group, member) && !isWarming(group, refresh, member);
}

function isWarming(group: Group, refresh: Refresh, member: Member): boolean {
  return refresh.fresh.has(member.id) && member.lifecycle === 'InService' && group.world.now < member.inServiceAt! + refresh.warmupSeconds * 1000;
}

function candidates(group: Group, refresh: Refresh): Candidate[] {
  return group.live.map((member) => ({
    id: member.id,
    old: refresh.old.has(member.id),
    // In a rollback the instances to go are those that the refresh itself launched.
    replaceable: !member.protectedFromScaleIn || refresh.preferences.ScaleInProtectedInstances === 'Refresh',
    ready: isReady(group, refresh, member),
  }));
}

/** Takes the next step of a refresh that replaces instances. */
export function advance(group: Group, refresh: Refresh, members: Members): void {
  const forward = refresh.status === 'InProgress';
  if (forward && alarmed(group, refresh)) return;
  if (refresh.startTime + LONGEST <= group.world.now) return fail(group, refresh, 'The instance refresh exceeded its maximum duration of 14 days.');
  if (refresh.preferences.StandbyInstances === 'Terminate') endStandby(group, refresh, members);
  const instances = candidates(group, refresh);
  noteProgress(group, refresh, instances, forward);
  if (isDone(group, refresh, instances, forward)) return forward ? bake(group, refresh) : succeedRollback(group, refresh);
  if (isStuck(group, refresh, instances)) return fail(group, refresh, stuckReason(group, refresh));
  step(group, refresh, instances, members, forward);
}

/** Fails the refresh when one of its alarms is red; it does so while baking too. */
export function alarmed(group: Group, refresh: Refresh): boolean {
  const red = refresh.preferences.AlarmSpecification?.Alarms.find((name) => group.world.get(CloudWatchService).alarmState(name) === 'ALARM');
  if (red !== undefined) fail(group, refresh, `The CloudWatch alarm ${red} went into the ALARM state.`);
  return red !== undefined;
}

/** When the refresh must be looked at again although nothing happens to its instances. */
export function nextLook(group: Group, refresh: Refresh): number {
  const { now } = group.world;
  const warm = group.live.filter((member) => isWarming(group, refresh, member)).map((member) => member.inServiceAt! + refresh.warmupSeconds * 1000);
  const moments = [refresh.progressAt + HOUR, refresh.startTime + LONGEST, refresh.checkpoint.until, refresh.bakeUntil, ...warm,
    refresh.preferences.AlarmSpecification ? now + 30_000 : undefined];
  return Math.min(...moments.filter((moment): moment is number => moment !== undefined && moment > now));
}

function step(group: Group, refresh: Refresh, instances: Candidate[], members: Members, forward: boolean): void {
  if (!group.runs('InstanceRefresh')) return;
  const { desired } = group.settings;
  const kept = instances.filter((each) => each.old && !each.replaceable).length;
  const goal = forward ? Math.min(desired - kept, checkpointGoal(group, refresh, instances)) : desired - kept;
  const plan = planStep(instances, desired, boundsOf(refresh.percentages, desired), goal);
  const cause = forward ? 'in response to an instance refresh.' : 'in response to a rollback of an instance refresh.';
  if (group.runs('Terminate')) {
    plan.terminate.forEach((id) => members.terminate(group, group.members.get(id)!, `an instance was taken out of service ${cause}`));
  }
  if (!group.runs('Launch') || group.world.now < group.launchesFrom) return;
  for (let count = 0; count < plan.launch; count += 1) if (!members.launch(group, `an instance was launched ${cause}`)) break;
}

function noteProgress(group: Group, refresh: Refresh, instances: Candidate[], forward: boolean): void {
  const { desired } = group.settings;
  const done = instances.filter((each) => !each.old && each.ready).length;
  const fresh = instances.filter((each) => refresh.fresh.has(each.id) && each.ready).length;
  if (fresh > refresh.replaced || refresh.checkpoint.until !== undefined) refresh.progressAt = group.world.now;
  refresh.replaced = Math.max(refresh.replaced, fresh);
  if (forward) {
    const skipped = instances.filter((each) => !each.old && !refresh.fresh.has(each.id)).length;
    const total = Math.max(0, desired - skipped);
    refresh.progress = { percentage: total === 0 ? 100 : Math.min(100, Math.floor((100 * fresh) / total)), toUpdate: Math.max(0, desired - done) };
  } else {
    const left = instances.filter((each) => each.old).length;
    const percentage = desired === 0 ? 0 : Math.floor((100 * left) / desired);
    refresh.progress = { ...refresh.progress, percentage: Math.min(refresh.progress.percentage, percentage) };
  }
}

/** All that was to go is gone and all that is there is ready; or a last checkpoint below 100 percent is reached. */
function isDone(group: Group, refresh: Refresh, instances: Candidate[], forward: boolean): boolean {
  const { desired } = group.settings;
  if (instances.length !== desired) return false;
  if (waitsForStandby(group, refresh)) return false;
  const ignored = (each: Candidate): boolean => !each.replaceable && refresh.preferences.ScaleInProtectedInstances === 'Ignore';
  const last = forward ? refresh.preferences.CheckpointPercentages?.at(-1) : undefined;
  const fresh = instances.filter((each) => refresh.fresh.has(each.id) && each.ready).length;
  if (last !== undefined && last < 100 && fresh >= Math.ceil((last * desired) / 100)) return instances.every((each) => each.old || each.ready);
  return instances.every((each) => (each.old ? ignored(each) : each.ready));
}

function waitsForStandby(group: Group, refresh: Refresh): boolean {
  if (refresh.preferences.StandbyInstances !== 'Wait') return false;
  return [...group.members.values()].some((member) => member.lifecycle === 'Standby' && refresh.old.has(member.id));
}

/** One hour without a replaced instance fails the refresh; an instance that is only warming up is progress. */
function isStuck(group: Group, refresh: Refresh, instances: Candidate[]): boolean {
  if (group.world.now < refresh.progressAt + HOUR) return false;
  return !instances.some((each) => isWarming(group, refresh, group.members.get(each.id)!) && passesChecks(group, group.members.get(each.id)!));
}

function stuckReason(group: Group, refresh: Refresh): string {
  const blocked = group.live.find((member) => refresh.old.has(member.id) && member.protectedFromScaleIn);
  if (blocked && refresh.preferences.ScaleInProtectedInstances === 'Wait') return `Timed out: the instance ${blocked.id} is protected from scale in.`;
  if (waitsForStandby(group, refresh)) return 'Timed out: there are instances in the Standby state.';
  const activity = group.activities.find((each) => each.StatusCode === 'Failed');
  const failed = activity && activity.StartTime.getTime() >= refresh.progressAt ? ` ${activity.StatusMessage}` : '';
  return `There was no progress for one hour: replacement instances did not become healthy.${failed}`;
}

function endStandby(group: Group, refresh: Refresh, members: Members): void {
  for (const member of group.members.values()) {
    if (member.lifecycle === 'Standby' && refresh.old.has(member.id)) members.terminate(group, member, 'an instance in Standby was terminated in response to an instance refresh.');
  }
}

/** While cancelling: ends once nothing that the refresh began is under way. What is too many then goes as in a scale-in (assumption: cancel-surplus). */
export function finishCancelling(group: Group, refresh: Refresh): void {
  // assumption: retained-is-out
  const still = ['InService', 'Standby', 'Terminating:Retained'];
  const underWay = [...group.members.values()].some((member) => !still.includes(member.lifecycle));
  if (!underWay) settle(group, refresh, 'Cancelled', 'Cancelled', refresh.reason);
}
