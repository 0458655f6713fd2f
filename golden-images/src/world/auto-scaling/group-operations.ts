import { AwsError, Properties, refuseUnknown, World } from '../kernel';
import type { AutoScalingService } from './auto-scaling';
import { Group } from './group';
import { GROUP_SETTINGS, newSettings, targetGroups, updatedSettings } from './group-settings';
import { validation } from './launch-source';
import type { GroupTag } from './model';

/** Making, changing and deleting groups. */
export class GroupOperations {
  public readonly operations = {
    CreateAutoScalingGroup: (input: Properties) => this.create(input),
    UpdateAutoScalingGroup: (input: Properties) => this.update(input),
    DeleteAutoScalingGroup: (input: Properties) => this.delete(input),
    AttachLoadBalancerTargetGroups: (input: Properties) => this.attach(input),
    DetachLoadBalancerTargetGroups: (input: Properties) => this.detach(input),
    CreateOrUpdateTags: (input: Properties) => this.tag(input),
    DeleteTags: (input: Properties) => this.untag(input),
    EnableMetricsCollection: (input: Properties) => this.metrics(input, true),
    DisableMetricsCollection: (input: Properties) => this.metrics(input, false),
  };

  public constructor(private readonly world: World, private readonly service: AutoScalingService) {}

  private create(input: Properties): void {
    refuseUnknown('autoscaling:CreateAutoScalingGroup', input, [...GROUP_SETTINGS, 'TargetGroupARNs', 'LifecycleHookSpecificationList', 'Tags']);
    if (this.service.find(input.AutoScalingGroupName)) {
      throw new AwsError('AlreadyExists', `AutoScalingGroup by this name already exists - A group with the name ${input.AutoScalingGroupName} already exists`);
    }
    const group = new Group(this.world, input.AutoScalingGroupName, newSettings(this.world, input));
    for (const hook of input.LifecycleHookSpecificationList ?? []) this.service.upkeep.members.hooks.put(group, hook);
    for (const tag of input.Tags ?? []) putTag(group, tag);
    this.service.add(group);
  }

  /**
   * While a refresh with a desired configuration is active, a request that names any of its options is refused, changed or not
   * (aws/aws-cdk#5215: CloudFormation re-sends them).
   */
  private update(input: Properties): void {
    refuseUnknown('autoscaling:UpdateAutoScalingGroup', input, GROUP_SETTINGS);
    const group = this.service.require(input.AutoScalingGroupName);
    if (group.activeRefresh?.desired && (input.LaunchTemplate || input.MixedInstancesPolicy)) {
      throw validation('An active instance refresh with a desired configuration exists. All configuration options derived from the desired '
        + 'configuration are not available for update while the instance refresh is active.');
    }
    group.settings = updatedSettings(this.world, group.settings, input);
    group.launchesFrom = 0;
    this.service.upkeep.touch(group);
  }

  private delete(input: Properties): void {
    refuseUnknown('autoscaling:DeleteAutoScalingGroup', input, ['AutoScalingGroupName', 'ForceDelete']);
    const group = this.service.require(input.AutoScalingGroupName);
    if (group.members.size > 0 && !input.ForceDelete) {
      throw new AwsError('ResourceInUse', 'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.');
    }
    group.deleting = true;
    for (const member of group.members.values()) this.service.upkeep.members.terminate(group, member, 'the Auto Scaling group was deleted.');
    this.removeWhenEmpty(group);
  }

  private removeWhenEmpty(group: Group): void {
    if (group.members.size === 0) return this.service.remove(group);
    this.world.timeline.schedule(5_000, `deletion of ${group.name}`, () => this.removeWhenEmpty(group));
  }

  private attach(input: Properties): void {
    refuseUnknown('autoscaling:AttachLoadBalancerTargetGroups', input, ['AutoScalingGroupName', 'TargetGroupARNs']);
    const group = this.service.require(input.AutoScalingGroupName);
    const added = targetGroups(this.world, input.TargetGroupARNs).filter((arn) => !group.settings.targetGroupArns.includes(arn));
    group.settings.targetGroupArns.push(...added);
    group.live.filter((member) => member.lifecycle === 'InService').forEach((member) => this.service.upkeep.members.register(group, member));
    this.service.upkeep.touch(group);
  }

  private detach(input: Properties): void {
    refuseUnknown('autoscaling:DetachLoadBalancerTargetGroups', input, ['AutoScalingGroupName', 'TargetGroupARNs']);
    const group = this.service.require(input.AutoScalingGroupName);
    group.members.forEach((member) => this.service.upkeep.members.deregister(group, member, input.TargetGroupARNs));
    group.settings.targetGroupArns = group.settings.targetGroupArns.filter((arn) => !input.TargetGroupARNs.includes(arn));
    this.service.upkeep.touch(group);
  }

  private tag(input: Properties): void {
    for (const tag of input.Tags as Properties[]) putTag(this.service.require(tag.ResourceId), tag);
  }

  private untag(input: Properties): void {
    for (const tag of input.Tags as Properties[]) this.service.require(tag.ResourceId).tags.delete(tag.Key);
  }

  private metrics(input: Properties, enabled: boolean): void {
    const group = this.service.require(input.AutoScalingGroupName);
    if (!enabled && !input.Metrics) group.metrics.clear();
    for (const metric of input.Metrics ?? (enabled ? ['GroupInServiceInstances'] : [])) {
      if (enabled) group.metrics.add(metric);
      else group.metrics.delete(metric);
    }
  }
}

function putTag(group: Group, tag: Properties): void {
  const put: GroupTag = { Key: tag.Key, Value: tag.Value ?? '', PropagateAtLaunch: tag.PropagateAtLaunch === true || tag.PropagateAtLaunch === 'true' };
  group.tags.set(put.Key, put);
}
