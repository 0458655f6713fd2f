import { ArnFormat, Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';
import type { Permission, Permitted } from './permission';
import { explainWildcards } from '../../private/findings';

/** EC2 as `iam:PassedToService` names it: `ec2.amazonaws.com.cn` in China (AWS managed policy AWSServiceRoleForImageBuilder). */
export const EC2 = `ec2.${Aws.URL_SUFFIX}`;

/** One group that the controller rolls. */
export interface RolledGroup {
  readonly groupName: string;
  readonly launchTemplateId: string;
  /** Roles that its instances have. */
  readonly instanceRoleArns: string[];
}

const GROUP_ID = 'The id in the ARN of a group is not known before the group exists; its name is';

const LAUNCH = 'Auto Scaling asks whether the caller could launch the template; limited to those of the fleets and what they name';

/** What a rollout does to groups, in one policy; every group that is added widens it by that group, and by nothing else. */
export class RolloutPermissions {
  private readonly groups = new PolicyStatement({
    actions: [
      'StartInstanceRefresh', 'CancelInstanceRefresh', 'RollbackInstanceRefresh', 'UpdateAutoScalingGroup', 'TerminateInstanceInAutoScalingGroup',
    ].map((each) => `autoscaling:${each}`),
  });
  private readonly templates = new PolicyStatement({ actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:DeleteLaunchTemplateVersions'] });
  // Without the second key a caller may override all that the template names (EC2 user guide, "Example policies to control access
  // the EC2 API", "Launch templates"). assumption: rollout-run-instances
  private readonly launches = new PolicyStatement({
    actions: ['ec2:RunInstances'], resources: ['*'], conditions: { Bool: { 'ec2:IsLaunchTemplateResource': 'true' } },
  });
  private readonly roles = new PolicyStatement({
    actions: ['iam:PassRole'],
    conditions: { StringEquals: { 'iam:PassedToService': EC2 } },
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
export const anyRollout = (arns: Arns): Permission[] => [launchTags(), network(arns), aliases(arns), describe()];

/** Resources of a launch that its group adds, or that carry no key of launch templates (Service Authorization Reference, EC2). */
const ADDED = [
  'network-interface', 'secondary-interface', 'secondary-subnet', 'security-group', 'spot-instances-request', 'subnet',
];

/** It launches nothing by itself: a launch needs the image and the instance too, which only a template of the fleets may give. */
const network = (arns: Arns): Permission => ({
  statement: new PolicyStatement({
    actions: ['ec2:RunInstances'],
    resources: [
      ...ADDED.map((type) => arns.anyOf('ec2', type)),
      arns.anyOf('license-manager', 'license-configuration', ArnFormat.COLON_RESOURCE_NAME),
      arns.anyOf('resource-groups', 'group'),
    ],
  }),
  wildcards: 'Which subnets and security groups a group has is its own business; without image and instance nothing is launched',
});

/**
 * Who uses a launch template that names a parameter must read it (Auto Scaling user guide, "Use AWS Systems Manager parameters
 * instead of AMI IDs in launch templates").
 */
const aliases = (arns: Arns): Permission => ({
  statement: new PolicyStatement({ actions: ['ssm:GetParameters'], resources: arns.ownParameters() }),
  wildcards: 'The parameters of all fleets of the namespace, which their launch templates name',
});

const launchTags = (): Permission => ({
  statement: new PolicyStatement({
    actions: ['ec2:CreateTags'],
    resources: ['*'],
    conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
  }),
  wildcards: 'What a launch makes has no id before; limited to tags that a launch gives',
});

// DescribeAlarms knows alarms as resources, but describes composite alarms only to who may describe all (DescribeAlarms, API reference).
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
