import { Ec2Service } from '../ec2';
import { page, Properties, refuseUnknown } from '../kernel';
import type { AutoScalingService } from './auto-scaling';
import type { Group } from './group';
import type { Member } from './model';
import { serviceLinkedRole } from './volume-keys';

/** What describes groups, their instances and activities. */
export class GroupDescriptions {
  public readonly operations = {
    DescribeAutoScalingGroups: (input: Properties) => this.groups(input),
    DescribeAutoScalingInstances: (input: Properties) => this.instances(input),
    DescribeScalingActivities: (input: Properties) => this.activities(input),
    DescribeLoadBalancerTargetGroups: (input: Properties) => ({
      LoadBalancerTargetGroups: this.service.require(input.AutoScalingGroupName).settings.targetGroupArns
        .map((LoadBalancerTargetGroupARN) => ({ LoadBalancerTargetGroupARN, State: 'Added' })),
    }),
    DescribeTags: (input: Properties) => this.tags(input),
  };

  public constructor(private readonly service: AutoScalingService) {}

  /** Names that do not exist are simply not in the answer. */
  private groups(input: Properties): Properties {
    refuseUnknown('autoscaling:DescribeAutoScalingGroups', input, ['AutoScalingGroupNames', 'Filters', 'IncludeInstances', 'MaxRecords', 'NextToken']);
    const names = input.AutoScalingGroupNames as string[] | undefined;
    const found = this.service.all().filter((group) => (!names?.length || names.includes(group.name)) && matchesTags(group, input.Filters));
    const { items, NextToken } = page(found, input.MaxRecords, input.NextToken);
    return { AutoScalingGroups: items.map((group) => renderGroup(group, input.IncludeInstances ?? true)), NextToken };
  }

  private instances(input: Properties): Properties {
    refuseUnknown('autoscaling:DescribeAutoScalingInstances', input, ['InstanceIds', 'MaxRecords', 'NextToken']);
    const all = this.service.all().flatMap((group) =>
      [...group.members.values()].map((member) => ({ ...renderMember(member), AutoScalingGroupName: group.name })));
    const wanted = input.InstanceIds as string[] | undefined;
    const { items, NextToken } = page(all.filter((each) => !wanted?.length || wanted.includes(each.InstanceId)), input.MaxRecords, input.NextToken);
    return { AutoScalingInstances: items, NextToken };
  }

  /** Newest first. */
  private activities(input: Properties): Properties {
    refuseUnknown('autoscaling:DescribeScalingActivities', input,
      ['AutoScalingGroupName', 'ActivityIds', 'IncludeDeletedGroups', 'MaxRecords', 'NextToken']);
    const groups = input.AutoScalingGroupName ? [this.service.require(input.AutoScalingGroupName)] : this.service.all();
    const found = groups.flatMap((group) => group.activities).filter((each) => input.ActivityIds?.includes(each.ActivityId) ?? true);
    const { items, NextToken } = page(found, input.MaxRecords ?? 100, input.NextToken);
    return { Activities: items.map((each) => ({ ...each })), NextToken };
  }

  private tags(input: Properties): Properties {
    refuseUnknown('autoscaling:DescribeTags', input, ['Filters', 'MaxRecords', 'NextToken']);
    const wanted = (name: string): string[] | undefined => input.Filters?.find((each: Properties) => each.Name === name)?.Values;
    const all = this.service.all().flatMap(renderTags);
    const found = all.filter((tag) => (wanted('auto-scaling-group')?.includes(tag.ResourceId) ?? true)
      && (wanted('key')?.includes(tag.Key) ?? true) && (wanted('value')?.includes(tag.Value) ?? true));
    return { Tags: found };
  }
}

function renderTags(group: Group): Array<{ ResourceId: string; ResourceType: string; Key: string; Value: string; PropagateAtLaunch: boolean }> {
  return [...group.tags.values()].map((tag) => ({ ResourceId: group.name, ResourceType: 'auto-scaling-group', ...tag }));
}

function renderGroup(group: Group, includeInstances: boolean): Properties {
  const { settings } = group;
  const { network } = group.world.get(Ec2Service);
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    LaunchTemplate: settings.source.LaunchTemplate,
    MixedInstancesPolicy: settings.source.MixedInstancesPolicy,
    MinSize: settings.min,
    MaxSize: settings.max,
    DesiredCapacity: settings.desired,
    DefaultCooldown: settings.defaultCooldown,
    DefaultInstanceWarmup: settings.defaultInstanceWarmup,
    AvailabilityZones: [...new Set(settings.subnetIds.map((id) => network.find(id)?.data.availabilityZone))].filter(Boolean),
    VPCZoneIdentifier: settings.subnetIds.join(','),
    LoadBalancerNames: [],
    TargetGroupARNs: [...settings.targetGroupArns],
    HealthCheckType: settings.healthCheckTypes.join(','),
    HealthCheckGracePeriod: settings.gracePeriodSeconds,
    Instances: includeInstances ? [...group.members.values()].map(renderMember) : [],
    CreatedTime: new Date(group.createdAt),
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({ ProcessName, SuspensionReason })),
    EnabledMetrics: [...group.metrics].map((Metric) => ({ Metric, Granularity: '1Minute' })),
    Status: group.deleting ? 'Delete in progress' : undefined,
    Tags: renderTags(group),
    TerminationPolicies: settings.terminationPolicies,
    NewInstancesProtectedFromScaleIn: settings.newInstancesProtected,
    CapacityRebalance: settings.capacityRebalance,
    InstanceMaintenancePolicy: settings.maintenancePolicy,
    InstanceLifecyclePolicy: settings.retainsAbandoned ? { RetentionTriggers: { TerminateHookAbandon: 'retain' } } : undefined,
    ServiceLinkedRoleARN: serviceLinkedRole(group.world),
  };
}

export function renderMember(member: Member): Properties & { InstanceId: string } {
  return {
    InstanceId: member.id,
    InstanceType: member.instanceType,
    AvailabilityZone: member.availabilityZone,
    LifecycleState: member.lifecycle,
    HealthStatus: member.healthy ? 'Healthy' : 'Unhealthy',
    LaunchTemplate: member.launchTemplate,
    ProtectedFromScaleIn: member.protectedFromScaleIn,
  };
}

function matchesTags(group: Group, filters: Properties[] = []): boolean {
  return filters.every(({ Name, Values }) => {
    refuseUnknown('autoscaling group filter', Name.startsWith('tag:') ? {} : { [Name]: true }, ['tag-key', 'tag-value']);
    const tags = [...group.tags.values()];
    if (Name === 'tag-key') return tags.some((tag) => Values.includes(tag.Key));
    if (Name === 'tag-value') return tags.some((tag) => Values.includes(tag.Value));
    return tags.some((tag) => tag.Key === Name.slice(4) && Values.includes(tag.Value));
  });
}
