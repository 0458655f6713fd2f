import type { World } from '../kernel';
import type { Activity, GroupSettings, GroupTag, LaunchSource, LifecycleHook, Member } from './model';
import type { Refresh } from './refresh/refresh';
import { isActive, launchesDesired } from './refresh/refresh';

/** An Auto Scaling group: its settings, its members, what happened to it. */
export class Group {
  public readonly arn: string;
  public readonly createdAt: number;
  public readonly members = new Map<string, Member>();
  public readonly activities: Activity[] = [];
  /** Newest first. */
  public readonly refreshes: Refresh[] = [];
  public readonly hooks = new Map<string, LifecycleHook>();
  /** Suspended processes and why. */
  public readonly suspended = new Map<string, string>();
  public readonly metrics = new Set<string>();
  public readonly tags = new Map<string, GroupTag>();
  public deleting = false;
  /** After a failed launch: no other attempt before that, and how long the next pause is. */
  public launchesFrom = 0;
  public launchPause = 0;

  public constructor(public readonly world: World, public readonly name: string, public settings: GroupSettings) {
    this.arn = world.arn('autoscaling', `autoScalingGroup:${world.random.uuid()}:autoScalingGroupName/${name}`);
    this.createdAt = world.now;
  }

  /** Members that count towards the desired capacity: pending or in service. */
  public get live(): Member[] {
    return [...this.members.values()].filter((member) => ['Pending', 'Pending:Wait', 'InService'].includes(member.lifecycle));
  }

  public get activeRefresh(): Refresh | undefined {
    return this.refreshes.find(isActive);
  }

  /**
   * What the next instance is launched from: during a refresh its desired configuration, also for a scale-out
   * (user guide, "How an instance refresh works": the group's own settings change only when the refresh has succeeded).
   */
  public get source(): LaunchSource {
    const refresh = this.activeRefresh;
    return (refresh && launchesDesired(refresh) ? refresh.desired : undefined) ?? this.settings.source;
  }

  public runs(process: string): boolean {
    return !this.suspended.has(process);
  }
}
