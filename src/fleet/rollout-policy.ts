import { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What a rollout does with instances that are protected from scale-in. Amazon ECS protects every instance that runs tasks where a capacity
 * provider has managed termination protection.
 */
export enum ProtectedInstances {
  /** They are replaced like all others. */
  REFRESH = 'refresh',
  /** They stay as they are, and keep the image that they run. A group in which nothing else is left is not rolled. */
  IGNORE = 'ignore',
  /** The rollout does not begin while there are any; the fleet's status and the alarm `needs-operator` say so. */
  WAIT = 'wait',
}

/** What a rollout does with instances in standby. */
export enum StandbyInstances {
  /** They are terminated. */
  TERMINATE = 'terminate',
  /** They stay as they are, and keep the image that they run. */
  IGNORE = 'ignore',
  /** The rollout does not begin while there are any; the fleet's status and the alarm `needs-operator` say so. */
  WAIT = 'wait',
}

/**
 * What happens to an instance of which the ledger does not know what it runs: another AMI or launch template version than deploys declared and
 * rollouts brought, or none, since somebody attached it to the group.
 */
export enum ForeignInstances {
  /**
   * It is ended once its group is at rest, one after another, and its group launches what the fleet was committed on. The minimum holds; what the
   * policy for protected and standby instances keeps from a rollout stays.
   */
  REPLACE = 'replace',
  /** It stays, and the alarm `needs-operator` says so. */
  ALARM = 'alarm',
}

/** How a fleet is brought to another image or launch configuration. */
export interface RolloutPolicy {
  /**
   * Percent of the desired capacity that is in service throughout, from 0 to 100.
   *
   * @default 100
   */
  readonly minHealthyPercentage?: number;

  /**
   * Percent of the desired capacity that may be in service or on its way during a wave, from 100 to 200, at most 100 above the minimum.
   *
   * @default 110
   */
  readonly maxHealthyPercentage?: number;

  /**
   * Instances that are replaced first, before any other.
   *
   * @default 1
   */
  readonly canary?: number;

  /**
   * How long a healthy canary is watched before the first wave.
   *
   * @default Duration.minutes(5)
   */
  readonly canaryTime?: Duration;

  /**
   * How long the whole fleet is watched before the rollout is committed.
   *
   * @default Duration.minutes(30)
   */
  readonly bakeTime?: Duration;

  /**
   * A new instance that is not healthy so long after it came into service halts the rollout. Launch lifecycle hooks come before that and
   * do not count. At least the health check grace period of a group with load balancer health checks.
   *
   * @default - 5 minutes, 15 minutes for Windows, or the group's health check grace period where that is longer
   */
  readonly healthTimeout?: Duration;

  /**
   * A rollout that is not finished after this time halts.
   *
   * @default Duration.hours(12)
   */
  readonly timeout?: Duration;

  /**
   * CloudWatch alarms that stop and roll back the rollout when any of them is in the ALARM state.
   *
   * @default - only the health of the instances halts a rollout
   */
  readonly alarms?: IAlarm[];

  /**
   * How long a new instance takes after it is in service until it counts as ready (`InstanceWarmup` of an instance refresh).
   *
   * @default - the default instance warmup of the group, or its health check grace period where it has none
   */
  readonly instanceWarmup?: Duration;

  /**
   * What happens to instances that are protected from scale-in. A group that protects every new instance needs
   * `ProtectedInstances.REFRESH`: nothing else could be replaced, nor taken back.
   *
   * @default ProtectedInstances.WAIT
   */
  readonly protectedInstances?: ProtectedInstances;

  /**
   * What happens to instances in standby.
   *
   * @default StandbyInstances.WAIT
   */
  readonly standbyInstances?: StandbyInstances;

  /**
   * What happens to instances of which the ledger does not know what they run. They never count as healthy, and the alarm `needs-operator` names
   * them.
   *
   * @default ForeignInstances.REPLACE
   */
  readonly foreignInstances?: ForeignInstances;

  /**
   * Whether a rollout that halts goes back to the last known good image and configuration.
   *
   * @default true
   */
  readonly autoRollback?: boolean;
}
