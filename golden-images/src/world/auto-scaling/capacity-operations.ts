import { Properties, refuseUnknown } from '../kernel';
import type { AutoScalingService } from './auto-scaling';
import { checkDesired } from './group-settings';
import { validation } from './launch-source';

const PROCESSES = ['Launch', 'Terminate', 'AddToLoadBalancer', 'AlarmNotification', 'AZRebalance', 'HealthCheck', 'InstanceRefresh', 'ReplaceUnhealthy',
  'ScheduledActions'];

/** Desired capacity and suspended processes. */
export class CapacityOperations {
  public readonly operations = {
    SetDesiredCapacity: (input: Properties) => this.setDesired(input),
    SuspendProcesses: (input: Properties) => this.suspend(input),
    ResumeProcesses: (input: Properties) => this.resume(input),
  };

  public constructor(private readonly service: AutoScalingService) {}

  /** Cooldowns are between scaling activities of policies, of which the model has none; `HonorCooldown` changes nothing. */
  private setDesired(input: Properties): void {
    refuseUnknown('autoscaling:SetDesiredCapacity', input, ['AutoScalingGroupName', 'DesiredCapacity', 'HonorCooldown']);
    const group = this.service.require(input.AutoScalingGroupName);
    checkDesired(group.settings, input.DesiredCapacity);
    group.settings = { ...group.settings, desired: input.DesiredCapacity };
    this.service.upkeep.touch(group);
  }

  /** Without a list: all processes. */
  private suspend(input: Properties): void {
    const group = this.service.require(input.AutoScalingGroupName);
    const suspendedAt = new Date(group.world.now).toISOString();
    for (const process of this.processes(input)) group.suspended.set(process, `User suspended at ${suspendedAt}`);
    this.service.upkeep.touch(group);
  }

  private resume(input: Properties): void {
    const group = this.service.require(input.AutoScalingGroupName);
    for (const process of this.processes(input)) group.suspended.delete(process);
    this.service.upkeep.touch(group);
  }

  private processes(input: Properties): string[] {
    refuseUnknown('autoscaling processes', input, ['AutoScalingGroupName', 'ScalingProcesses']);
    const named = input.ScalingProcesses as string[] | undefined;
    const unknown = named?.find((process) => !PROCESSES.includes(process));
    if (unknown) throw validation(`Invalid process type: ${unknown}`);
    return named?.length ? named : PROCESSES;
  }
}
