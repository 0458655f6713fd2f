import type { ModelInstance, ModelWorld } from './world';
import { instancesAtCheckpoint, type RefreshPlan } from '../../../../src/runtime/domain/fleet';

export interface ModelRefresh {
  readonly id: string;
  readonly version: string;
  readonly plan: RefreshPlan;
  readonly warmupSeconds: number;
  readonly savedBefore: string;
  /** What becomes of protected instances: an hour of `wait` fails the refresh. */
  readonly protectedInstances: 'refresh' | 'ignore' | 'wait';
  /** Towards what the group has saved already, and AWS finds nothing to do. */
  readonly nothingToDo: boolean;
  readonly startedAt: number;
  status: 'Pending' | 'InProgress' | 'Baking' | 'Successful' | 'Failed' | 'Cancelling' | 'Cancelled' | 'RollbackInProgress' | 'RollbackSuccessful' | 'RollbackFailed';
  /** The version that launches take now: the desired one, or while rolling back the saved one. */
  launches: string;
  /** Instances beyond the desired capacity that it holds. */
  surplus: number;
  checkpointUntil?: number;
  bakeUntil?: number;
  progressAt: number;
}

const ACTIVE = ['Pending', 'InProgress', 'Baking', 'Cancelling', 'RollbackInProgress'];
const NO_PROGRESS_SECONDS = 3600;

export const activeRefresh = (world: ModelWorld): ModelRefresh | undefined => world.refreshes.find((each) => ACTIVE.includes(each.status));

/** Ten seconds in the life of a refresh. */
export function stepRefresh(world: ModelWorld, refresh: ModelRefresh): void {
  switch (refresh.status) {
    case 'Pending':
      if (refresh.nothingToDo) succeed(world, refresh);
      else refresh.status = 'InProgress';
      return;
    case 'Cancelling':
      // CancelInstanceRefresh waits for launches and terminations that are under way (WaitForTransitioningInstances).
      if (!world.instances.some((each) => each.lifecycle === 'Pending' || each.lifecycle === 'Terminating')) end(refresh, 'Cancelled');
      return;
    case 'Baking':
      if (redAlarm(world, refresh)) fail(refresh, world.now);
      else if (world.now >= refresh.bakeUntil!) succeed(world, refresh);
      return;
    case 'InProgress':
      if (redAlarm(world, refresh) || world.now > refresh.progressAt + NO_PROGRESS_SECONDS * 1000) fail(refresh, world.now);
      else replace(world, refresh, world.present.filter((each) => !isMatched(refresh, each)));
      return;
    case 'RollbackInProgress':
      if (world.now > refresh.progressAt + NO_PROGRESS_SECONDS * 1000) end(refresh, 'RollbackFailed');
      else replace(world, refresh, world.present.filter((each) => each.refresh === refresh.id && String(each.version) === refresh.version));
      return;
    default:
  }
}

/** Without skip matching an instance is done only if this refresh launched it. */
function isMatched(refresh: ModelRefresh, instance: ModelInstance): boolean {
  if (instance.isProtected && refresh.protectedInstances === 'ignore') return true;
  return String(instance.version) === refresh.version && (refresh.plan.skipMatching || instance.launchedAt >= refresh.startedAt);
}

function replace(world: ModelWorld, refresh: ModelRefresh, old: ModelInstance[]): void {
  if (world.suspended.length > 0) return;
  const fresh = world.present.filter((each) => String(each.version) === refresh.launches && !old.includes(each));
  const warm = fresh.filter((each) => world.serving(each) && world.now >= each.inServiceAt + refresh.warmupSeconds * 1000);
  if (old.length === 0) {
    refresh.surplus = 0;
    if (warm.length === fresh.length && world.present.length === world.desired) finish(world, refresh);
    return;
  }
  if (atCheckpoint(world, refresh, warm.length, fresh.length)) return;
  const replaceable = old.filter((each) => !each.isProtected || refresh.protectedInstances === 'refresh');
  if (replaceable.length === 0) return;
  const minimum = Math.ceil((world.desired * refresh.plan.minHealthyPercentage) / 100);
  if (minimum >= world.desired) launchFirst(world, refresh, replaceable, fresh, warm);
  else terminateFirst(world, refresh, replaceable, minimum, fresh.length);
}

/** Both bounds at 100: one instance more, and one old one less once the new one is warm. */
function launchFirst(world: ModelWorld, refresh: ModelRefresh, old: ModelInstance[], fresh: ModelInstance[], warm: ModelInstance[]): void {
  if (fresh.length > warm.length) return;
  if (world.present.length > world.desired) {
    world.terminate(worst(world, old));
    refresh.surplus = 0;
    refresh.progressAt = world.now;
    return;
  }
  refresh.surplus = 1;
  if (world.present.length === world.desired) world.launch(refresh, 'refresh');
}

/** Room below the desired capacity: terminates and launches together, as far as the minimum and the next checkpoint allow. */
function terminateFirst(world: ModelWorld, refresh: ModelRefresh, old: ModelInstance[], minimum: number, fresh: number): void {
  const limit = refresh.plan.checkpoint === undefined || refresh.status !== 'InProgress' ? Infinity : instancesAtCheckpoint(refresh.plan.checkpoint, world.desired);
  let healthy = world.present.filter((each) => world.serving(each)).length;
  let replaced = fresh;
  for (const each of [...old].sort((a, b) => Number(world.serving(a)) - Number(world.serving(b)))) {
    if (replaced >= limit || (world.serving(each) && healthy - 1 < minimum)) break;
    if (world.serving(each)) healthy -= 1;
    world.terminate(each);
    world.launch(refresh, 'refresh');
    replaced += 1;
    refresh.progressAt = world.now;
  }
}

function atCheckpoint(world: ModelWorld, refresh: ModelRefresh, warm: number, fresh: number): boolean {
  if (refresh.plan.checkpoint === undefined || refresh.status !== 'InProgress') return false;
  const count = instancesAtCheckpoint(refresh.plan.checkpoint, world.desired);
  if (warm < count || fresh < count) return false;
  if (world.present.length > world.desired) return false;
  refresh.checkpointUntil ??= world.now + 172_800_000;
  refresh.progressAt = world.now;
  return world.now < refresh.checkpointUntil;
}

const worst = (world: ModelWorld, old: ModelInstance[]): ModelInstance =>
  [...old].sort((a, b) => Number(world.serving(a)) - Number(world.serving(b)))[0]!;

function finish(world: ModelWorld, refresh: ModelRefresh): void {
  if (refresh.status === 'RollbackInProgress') return end(refresh, 'RollbackSuccessful');
  if (refresh.plan.bakeSeconds === 0) return succeed(world, refresh);
  refresh.status = 'Baking';
  refresh.bakeUntil = world.now + refresh.plan.bakeSeconds * 1000;
}

function succeed(world: ModelWorld, refresh: ModelRefresh): void {
  world.savedVersion = refresh.version;
  end(refresh, 'Successful');
}

function fail(refresh: ModelRefresh, now: number): void {
  if (refresh.plan.autoRollback) rollBackRefresh(refresh, now);
  else end(refresh, 'Failed');
}

export function rollBackRefresh(refresh: ModelRefresh, now: number): void {
  refresh.progressAt = now;
  refresh.status = 'RollbackInProgress';
  refresh.launches = refresh.savedBefore;
}

const end = (refresh: ModelRefresh, status: ModelRefresh['status']): void => {
  refresh.status = status;
  refresh.surplus = 0;
};

const redAlarm = (world: ModelWorld, refresh: ModelRefresh): boolean => refresh.plan.alarms.length > 0 && world.alarm;
