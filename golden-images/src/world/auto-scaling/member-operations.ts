import { Properties, refuseUnknown } from '../kernel';
import { begin } from './activities';
import type { AutoScalingService } from './auto-scaling';
import type { Group } from './group';
import { validation } from './launch-source';
import type { Member } from './model';

/** What is done to single instances of a group. */
export class MemberOperations {
  public readonly operations = {
    EnterStandby: (input: Properties) => this.enterStandby(input),
    ExitStandby: (input: Properties) => this.exitStandby(input),
    SetInstanceProtection: (input: Properties) => this.protect(input),
    SetInstanceHealth: (input: Properties) => this.setHealth(input),
    TerminateInstanceInAutoScalingGroup: (input: Properties) => this.terminate(input),
  };

  public constructor(private readonly service: AutoScalingService) {}

  /** Standby instances leave their load balancers and do not count; without a lower desired capacity they are replaced. */
  private enterStandby(input: Properties): Properties {
    refuseUnknown('autoscaling:EnterStandby', input, ['AutoScalingGroupName', 'InstanceIds', 'ShouldDecrementDesiredCapacity']);
    const group = this.service.require(input.AutoScalingGroupName);
    const members = this.members(group, input.InstanceIds, 'InService');
    if (input.ShouldDecrementDesiredCapacity) this.changeDesired(group, -members.length);
    const activities = members.map((member) => {
      this.service.upkeep.members.deregister(group, member);
      member.lifecycle = 'Standby';
      return done(begin(group, `Moving EC2 instance to Standby: ${member.id}`, 'instances were moved to standby in response to a user request.', {}));
    });
    this.service.upkeep.touch(group);
    return { Activities: activities };
  }

  private exitStandby(input: Properties): Properties {
    refuseUnknown('autoscaling:ExitStandby', input, ['AutoScalingGroupName', 'InstanceIds']);
    const group = this.service.require(input.AutoScalingGroupName);
    const members = this.members(group, input.InstanceIds, 'Standby');
    this.changeDesired(group, members.length);
    const activities = members.map((member) => {
      this.service.upkeep.members.register(group, member);
      member.lifecycle = 'InService';
      return done(begin(group, `Moving EC2 instance out of Standby: ${member.id}`, 'instances were moved out of standby in response to a user request.', {}));
    });
    this.service.upkeep.touch(group);
    return { Activities: activities };
  }

  private protect(input: Properties): Properties {
    refuseUnknown('autoscaling:SetInstanceProtection', input, ['AutoScalingGroupName', 'InstanceIds', 'ProtectedFromScaleIn']);
    const group = this.service.require(input.AutoScalingGroupName);
    this.members(group, input.InstanceIds, undefined).forEach((member) => { member.protectedFromScaleIn = input.ProtectedFromScaleIn; });
    this.service.upkeep.touch(group);
    return {};
  }

  private setHealth(input: Properties): void {
    refuseUnknown('autoscaling:SetInstanceHealth', input, ['InstanceId', 'HealthStatus', 'ShouldRespectGracePeriod']);
    const { group, member } = this.find(input.InstanceId);
    const inGrace = member.inServiceAt !== undefined && group.world.now < member.inServiceAt + group.settings.gracePeriodSeconds * 1000;
    if ((input.ShouldRespectGracePeriod ?? true) && inGrace && input.HealthStatus === 'Unhealthy') return;
    member.healthy = input.HealthStatus === 'Healthy';
    this.service.upkeep.touch(group);
  }

  private terminate(input: Properties): Properties {
    refuseUnknown('autoscaling:TerminateInstanceInAutoScalingGroup', input, ['InstanceId', 'ShouldDecrementDesiredCapacity']);
    const { group, member } = this.find(input.InstanceId);
    if (input.ShouldDecrementDesiredCapacity) this.changeDesired(group, -1);
    this.service.upkeep.members.terminate(group, member, 'an instance was taken out of service in response to a user request.');
    return { Activity: member.activity && { ...member.activity } };
  }

  private changeDesired(group: Group, by: number): void {
    const desired = group.settings.desired + by;
    if (desired < group.settings.min) throw validation(`AutoScalingGroup ${group.name} has min-size=${group.settings.min} and cannot go below it.`);
    group.settings = { ...group.settings, desired };
  }

  private members(group: Group, ids: string[], lifecycle: Member['lifecycle'] | undefined): Member[] {
    return ids.map((id) => {
      const member = group.members.get(id);
      if (!member) throw validation(`The instance ${id} is not part of Auto Scaling group ${group.name}.`);
      if (lifecycle && member.lifecycle !== lifecycle) throw validation(`The instance ${id} is not in ${lifecycle}.`);
      return member;
    });
  }

  private find(id: string): { group: Group; member: Member } {
    for (const group of this.service.all()) {
      const member = group.members.get(id);
      if (member) return { group, member };
    }
    throw validation(`Instance Id not found - No managed instance found for instance ID: ${id}`);
  }
}

function done(activity: ReturnType<typeof begin>): Properties {
  activity.StatusCode = 'Successful';
  activity.Progress = 100;
  activity.EndTime = activity.StartTime;
  return { ...activity };
}
