import {
  DescribeAutoScalingGroupsCommand, DescribeScalingActivitiesCommand, TerminateInstanceInAutoScalingGroupCommand, UpdateAutoScalingGroupCommand,
  type Activity, type AutoScalingClient, type AutoScalingGroup, type Instance,
} from '@aws-sdk/client-auto-scaling';
import { overridesHash } from './configuration-hash';
import { launchOf, specificationOf, unsupported, withVersion, type GroupLaunch } from './group-launch';
import type { InstanceFacts } from './instance-facts';
import { failedCheck, interruption, launchFailure } from './launch-failures';
import { change } from './refusals';
import type { TargetHealth } from './target-health';
import type { Group, GroupInstance } from '../../domain/fleet';
import type { Groups, Mishaps } from '../../ports-fleet';
import { callAws } from '../errors';

/** Pages of scaling activities to look through; they come newest first. */
const ACTIVITY_PAGES = 5;

/** EC2 Auto Scaling groups, completed by EC2 (what each instance runs) and Elastic Load Balancing (how each serves). */
export class AutoScalingGroups implements Groups {
  public constructor(private readonly client: AutoScalingClient, private readonly facts: InstanceFacts, private readonly health: TargetHealth) {}

  public async describe(name: string): Promise<Group | undefined> {
    const { AutoScalingGroups: groups } = await callAws(`autoscaling:DescribeAutoScalingGroups of ${name}`, () =>
      this.client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] })));
    const group = groups?.[0];
    if (!group) return undefined;
    const launch = launchOf(group);
    const specification = launch && specificationOf(launch);
    return {
      name,
      templateId: specification?.LaunchTemplateId ?? '',
      // "If the value is not specified, $Default is used" (LaunchTemplateSpecification).
      templateVersion: specification?.Version ?? '$Default',
      desired: group.DesiredCapacity ?? 0,
      deleting: group.Status !== undefined,
      ...(/ELB|VPC_LATTICE/.test(group.HealthCheckType ?? '') ? { graceSeconds: group.HealthCheckGracePeriod ?? 0 } : {}),
      terminationPolicies: group.TerminationPolicies ?? [],
      suspended: (group.SuspendedProcesses ?? []).flatMap((each) => each.ProcessName ?? []),
      instances: await this.instances(group, specification?.LaunchTemplateId),
      ...optionalReason(unsupported(group)),
      ...optionalHash(overridesHash(group.MixedInstancesPolicy?.LaunchTemplate?.Overrides)),
      launch,
    };
  }

  public async mishaps(name: string, since: number): Promise<Mishaps> {
    const activities = (await this.activities(name, since)).filter((each) => (each.StartTime?.getTime() ?? 0) >= since);
    return {
      launchFailures: activities.flatMap((each) => launchFailure(each) ?? []),
      interrupted: activities.flatMap((each) => interruption(each) ?? []),
      failedChecks: activities.flatMap((each) => failedCheck(each) ?? []),
    };
  }

  public async adopt(group: Group, version: string, ami: string): Promise<void> {
    await change(`autoscaling:UpdateAutoScalingGroup of ${group.name}`, () => this.client.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: group.name, ...withVersion(group.launch as GroupLaunch, group.templateId, version, ami),
    })));
  }

  /** Without a lower desired capacity: the group launches another one. */
  public async end(group: Group, instanceId: string): Promise<void> {
    await change(`autoscaling:TerminateInstanceInAutoScalingGroup of ${instanceId} in ${group.name}`, () => this.client.send(new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId: instanceId, ShouldDecrementDesiredCapacity: false,
    })));
  }

  private async activities(name: string, since: number): Promise<Activity[]> {
    const found: Activity[] = [];
    let token: string | undefined;
    for (let page = 0; page < ACTIVITY_PAGES; page += 1) {
      const { Activities: activities = [], NextToken: next } = await callAws(`autoscaling:DescribeScalingActivities of ${name}`, () =>
        this.client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, ...(token ? { NextToken: token } : {}) })));
      found.push(...activities);
      token = next;
      if (!token || activities.some((each) => (each.StartTime?.getTime() ?? 0) < since)) break;
    }
    return found;
  }

  private async instances(group: AutoScalingGroup, templateId: string | undefined): Promise<GroupInstance[]> {
    const instances = (group.Instances ?? []).filter((each) => each.InstanceId);
    const [facts, serving] = await Promise.all([
      this.facts.of(instances.map((each) => ({ id: each.InstanceId!, zone: each.AvailabilityZone ?? '' }))),
      this.health.serving(targetGroups(group)),
    ]);
    return instances.map((each) => ({ ...plain(each, templateId), serving: serving(each.InstanceId!), ...facts.get(each.InstanceId!) }));
  }
}

function plain(instance: Instance, templateId: string | undefined): Omit<GroupInstance, 'serving'> {
  const template = instance.LaunchTemplate;
  return {
    id: instance.InstanceId!,
    lifecycle: instance.LifecycleState ?? '',
    healthy: instance.HealthStatus?.toLowerCase() === 'healthy',
    ...(template?.Version && template.LaunchTemplateId === templateId ? { templateVersion: template.Version } : {}),
    ...(template?.LaunchTemplateId ? { launchedFrom: `${template.LaunchTemplateId}#${template.Version ?? ''}` } : {}),
    protectedFromScaleIn: instance.ProtectedFromScaleIn ?? false,
  };
}

const targetGroups = ({ TargetGroupARNs: arns = [], TrafficSources: sources = [] }: AutoScalingGroup): string[] =>
  [...new Set([...arns, ...sources.flatMap(({ Type: type, Identifier: id }) => (type === 'elbv2' && id ? [id] : []))])];

const optionalHash = (hash: string | undefined): { overridesHash?: string } => (hash ? { overridesHash: hash } : {});

const optionalReason = (reason: string | undefined): { unsupported?: string } => (reason ? { unsupported: reason } : {});
