import type { Check, RenderedGroup } from './group-checks';
import { roomFor } from './rollout-intent';
import type { RolloutIntent } from '../contract';

/** AWS fails an instance refresh that replaces nothing for an hour (EC2 Auto Scaling User Guide, "How an instance refresh works", limitations). */
const NO_PROGRESS_SECONDS = 3600;
/** PutLifecycleHook, HeartbeatTimeout: "defaults to 3600 seconds". */
const DEFAULT_HEARTBEAT_SECONDS = 3600;
/** RefreshPreferences, BakeTime. */
const LONGEST_BAKE_SECONDS = 172_800;

/** Times of a group and of the rollout that cannot hold together; what is only known while deploying is not judged. */
export const timing: Check = (parts, { rollout }) =>
  [...hooks(parts), ...grace(parts, rollout), ...canaryBake(parts, rollout), ...total(parts, rollout)];

const launchHooks = ({ group, hooks: beside }: RenderedGroup): Array<Record<string, any>> =>
  [...group.Properties?.LifecycleHookSpecificationList ?? [], ...beside].filter((each) => each.LifecycleTransition === 'autoscaling:EC2_INSTANCE_LAUNCHING');

function hooks(parts: RenderedGroup): string[] {
  return launchHooks(parts).filter((hook) => (numberOf(hook.HeartbeatTimeout) ?? 0) > NO_PROGRESS_SECONDS).map((hook) =>
    `a launch lifecycle hook may hold an instance for ${hook.HeartbeatTimeout} seconds, and AWS fails an instance refresh that makes no progress for an hour; `
    + `expected at most ${NO_PROGRESS_SECONDS}; lower its heartbeatTimeout`);
}

/** Within the grace the group itself calls nobody sick. */
function grace({ group }: RenderedGroup, rollout: RolloutIntent): string[] {
  const seconds = graceOf(group.Properties);
  if (seconds === undefined || !asksLoadBalancer(group.Properties)) { return []; }
  if (rollout.healthTimeoutFollowsGrace || rollout.healthTimeoutSeconds >= seconds) { return []; }
  return [`healthTimeout is ${rollout.healthTimeoutSeconds} seconds, and the group gives a new instance ${seconds} seconds of grace; `
    + `expected at least ${seconds}; leave healthTimeout of the rollout out, raise it, or lower the health check grace period`];
}

/** Where the canary is the whole group, its time is part of the refresh's bake. */
function canaryBake({ group }: RenderedGroup, { canaryInstances, canarySeconds, bakeSeconds }: RolloutIntent): string[] {
  const capacity = numberOf(group.Properties?.MaxSize);
  const sum = canarySeconds + bakeSeconds;
  if (!capacity || canaryInstances < capacity || sum <= LONGEST_BAKE_SECONDS) { return []; }
  return [`canaryTime and bakeTime are ${sum} seconds together, and in a group no larger than its canary AWS has to bake for both; `
    + `expected at most ${LONGEST_BAKE_SECONDS}; lower one of them`];
}

/** The least that a rollout takes: the canary's launch hooks and its time, a warm-up for each batch, the bake. */
function total(parts: RenderedGroup, rollout: RolloutIntent): string[] {
  const properties = parts.group.Properties ?? {};
  // A hook that continues by itself is a pause; any other is an upper bound.
  const pauses = launchHooks(parts).filter((each) => each.DefaultResult === 'CONTINUE').map((each) => numberOf(each.HeartbeatTimeout));
  const hook = Math.max(0, ...pauses.map((seconds) => seconds ?? DEFAULT_HEARTBEAT_SECONDS));
  const warmup = rollout.instanceWarmupSeconds ?? numberOf(properties.DefaultInstanceWarmup) ?? graceOf(properties) ?? 0;
  const capacity = numberOf(properties.MinSize) ?? 0;
  const batches = capacity === 0 ? 1 : Math.ceil(capacity / roomFor(rollout, capacity));
  const least = rollout.canarySeconds + rollout.bakeSeconds + batches * (hook + warmup);
  if (least <= rollout.timeoutSeconds) { return []; }
  return [`a rollout takes at least ${least} seconds (canaryTime ${rollout.canarySeconds}, bakeTime ${rollout.bakeSeconds}, ${batches} batches of ${hook} seconds in launch `
    + `lifecycle hooks and ${warmup} of warm-up), and its timeout is ${rollout.timeoutSeconds}; expected at least ${least}; raise timeout, or lower one of them`];
}

const asksLoadBalancer = (properties: Record<string, any> = {}): boolean => /ELB|VPC_LATTICE/.test(String(properties.HealthCheckType ?? ''));

const graceOf = (properties: Record<string, any> = {}): number | undefined => numberOf(properties.HealthCheckGracePeriod);

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};
