import type { FleetObservation, TargetObservation } from './observation';
import type { Rollout } from './state';

/** Preferences of an instance refresh, in our words. */
export interface RefreshPlan {
  readonly minHealthyPercentage: number;
  /** Always given: a refresh without it may terminate before it launches. */
  readonly maxHealthyPercentage: number;
  readonly checkpoint?: number;
  readonly bakeSeconds: number;
  readonly autoRollback: boolean;
  readonly alarms: readonly string[];
}

/** AWS's maximum: the refresh never continues by itself from our checkpoint; the gate of the controller decides. */
export const CHECKPOINT_DELAY_SECONDS = 172800;

/**
 * The checkpoint that stops after exactly `count` of `size` instances, where a whole percentage can express it.
 *
 * A checkpoint is the minimum percentage of instances that must be new before it counts as reached (EC2 Auto Scaling User Guide,
 * "Add checkpoints to an instance refresh"; assumption: checkpoint-one-percent): reached with `count`, not with one less. Of all that do, the smallest: a group that is
 * scaled out meanwhile reaches it with hardly more instances.
 */
export function checkpointPercentage(count: number, size: number): number | undefined {
  const percentage = Math.floor((100 * (count - 1)) / size) + 1;
  return count < size && instancesAtCheckpoint(percentage, size) === count ? percentage : undefined;
}

export const instancesAtCheckpoint = (percentage: number, size: number): number => Math.ceil((size * percentage) / 100);

/** Whether the canary would be the whole group: then one refresh, one instance at a time, is canary and waves. */
export const canaryIsAll = (observation: FleetObservation, size: number): boolean => observation.intent.rollout.canaryInstances >= size;

/** One instance at a time, launched before one is terminated; stopped by a checkpoint where that can be expressed. */
export function canaryPlan(observation: FleetObservation, target: TargetObservation, rollout: Rollout): RefreshPlan {
  const size = target.group!.desired;
  const checkpoint = checkpointPercentage(observation.intent.rollout.canaryInstances, size);
  return {
    minHealthyPercentage: rollout.bootstrapping ? minimumOfAnUnhealthyGroup(target) : 100,
    maxHealthyPercentage: 100,
    ...(checkpoint === undefined ? {} : { checkpoint }),
    bakeSeconds: 0,
    ...guards(observation, rollout),
  };
}

/** The rest, within the bounds of the policy; the bake lies inside, so that rolling back stays possible. */
export function wavesPlan(observation: FleetObservation, target: TargetObservation, rollout: Rollout): RefreshPlan {
  const policy = observation.intent.rollout;
  if (canaryIsAll(observation, target.group!.desired)) {
    return { ...canaryPlan(observation, target, rollout), bakeSeconds: bake(policy.canarySeconds + policy.bakeSeconds) };
  }
  return {
    minHealthyPercentage: rollout.bootstrapping ? 0 : policy.minHealthyPercentage,
    maxHealthyPercentage: rollout.bootstrapping ? 100 : policy.maxHealthyPercentage,
    bakeSeconds: bake(policy.bakeSeconds),
    ...guards(observation, rollout),
  };
}

/** Back to the last known good pair: capacity first. */
export function restorePlan(observation: FleetObservation): RefreshPlan {
  const { minHealthyPercentage, maxHealthyPercentage } = observation.intent.rollout;
  return { minHealthyPercentage, maxHealthyPercentage, bakeSeconds: 0, autoRollback: false, alarms: [] };
}

/** A bootstrapping group may have nothing that is healthy: the canary must not wait for what cannot come. */
function minimumOfAnUnhealthyGroup(target: TargetObservation): number {
  const size = target.group!.desired;
  const healthy = target.group!.instances.filter((each) => each.lifecycle === 'InService' && each.healthy && each.serving).length;
  return healthy >= size ? 100 : Math.floor((100 * Math.max(0, healthy - 1)) / size);
}

/** Alarms that were red before are no news; one in `ALARM` fails a refresh at its start. AWS takes ten. */
function guards(observation: FleetObservation, rollout: Rollout): Pick<RefreshPlan, 'autoRollback' | 'alarms'> {
  const alarms = observation.alarms.filter((alarm) => !alarm.red && !rollout.redAtStart.includes(alarm.name)).map((alarm) => alarm.name);
  return {
    autoRollback: observation.intent.rollout.autoRollback && !rollout.bootstrapping,
    alarms: rollout.bootstrapping ? [] : alarms.slice(0, 10),
  };
}

const bake = (seconds: number): number => Math.min(seconds, 172800);
