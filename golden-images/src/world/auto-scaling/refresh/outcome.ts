import type { Group } from '../group';
import type { Refresh, RefreshStatus } from './refresh';

type Told = 'Started' | 'Succeeded' | 'Failed' | 'Cancelled' | 'Checkpoint Reached' | 'Rollback Started' | 'Rollback Succeeded' | 'Rollback Failed'
  | 'Started Baking';

/** Tells an instance refresh event: names only, no reason (user guide, "EventBridge event reference"). */
export function announce(group: Group, refresh: Refresh, what: Told): void {
  group.world.log('autoscaling', `${group.name}: instance refresh ${refresh.id} ${what}${refresh.reason ? `: ${refresh.reason}` : ''}`);
  group.world.emit({
    source: 'aws.autoscaling',
    detailType: `EC2 Auto Scaling Instance Refresh ${what}`,
    detail: { InstanceRefreshId: refresh.id, AutoScalingGroupName: group.name },
    resources: [group.arn],
  });
}

/** Ends a refresh. */
export function settle(group: Group, refresh: Refresh, status: RefreshStatus, told: Told, reason: string | undefined): void {
  refresh.status = status;
  refresh.reason = reason;
  refresh.endTime = group.world.now;
  announce(group, refresh, told);
}

/** All instances are replaced: bakes, or is over at once. */
export function bake(group: Group, refresh: Refresh): void {
  const { BakeTime } = refresh.preferences;
  if (!BakeTime) return succeed(group, refresh);
  refresh.status = 'Baking';
  refresh.reason = `Waiting for the bake time of ${BakeTime} seconds.`;
  refresh.bakeUntil = group.world.now + BakeTime * 1000;
  announce(group, refresh, 'Started Baking');
}

/** Only now the desired configuration becomes the group's own (API reference, StartInstanceRefresh, DesiredConfiguration). */
export function succeed(group: Group, refresh: Refresh): void {
  if (refresh.desired) group.settings.source = refresh.desired;
  refresh.bakeUntil = undefined;
  settle(group, refresh, 'Successful', 'Succeeded', undefined);
}

/** Fails a refresh or its rollback; a refresh with AutoRollback goes back instead. */
export function fail(group: Group, refresh: Refresh, reason: string): void {
  if (refresh.status === 'RollbackInProgress') return settle(group, refresh, 'RollbackFailed', 'Rollback Failed', reason);
  if (refresh.preferences.AutoRollback) return startRollback(group, refresh, reason);
  settle(group, refresh, 'Failed', 'Failed', reason);
}

/**
 * Turns the refresh round: what it launched is to go, and the group's own configuration is launched instead.
 * assumption: rollback-leaves-skip-matched-instances: instances that matched from the start were not replaced, so they stay.
 */
export function startRollback(group: Group, refresh: Refresh, reason: string): void {
  const { percentage, toUpdate } = refresh.progress;
  refresh.rollback = { reason, startTime: group.world.now, percentage, toUpdate };
  refresh.status = 'RollbackInProgress';
  refresh.reason = reason;
  refresh.old = refresh.fresh;
  refresh.fresh = new Set();
  refresh.replaced = 0;
  refresh.progressAt = group.world.now;
  refresh.checkpoint = { ...refresh.checkpoint, until: undefined };
  refresh.bakeUntil = undefined;
  announce(group, refresh, 'Rollback Started');
}

export function succeedRollback(group: Group, refresh: Refresh): void {
  settle(group, refresh, 'RollbackSuccessful', 'Rollback Succeeded', refresh.reason);
}
