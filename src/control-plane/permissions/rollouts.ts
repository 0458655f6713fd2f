import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';

/** One group that the controller rolls. */
export interface RolledGroup {
  readonly groupName: string;
  readonly launchTemplateId: string;
  /** Roles that its instances have. */
  readonly instanceRoleArns: string[];
}

/** What a rollout does; every group that is added widens it by that group, and by nothing else. */
export class RolloutPermissions {
  private readonly groups = new PolicyStatement({
    actions: [
      'autoscaling:StartInstanceRefresh', 'autoscaling:CancelInstanceRefresh', 'autoscaling:RollbackInstanceRefresh',
      'autoscaling:UpdateAutoScalingGroup',
    ],
  });
  private readonly templates = new PolicyStatement({
    actions: ['ec2:CreateLaunchTemplateVersion', 'ec2:DeleteLaunchTemplateVersions'],
  });
  // Auto Scaling asks whether the caller could launch the template itself.
  private readonly launches = new PolicyStatement({ actions: ['ec2:RunInstances'] });
  private readonly launchTags = new PolicyStatement({ actions: ['ec2:CreateTags'] });
  private readonly roles = new PolicyStatement({ actions: ['iam:PassRole'] });
  private readonly templateArns: string[] = [];

  public constructor(private readonly arns: Arns) {
    this.launches.addResources(...arns.runInstances());
    this.launchTags.addResources(...arns.taggedAtLaunch());
    this.launchTags.addCondition('StringEquals', { 'ec2:CreateAction': 'RunInstances' });
    this.roles.addCondition('StringEquals', { 'iam:PassedToService': 'ec2.amazonaws.com' });
  }

  public get statements(): PolicyStatement[] {
    return [this.groups, this.templates, this.launches, this.launchTags, describeFleets()];
  }

  /** Apart from the others: instances need not have a role. */
  public get passRole(): PolicyStatement {
    return this.roles;
  }

  public permit(group: RolledGroup): void {
    const template = this.arns.launchTemplate(group.launchTemplateId);
    this.groups.addResources(this.arns.group(group.groupName));
    this.templates.addResources(template);
    this.templateArns.push(template);
    this.launches.addCondition('ArnEquals', { 'ec2:LaunchTemplate': this.templateArns });
    this.roles.addResources(...group.instanceRoleArns);
  }
}

/** None of these knows resources; alarms do, but composite ones are described only with the right to all (DescribeAlarms). */
export const describeFleets = (): PolicyStatement => new PolicyStatement({
  actions: [
    'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeInstanceRefreshes', 'autoscaling:DescribeScalingActivities',
    'ec2:DescribeInstanceImageMetadata', 'ec2:DescribeLaunchTemplateVersions',
    'elasticloadbalancing:DescribeTargetHealth', 'cloudwatch:DescribeAlarms',
  ],
  resources: ['*'],
});
