import { Ec2Service, Instance } from '../ec2';
import { launchTags, specifiedTags } from '../ec2/tags';
import type { World } from '../kernel';
import { LoadBalancingService } from '../load-balancing';
import { begin, end } from './activities';
import type { Group } from './group';
import { Hooks } from './hooks';
import { resolveSource, ResolvedSource } from './launch-source';
import type { Member } from './model';
import { mayUseKeys } from './volume-keys';

const SECOND = 1000;
/** assumption: launch-back-off: the pause after a failed launch doubles from 15 seconds up to 10 minutes. */
const FIRST_PAUSE = 15 * SECOND;
const LONGEST_PAUSE = 600 * SECOND;

/** Brings members into groups and takes them out: launch, registration, draining, termination, each with its activity. */
export class Members {
  public readonly hooks: Hooks;

  public constructor(private readonly world: World, private readonly touch: (group: Group) => void) {
    this.hooks = new Hooks(world);
  }

  /** Launches one instance. A failure is an activity that failed and a pause, never an exception. */
  public launch(group: Group, cause: string): boolean {
    const subnetId = this.emptiestSubnet(group);
    const details = { 'Subnet ID': subnetId, 'Availability Zone': this.world.get(Ec2Service).network.find(subnetId ?? '')?.data.availabilityZone };
    try {
      const source = resolveSource(this.world, group.source);
      const member = this.join(group, this.start(group, subnetId, source), source);
      member.activity = begin(group, `Launching a new EC2 instance: ${member.id}`, cause, details);
      if (mayUseKeys(this.world, this.world.get(Ec2Service).instance(member.id)!.image, source.data)) group.launchPause = 0;
      else this.loseKey(group, member);
      return true;
    } catch (error) {
      const activity = begin(group, 'Launching a new EC2 instance', cause, details);
      end(group, activity, 'Launch', { failure: `${(error as Error).message} Launching EC2 instance failed.` });
      this.pause(group);
      return false;
    }
  }

  private pause(group: Group): void {
    group.launchPause = Math.min(Math.max(group.launchPause * 2, FIRST_PAUSE), LONGEST_PAUSE);
    group.launchesFrom = this.world.now + group.launchPause;
  }

  /** EC2 takes the request, and ends the instance when its volumes cannot be made (assumption: key-failure-activity). */
  private loseKey(group: Group, member: Member): void {
    this.pause(group);
    this.world.timeline.schedule(5 * SECOND, `${member.id} has no volumes`, () =>
      this.world.get(Ec2Service).terminateInstance(member.id, 'Client.InternalError: Client error on launch'));
  }

  /** Takes a member out of service: load balancers first, then hooks, then the instance. */
  public terminate(group: Group, member: Member, cause: string): void {
    if (member.lifecycle.startsWith('Terminating')) return;
    if (member.activity) end(group, member.activity, 'Launch', { member, failure: 'The instance was terminated before it was in service.' });
    member.lifecycle = 'Terminating';
    member.activity = begin(group, `Terminating EC2 instance: ${member.id}`, cause, {
      'Subnet ID': member.subnetId, 'Availability Zone': member.availabilityZone,
    });
    const delay = this.deregister(group, member);
    this.world.timeline.schedule(delay, `${member.id} is drained`, () =>
      this.hooks.wait(group, member, 'autoscaling:EC2_INSTANCE_TERMINATING', (result) => this.finish(group, member, result)));
    this.touch(group);
  }

  /** Ends the instance, or retains it: it then counts for nothing and stays until somebody calls TerminateInstances. */
  private finish(group: Group, member: Member, result: 'CONTINUE' | 'ABANDON'): void {
    if (result === 'ABANDON' && group.settings.retainsAbandoned) member.lifecycle = 'Terminating:Retained';
    else this.world.get(Ec2Service).terminateInstance(member.id, 'Service initiated');
    this.touch(group);
  }

