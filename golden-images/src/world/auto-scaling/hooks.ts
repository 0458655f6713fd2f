import { AwsError, Properties, refuseUnknown, World } from '../kernel';
import type { Group } from './group';
import { validation } from './launch-source';
import type { LifecycleHook, Member } from './model';

type Result = 'CONTINUE' | 'ABANDON';

interface Waiting {
  readonly member: Member;
  readonly hook: LifecycleHook;
  readonly token: string;
  readonly proceed: (result: Result) => void;
  timer: { cancel(): void };
}

/** Lifecycle hooks: an instance waits until the actions of all its hooks are completed or their heartbeats time out. */
export class Hooks {
  private readonly waiting = new Map<Group, Waiting[]>();

  public constructor(private readonly world: World) {}

  /** A hook that exists keeps what the request does not name (API reference, PutLifecycleHook, LifecycleTransition). */
  public put(group: Group, input: Properties): void {
    refuseUnknown('autoscaling lifecycle hook', input, ['AutoScalingGroupName', 'LifecycleHookName', 'LifecycleTransition', 'HeartbeatTimeout',
      'DefaultResult', 'NotificationTargetARN', 'NotificationMetadata', 'RoleARN']);
    const before = group.hooks.get(input.LifecycleHookName);
    const transition = input.LifecycleTransition ?? before?.transition;
    if (!['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'].includes(transition)) {
      throw validation(`Invalid lifecycle transition: ${transition}`);
    }
    group.hooks.set(input.LifecycleHookName, {
      name: input.LifecycleHookName,
      transition,
      heartbeatSeconds: Number(input.HeartbeatTimeout ?? before?.heartbeatSeconds ?? 3600),
      defaultResult: input.DefaultResult ?? before?.defaultResult ?? 'ABANDON',
      recorded: {
        NotificationTargetARN: input.NotificationTargetARN ?? before?.recorded.NotificationTargetARN,
        NotificationMetadata: input.NotificationMetadata ?? before?.recorded.NotificationMetadata,
        RoleARN: input.RoleARN ?? before?.recorded.RoleARN,
      },
    });
  }

  public describe(group: Group, names?: string[]): Properties[] {
    return [...group.hooks.values()].filter((hook) => names?.includes(hook.name) ?? true).map((hook) => ({
      AutoScalingGroupName: group.name,
      LifecycleHookName: hook.name,
      LifecycleTransition: hook.transition,
      HeartbeatTimeout: hook.heartbeatSeconds,
      GlobalTimeout: hook.heartbeatSeconds * 100,
      DefaultResult: hook.defaultResult,
      ...hook.recorded,
    }));
  }

  /** Proceeds at once without a hook, else when all are completed or their time is over. */
  public wait(group: Group, member: Member, transition: LifecycleHook['transition'], proceed: (result: Result) => void): void {
    const hooks = [...group.hooks.values()].filter((each) => each.transition === transition);
    if (hooks.length === 0) return proceed('CONTINUE');
    const launching = transition === 'autoscaling:EC2_INSTANCE_LAUNCHING';
    member.lifecycle = launching ? 'Pending:Wait' : 'Terminating:Wait';
    const results: Result[] = [];
    const last = (result: Result): void => {
      results.push(result);
      if (results.length === hooks.length) proceed(results.includes('ABANDON') ? 'ABANDON' : 'CONTINUE');
    };
    const timer = { cancel: () => undefined };
    hooks.forEach((hook) => this.begin(group, { member, hook, token: this.world.random.uuid(), proceed: last, timer }, launching));
  }

  private begin(group: Group, waiting: Waiting, launching: boolean): void {
    this.waiting.set(group, [...(this.waiting.get(group) ?? []), waiting]);
    this.arm(group, waiting);
    this.announce(group, waiting, launching);
  }

  public complete(group: Group, input: Properties): void {
    const waiting = this.find(group, input);
    this.finish(group, waiting, input.LifecycleActionResult);
  }

  public heartbeat(group: Group, input: Properties): void {
    this.arm(group, this.find(group, input));
  }

  private arm(group: Group, waiting: Waiting): void {
    waiting.timer.cancel();
    waiting.timer = this.world.timeline.schedule(waiting.hook.heartbeatSeconds * 1000, `hook ${waiting.hook.name} times out`,
      () => this.finish(group, waiting, waiting.hook.defaultResult));
  }

  private finish(group: Group, waiting: Waiting, result: Result): void {
    waiting.timer.cancel();
    this.waiting.set(group, this.waiting.get(group)!.filter((each) => each !== waiting));
    waiting.proceed(result);
  }

  private find(group: Group, input: Properties): Waiting {
    const found = this.waiting.get(group)?.find((each) => each.hook.name === input.LifecycleHookName
      && (input.InstanceId ? each.member.id === input.InstanceId : each.token === input.LifecycleActionToken));
    if (!found) throw new AwsError('ValidationError', `No active Lifecycle Action found with instance ID ${input.InstanceId}`);
    return found;
  }

  private announce(group: Group, { member, hook, token }: Waiting, launching: boolean): void {
    this.world.emit({
      source: 'aws.autoscaling',
      detailType: launching ? 'EC2 Instance-launch Lifecycle Action' : 'EC2 Instance-terminate Lifecycle Action',
      detail: {
        LifecycleActionToken: token,
        AutoScalingGroupName: group.name,
        LifecycleHookName: hook.name,
        EC2InstanceId: member.id,
        LifecycleTransition: hook.transition,
        NotificationMetadata: hook.recorded.NotificationMetadata,
      },
      resources: [group.arn],
    });
  }
}
