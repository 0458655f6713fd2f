import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import type { IFleet } from './fleet';
import { bindGroup, checkExisting } from './group-target';

/** What a fleet must know of something that it rolls. */
export interface RolloutTargetConfig {
  /** Name of the Auto Scaling group. */
  readonly autoScalingGroupName: string;

  /** Id of the launch template that the group launches from. */
  readonly launchTemplateId: string;

  /**
   * ARNs of the roles that the instances have.
   *
   * @default - the instances have no role
   */
  readonly instanceRoleArns?: string[];

  /**
   * Constructs that a deploy must not touch while a rollout is active.
   *
   * @default - nothing in this stack
   */
  readonly guarded?: IConstruct[];

  /**
   * Whether every new version of the launch template is a configuration release, whoever made it. Otherwise only those are whose content a
   * deploy recorded, which it does for each launch template among `guarded`.
   *
   * @default false
   */
  readonly trustTemplateVersions?: boolean;
}

/** What is known of an Auto Scaling group that is declared elsewhere. */
export interface ExistingGroupOptions {
  /** Id of the launch template that the group launches from. */
  readonly launchTemplateId: string;

  /**
   * Role of the instances.
   *
   * @default - the instances have no role
   */
  readonly instanceRole?: IRole;

  /**
   * Whether every new version of the launch template is a configuration release that the fleet rolls out, whoever made it. Set it where another
   * stack or tool makes the versions: who may call `ec2:CreateLaunchTemplateVersion` then decides what runs on every instance of the group.
   * Otherwise the fleet rolls images only, and raises an alarm where a version appears that it did not make.
   *
   * @default false
   */
  readonly trustTemplateVersions?: boolean;
}

/** What a fleet rolls. */
export abstract class RolloutTarget {
  /** An Auto Scaling group of the same stack, with a launch template whose image is the fleet's `machineImage`. */
  public static autoScalingGroup(group: AutoScalingGroup): RolloutTarget {
    return new GroupTarget(group);
  }

  /** An existing Auto Scaling group. Nothing guards it against deploys of the stack that declares it. */
  public static autoScalingGroupName(name: string, options: ExistingGroupOptions): RolloutTarget {
    return new ExistingGroupTarget(name, options);
  }

  /** Called when the target is added to a fleet. */
  public abstract bind(scope: Construct, fleet: IFleet): RolloutTargetConfig;
}

/**
 * What is rolled, where the group itself was given.
 *
 * @internal
 */
export const rolloutTarget = (given: RolloutTarget | AutoScalingGroup): RolloutTarget =>
  (Construct.isConstruct(given) ? RolloutTarget.autoScalingGroup(given) : given);

class GroupTarget extends RolloutTarget {
  public constructor(private readonly group: AutoScalingGroup) {
    super();
  }

  public bind(scope: Construct): RolloutTargetConfig {
    return bindGroup(scope, this.group);
  }
}

class ExistingGroupTarget extends RolloutTarget {
  public constructor(private readonly name: string, private readonly options: ExistingGroupOptions) {
    super();
  }

  public bind(scope: Construct): RolloutTargetConfig {
    checkExisting(scope, this.name, this.options.launchTemplateId);
    return {
      autoScalingGroupName: this.name,
      launchTemplateId: this.options.launchTemplateId,
      instanceRoleArns: this.options.instanceRole && [this.options.instanceRole.roleArn],
      trustTemplateVersions: this.options.trustTemplateVersions,
    };
  }
}
