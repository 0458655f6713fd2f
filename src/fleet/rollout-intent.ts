import { Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ProtectedInstances, StandbyInstances, type RolloutPolicy } from './rollout-policy';
import type { RolloutIntent } from '../contract';
import { InvalidInputError } from '../private/errors';

/** AWS keeps a checkpoint or a bake for at most so long. */
const LONGEST_WAIT = Duration.days(2).toSeconds();

/** AWS ends an instance refresh after so long. */
const LONGEST_REFRESH = Duration.days(14).toSeconds();

/** A policy with everything written out. */
export function rolloutIntent(policy: RolloutPolicy, windows: boolean): RolloutIntent {
  const seconds = (given: Duration | undefined, otherwise: Duration) => (given ?? otherwise).toSeconds({ integral: false });
  return {
    minHealthyPercentage: policy.minHealthyPercentage ?? 100,
    maxHealthyPercentage: policy.maxHealthyPercentage ?? 110,
    canaryInstances: policy.canary ?? 1,
    canarySeconds: seconds(policy.canaryTime, Duration.minutes(5)),
    bakeSeconds: seconds(policy.bakeTime, Duration.minutes(30)),
    healthTimeoutSeconds: seconds(policy.healthTimeout, Duration.minutes(windows ? 15 : 5)),
    ...(policy.healthTimeout ? {} : { healthTimeoutFollowsGrace: true }),
    timeoutSeconds: seconds(policy.timeout, Duration.hours(12)),
    ...(policy.instanceWarmup ? { instanceWarmupSeconds: policy.instanceWarmup.toSeconds({ integral: false }) } : {}),
    alarmNames: [...new Set((policy.alarms ?? []).map((alarm) => alarm.alarmName))],
    protectedInstances: policy.protectedInstances ?? ProtectedInstances.WAIT,
    standbyInstances: policy.standbyInstances ?? StandbyInstances.WAIT,
    ...(policy.foreignInstances ? { foreignInstances: policy.foreignInstances } : {}),
    autoRollback: policy.autoRollback ?? true,
  };
}

/** Gives the policy back if it can hold, whatever the groups are. */
export function checkRollout(scope: IConstruct, rollout: RolloutIntent): RolloutIntent {
  const check = (property: string, value: number, from: number, to: number, unit: string) => {
    if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= from && value <= to)) { return; }
    throw new InvalidInputError(scope, {
      what: `${property} is ${value}`,
      expected: `a whole number from ${from} to ${to} (${unit})`,
      fix: `change ${property} of the rollout`,
    });
  };
  const { minHealthyPercentage, timeoutSeconds } = rollout;
  check('minHealthyPercentage', minHealthyPercentage, 0, 100, 'percent');
  check('maxHealthyPercentage', rollout.maxHealthyPercentage, 100, 200, 'percent');
  check('maxHealthyPercentage', rollout.maxHealthyPercentage, 100, minHealthyPercentage + 100, 'percent, at most 100 above minHealthyPercentage');
  check('canary', rollout.canaryInstances, 1, 1000, 'instances');
  check('canaryTime', rollout.canarySeconds, 0, LONGEST_WAIT, 'seconds');
  check('bakeTime', rollout.bakeSeconds, 0, LONGEST_WAIT, 'seconds');
  check('timeout', timeoutSeconds, 600, LONGEST_REFRESH, 'seconds');
  check('healthTimeout', rollout.healthTimeoutSeconds, 60, timeoutSeconds, 'seconds, at most the timeout');
  check('instanceWarmup', rollout.instanceWarmupSeconds ?? 0, 0, timeoutSeconds, 'seconds, at most the timeout');
  check('number of alarms', rollout.alarmNames.length, 0, 10, 'alarms');
  return rollout;
}

/**
 * How many instances of a group can be on their way at once without breaking the bounds. AWS replaces one at a time where the
 * percentages leave no room.
 */
export function roomFor({ minHealthyPercentage, maxHealthyPercentage }: RolloutIntent, capacity: number): number {
  const above = Math.floor(capacity * (maxHealthyPercentage - 100) / 100);
  const below = capacity - Math.ceil(capacity * minHealthyPercentage / 100);
  return Math.max(1, above + below);
}