  /** Follows the instances: running ones go into service, terminated ones leave. */
  public instanceChanged(group: Group, instance: Instance): void {
    const member = group.members.get(instance.id)!;
    if (instance.state === 'running' && member.lifecycle === 'Pending') {
      this.hooks.wait(group, member, 'autoscaling:EC2_INSTANCE_LAUNCHING', (result) =>
        (result === 'ABANDON' ? this.terminate(group, member, 'a lifecycle action was abandoned.') : this.enterService(group, member)));
    }
    if (instance.state === 'terminated') this.leave(group, member);
    this.touch(group);
  }

  public register(group: Group, member: Member): void {
    const { targetGroups } = this.world.get(LoadBalancingService);
    if (!group.runs('AddToLoadBalancer')) return;
    for (const arn of group.settings.targetGroupArns) if (targetGroups.find(arn)) targetGroups.register(arn, [{ Id: member.id }]);
  }

  /** Gives how long the longest draining takes, in milliseconds. */
  public deregister(group: Group, member: Member, arns = group.settings.targetGroupArns): number {
    const { targetGroups } = this.world.get(LoadBalancingService);
    const delays = arns.map((arn) => {
      const targetGroup = targetGroups.find(arn);
      const target = targetGroup?.targets.get(member.id);
      if (!targetGroup || !target) return 0;
      const drains = target.state !== 'unused';
      targetGroups.deregister(arn, [{ Id: member.id }]);
      return drains ? Number(targetGroup.attributes.get('deregistration_delay.timeout_seconds')) * SECOND : 0;
    });
    return Math.max(0, ...delays);
  }

  private start(group: Group, subnetId: string | undefined, { data, instanceType, template }: ResolvedSource): Instance {
    const ec2 = this.world.get(Ec2Service);
    const propagated = [...group.tags.values()].filter((tag) => tag.PropagateAtLaunch).map(({ Key, Value }) => ({ Key, Value }));
    return ec2.launchInstance({
      imageId: ec2.resolveImage(data.ImageId),
      instanceType,
      subnetId,
      securityGroupIds: data.SecurityGroupIds ?? data.NetworkInterfaces?.[0]?.Groups,
      userData: data.UserData,
      keyName: data.KeyName,
      instanceProfile: data.IamInstanceProfile,
      metadataOptions: data.MetadataOptions,
      tags: [
        ...specifiedTags(data.TagSpecifications, 'instance'), ...propagated, ...launchTags(template.LaunchTemplateId, template.Version),
        { Key: 'aws:autoscaling:groupName', Value: group.name },
      ],
    });
  }

  private join(group: Group, instance: Instance, source: ResolvedSource): Member {
    const member: Member = {
      id: instance.id,
      instanceType: instance.type,
      availabilityZone: instance.availabilityZone,
      subnetId: instance.subnetId,
      launchTemplate: source.template,
      launchedAt: this.world.now,
      lifecycle: 'Pending',
      healthy: true,
      protectedFromScaleIn: group.settings.newInstancesProtected,
    };
    group.members.set(member.id, member);
    group.activeRefresh?.fresh.add(member.id);
    return member;
  }

  private enterService(group: Group, member: Member): void {
    if (!group.members.has(member.id)) return;
    this.register(group, member);
    member.lifecycle = 'InService';
    member.inServiceAt = this.world.now;
    if (member.activity) end(group, member.activity, 'Launch', { member });
    member.activity = undefined;
    this.touch(group);
  }

  private leave(group: Group, member: Member): void {
    group.members.delete(member.id);
    const terminating = member.lifecycle.startsWith('Terminating');
    const reason = this.world.get(Ec2Service).instance(member.id)?.stateReason ?? '';
    const failure = terminating ? undefined : 'Instance became unhealthy while waiting for instance to be in InService state. '
      + `Termination Reason: ${reason}`;
    const activity = member.activity ?? begin(group, `Terminating EC2 instance: ${member.id}`,
      'an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.', {});
    end(group, activity, terminating || !member.activity ? 'Terminate' : 'Launch', { member, failure: member.activity ? failure : undefined });
  }

  private emptiestSubnet(group: Group): string | undefined {
    const count = (id: string): number => group.live.filter((member) => member.subnetId === id).length;
    return [...group.settings.subnetIds].sort((a, b) => count(a) - count(b))[0];
  }
}
