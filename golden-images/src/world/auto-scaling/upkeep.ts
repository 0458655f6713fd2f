import { Ec2Service, Instance } from '../ec2';
import type { World } from '../kernel';
import { LoadBalancingService } from '../load-balancing';
import type { Group } from './group';
import { graceEnd, healthCause, markHealth } from './health';
import { Members } from './members';
import { advance, alarmed, finishCancelling, nextLook } from './refresh/advance';
import { announce, succeed } from './refresh/outcome';
import type { Refresh } from './refresh/refresh';
import { nextToTerminate } from './termination-policy';

/** How long a refresh is pending before it begins. */
const PENDING = 10_000;

/**
 * Keeps groups as they should be. Nothing polls: a group is looked at when one of its instances, targets or settings changed,
 * and at the next moment at which time alone changes something (a grace period, a warm-up, a bake).
 */
export class Upkeep {
  public readonly members: Members;
  private readonly looks = new Map<Group, { at: number; cancel(): void }>();

  public constructor(private readonly world: World, private readonly groups: () => Iterable<Group>) {
    this.members = new Members(world, (group) => this.touch(group));
    world.get(Ec2Service).onInstanceChange((instance) => this.instanceChanged(instance));
    world.get(LoadBalancingService).onHealthChange(({ instanceId }) => {
      const group = this.groupOf(instanceId);
      if (group) this.touch(group);
    });
  }

  /** Looks at the group once all that happens at this moment has happened. */
  public touch(group: Group): void {
    this.lookAt(group, this.world.now);
  }

  /** For what waits for a group, in virtual time. */
  public async sleep(milliseconds: number): Promise<void> {
    await this.world.timeline.sleep(milliseconds, 'waiting for an Auto Scaling group');
  }

  public forget(group: Group): void {
    this.looks.get(group)?.cancel();
    this.looks.delete(group);
  }

  private look(group: Group): void {
    this.looks.delete(group);
    if (group.deleting) return;
    markHealth(group);
    this.replaceUnhealthy(group);
    const refresh = group.activeRefresh;
    if (refresh) this.pursue(group, refresh);
    else this.balance(group);
    if (refresh && refresh !== group.activeRefresh) return this.touch(group);
    const next = this.nextMoment(group);
    if (next !== Infinity) this.lookAt(group, next);
  }

  private pursue(group: Group, refresh: Refresh): void {
    if (refresh.status === 'Pending' && this.world.now >= refresh.startTime + PENDING) {
      refresh.status = 'InProgress';
      refresh.progressAt = this.world.now;
      announce(group, refresh, 'Started');
      if (refresh.nothingToDo) return succeed(group, refresh);
    }
    if (refresh.status === 'InProgress' || refresh.status === 'RollbackInProgress') {
      const before = refresh.status;
      advance(group, refresh, this.members);
      if (refresh.status !== before) this.touch(group);
      else this.scaleIn(group, refresh);
    } else if (refresh.status === 'Cancelling') {
      finishCancelling(group, refresh);
    } else {
      this.bakeOrWait(group, refresh);
    }
  }

  private bakeOrWait(group: Group, refresh: Refresh): void {
    if (refresh.status === 'Baking' && alarmed(group, refresh)) return this.touch(group);
    if (refresh.status === 'Baking' && this.world.now >= refresh.bakeUntil!) return succeed(group, refresh);
    this.balance(group);
  }

  /** A scale-in during a refresh, when there is nothing old left to take. */
  private scaleIn(group: Group, refresh: Refresh): void {
    const surplus = group.live.length - group.settings.desired;
    if (group.live.some((member) => refresh.old.has(member.id))) return;
    this.reduce(group, surplus);
  }

  private balance(group: Group): void {
    const counted = replacesFirst(group) ? group.live.filter((member) => member.healthy) : group.live;
    const difference = group.settings.desired - counted.length;
    if (difference > 0) this.increase(group, difference);
    else this.reduce(group, -difference);
  }

  private increase(group: Group, count: number): void {
    if (!group.runs('Launch') || this.world.now < group.launchesFrom) return;
    for (let launched = 0; launched < count; launched += 1) {
      const cause = 'an instance was started in response to a difference between desired and actual capacity.';
      if (!this.members.launch(group, cause)) return;
    }
  }

  private reduce(group: Group, count: number): void {
    if (!group.runs('Terminate')) return;
    for (let ended = 0; ended < count; ended += 1) {
      const member = nextToTerminate(group);
      if (!member) return;
      this.members.terminate(group, member, 'an instance was taken out of service in response to a difference between desired and actual capacity.');
    }
  }

  /** Terminates first, unless a maintenance policy keeps all capacity: then the replacement comes first. */
  private replaceUnhealthy(group: Group): void {
    if (!group.runs('ReplaceUnhealthy') || !group.runs('Terminate')) return;
    const unhealthy = [...group.members.values()].filter((member) => !member.healthy && member.lifecycle !== 'Standby');
    const inService = group.live.filter((member) => member.healthy && member.lifecycle === 'InService').length;
    for (const member of unhealthy) {
      const runs = this.world.get(Ec2Service).instance(member.id)?.state === 'running';
      if (replacesFirst(group) && runs && inService < group.settings.desired) continue;
      this.members.terminate(group, member, `an instance was taken out of service in response to ${healthCause(group, member)}.`);
    }
  }

  private nextMoment(group: Group): number {
    const { now } = this.world;
    const graces = group.live.filter((member) => member.lifecycle === 'InService').map((member) => graceEnd(group, member));
    const refresh = group.activeRefresh;
    const pending = refresh?.status === 'Pending' ? refresh.startTime + PENDING : Infinity;
    const moments = [...graces, pending, group.launchesFrom, refresh ? nextLook(group, refresh) : Infinity];
    return Math.min(...moments.filter((moment) => moment > now), Infinity);
  }

  /** What a refresh waits for is pending work; a healthy group's upkeep is not. */
  private lookAt(group: Group, at: number): void {
    const planned = this.looks.get(group);
    if (planned && planned.at <= at) return;
    planned?.cancel();
    const background = group.activeRefresh === undefined;
    const scheduled = this.world.timeline.schedule(at - this.world.now, `upkeep of ${group.name}`, () => this.look(group), { background });
    this.looks.set(group, { at, cancel: () => scheduled.cancel() });
  }

  private instanceChanged(instance: Instance): void {
    const group = this.groupOf(instance.id);
    if (group) this.members.instanceChanged(group, instance);
  }

  private groupOf(instanceId: string): Group | undefined {
    for (const group of this.groups()) if (group.members.has(instanceId)) return group;
    return undefined;
  }
}

function replacesFirst(group: Group): boolean {
  return group.settings.maintenancePolicy?.MinHealthyPercentage === 100 && !group.activeRefresh && group.runs('ReplaceUnhealthy');
}
