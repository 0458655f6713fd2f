import { isServing, serves } from './instances';
import type { FleetObservation, Group, TargetObservation } from './observation';
import type { Rollout } from './state';
import { versionOf } from './versions';

/** Preferences of an instance refresh, in our words. */
export interface RefreshPlan {
  readonly minHealthyPercentage: number;
  /** Always given: a refresh without it may terminate before it launches. */
  readonly maxHealthyPercentage: number;
  readonly checkpoint?: number;
  readonly bakeSeconds: number;
  readonly autoRollback: boolean;
  readonly alarms: readonly string[];
  /** Instances that run the wanted template version already stay. */
  readonly skipMatching: boolean;
}

/** AWS's maximum: the refresh never continues by itself from our checkpoint; the gate of the controller decides. */
export const CHECKPOINT_DELAY_SECONDS = 172800;

/** AWS's maximum. */
const LONGEST_BAKE_SECONDS = 172800;

/**
 * The smallest checkpoint that `count` of `size` instances reach: where the controller is away, the refresh stops there. In a group of more
 * than 100 that may be after more instances than `count`, as a checkpoint is a whole percentage.
 *
 * A checkpoint is the minimum percentage of instances that must be new before it counts as reached (EC2 Auto Scaling User Guide,
 * "Add checkpoints to an instance refresh"; assumption: checkpoint-one-percent).
 */
export const checkpointPercentage = (count: number, size: number): number | undefined =>
  (count < size ? Math.floor((100 * (count - 1)) / size) + 1 : undefined);

export const instancesAtCheckpoint = (percentage: number, size: number): number => Math.ceil((size * percentage) / 100);

/** Whether the canary would be the whole group: then one refresh, one instance at a time, is canary and waves. */
export const canaryIsAll = (observation: FleetObservation, size: number): boolean => observation.intent.rollout.canaryInstances >= size;

/** One instance at a time, launched before one is terminated; the controller stops it, and a checkpoint where the controller is away. */
export function canaryPlan(observation: FleetObservation, target: TargetObservation, rollout: Rollout): RefreshPlan {
  const checkpoint = checkpointPercentage(observation.intent.rollout.canaryInstances, target.group!.desired);
  return {
    minHealthyPercentage: rollout.bootstrapping ? healthyPercentage(target.group!) : 100,
    maxHealthyPercentage: 100,
    ...(checkpoint === undefined ? {} : { checkpoint }),
    bakeSeconds: 0,
    ...guards(observation, target, rollout),
    skipMatching: true,
  };
}

/** The rest, within the bounds of the policy; the bake lies inside, so that rolling back stays possible. */
export function wavesPlan(observation: FleetObservation, target: TargetObservation, rollout: Rollout): RefreshPlan {
  const policy = observation.intent.rollout;
  if (canaryIsAll(observation, target.group!.desired)) {
    return { ...canaryPlan(observation, target, rollout), bakeSeconds: bake(policy.canarySeconds + policy.bakeSeconds) };
  }
  return {
    ...bounds(observation, target, rollout),
    bakeSeconds: bake(policy.bakeSeconds),
    ...guards(observation, target, rollout),
    skipMatching: true,
  };
}

/** Back to the last known good pair: capacity first. */
export function restorePlan(observation: FleetObservation, skipMatching: boolean): RefreshPlan {
  const { minHealthyPercentage, maxHealthyPercentage } = observation.intent.rollout;
  return { minHealthyPercentage, maxHealthyPercentage, bakeSeconds: 0, autoRollback: false, alarms: [], skipMatching };
}

/**
 * The policy's, wherever instances serve. Of a bootstrapping group at most what serves can be kept: a minimum above that waits for what
 * cannot come. Where nothing serves but the canary, there is nothing to keep, and the rest is replaced at once.
 */
function bounds(
  observation: FleetObservation, target: TargetObservation, rollout: Rollout,
): Pick<RefreshPlan, 'minHealthyPercentage' | 'maxHealthyPercentage'> {
  const { minHealthyPercentage, maxHealthyPercentage } = observation.intent.rollout;
  if (!rollout.bootstrapping) return { minHealthyPercentage, maxHealthyPercentage };
  if (!servesWithout(target, rollout)) return { minHealthyPercentage: 0, maxHealthyPercentage: 100 };
  const minimum = Math.min(minHealthyPercentage, healthyPercentage(target.group!));
  // RefreshPreferences: "the difference between them cannot be greater than 100".
  return { minHealthyPercentage: minimum, maxHealthyPercentage: Math.min(maxHealthyPercentage, minimum + 100) };
}

/** Whether anything serves that does not run the new pair. */
export function servesWithout(target: TargetObservation, rollout: Rollout): boolean {
  const version = versionOf(target, rollout)?.number;
  return target.group!.instances.some((each) => isServing(each) && each.templateVersion !== version);
}

function healthyPercentage({ instances, desired }: Group): number {
  return Math.min(100, Math.floor((100 * instances.filter(isServing).length) / desired));
}

/**
 * Alarms that were red before are no news; one in `ALARM` fails a refresh at its start. AWS takes ten. A bootstrapping group goes back to
 * what it was adopted on, where that serves.
 */
function guards(observation: FleetObservation, target: TargetObservation, rollout: Rollout): Pick<RefreshPlan, 'autoRollback' | 'alarms'> {
  const back = !rollout.bootstrapping || servesWithout(target, rollout);
  const alarms = observation.alarms.filter((alarm) => !alarm.red && !rollout.redAtStart.includes(alarm.name)).map((alarm) => alarm.name);
  const guarded = !rollout.bootstrapping || observation.targets.some(serves);
  return { autoRollback: observation.intent.rollout.autoRollback && back, alarms: guarded ? alarms.slice(0, 10) : [] };
}

const bake = (seconds: number): number => Math.min(seconds, LONGEST_BAKE_SECONDS);
