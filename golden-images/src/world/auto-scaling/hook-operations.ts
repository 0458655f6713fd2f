import { Properties, refuseUnknown } from '../kernel';
import type { AutoScalingService } from './auto-scaling';

/** Lifecycle hooks of groups. */
export class HookOperations {
  public readonly operations = {
    PutLifecycleHook: (input: Properties) => this.hooks.put(this.service.require(input.AutoScalingGroupName), input),
    DeleteLifecycleHook: (input: Properties) => { this.service.require(input.AutoScalingGroupName).hooks.delete(input.LifecycleHookName); },
    DescribeLifecycleHooks: (input: Properties) => ({
      LifecycleHooks: this.hooks.describe(this.service.require(input.AutoScalingGroupName), input.LifecycleHookNames),
    }),
    CompleteLifecycleAction: (input: Properties) => this.complete(input),
    RecordLifecycleActionHeartbeat: (input: Properties) => this.hooks.heartbeat(this.service.require(input.AutoScalingGroupName), input),
  };

  public constructor(private readonly service: AutoScalingService) {}

  private get hooks() {
    return this.service.upkeep.members.hooks;
  }

  private complete(input: Properties): void {
    refuseUnknown('autoscaling:CompleteLifecycleAction', input,
      ['AutoScalingGroupName', 'LifecycleHookName', 'LifecycleActionToken', 'InstanceId', 'LifecycleActionResult']);
    this.hooks.complete(this.service.require(input.AutoScalingGroupName), input);
  }
}
