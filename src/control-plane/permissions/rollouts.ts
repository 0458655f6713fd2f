import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';
import { explainWildcards, type Permission, type Permitted } from './permission';

/** One group that the controller rolls. */
export interface RolledGroup {
  readonly groupName: string;
  readonly launchTemplateId: string;
  /** Roles that its instances have. */
  readonly instanceRoleArns: string[];
}

const GROUP_ID = 'The id in the ARN of a group is not known before the group exists; its name is';

const LAUNCH = 'Auto Scaling asks whether the caller could launch the template itself; limited to the templates of the fleets';

/** What a rollout does to groups, in one policy; every group that is added widens it by that group, and by nothing else. */
export class RolloutPermissions {
  private readonly groups = new PolicyStatement({
    actions: [
      'StartInstanceRefresh', 'CancelInstanceRefresh', 'RollbackInstanceRefresh', 'UpdateAutoScalingGroup', 'TerminateInstanceInAutoScalingGroup',
    ].map((each) => `autoscaling:${each}`),
  });
  private readonly templates = new PolicyStatement({ actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:DeleteLaunchTemplateVersions'] });
  // assumption: rollout-run-instances
  private readonly launches = new PolicyStatement({ actions: ['ec2:RunInstances'], resources: ['*'] });
  private readonly roles = new PolicyStatement({
    actions: ['iam:PassRole'],
    conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  });
  private readonly templateArns: string[] = [];

  public constructor(private readonly policy: Permitted, private readonly arns: Arns) {}

  public permit({ groupName, launchTemplateId, instanceRoleArns }: RolledGroup): void {
    const template = this.arns.launchTemplate(launchTemplateId);
    this.groups.addResources(this.arns.group(groupName));
    this.templates.addResources(template);
    this.templateArns.push(template);
    this.launches.addCondition('ArnEquals', { 'ec2:LaunchTemplate': this.templateArns });
    if (this.templateArns.length === 1) {
      this.policy.allow({ statement: this.groups, wildcards: GROUP_ID }, { statement: this.templates });
      this.policy.allow({ statement: this.launches, wildcards: LAUNCH });
    } else {
      explainWildcards(this.policy.scope, [this.arns.group(groupName)], GROUP_ID);
    }
    this.permitRoles(instanceRoleArns);
  }

  /** Instances need not have a role; a statement without resources is none. */
  private permitRoles(arns: string[]): void {
    if (arns.length > 0 && this.roles.resources.length === 0) { this.policy.allow({ statement: this.roles }); }
    this.roles.addResources(...arns);
  }
}

/** What a rollout takes whatever the groups are. */
export const anyRollout = (): Permission[] => [launchTags(), describe()];

const launchTags = (): Permission => ({
  statement: new PolicyStatement({
    actions: ['ec2:CreateTags'],
    resources: ['*'],
    conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
  }),
  wildcards: 'What a launch makes has no id before; limited to tags that a launch gives',
});

// DescribeAlarms knows alarms as resources, but describes composite alarms only to who may describe all (assumption: describe-alarms-star).
const describe = (): Permission => ({
  statement: new PolicyStatement({
    actions: [
      'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeInstanceRefreshes', 'autoscaling:DescribeScalingActivities',
      'ec2:DescribeInstanceImageMetadata', 'ec2:DescribeLaunchTemplateVersions',
      'elasticloadbalancing:DescribeTargetHealth', 'cloudwatch:DescribeAlarms',
    ],
    resources: ['*'],
  }),
  wildcards: 'These actions only read, and know no resources',
});
