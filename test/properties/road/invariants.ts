import { HOUR, MINUTE, type Road } from './road';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { LoadBalancingService } from '../../../golden-images/src/world/load-balancing/load-balancing';
import type { ReleaseDocument } from '../../../src/contract';

/** A larger group takes a while to be served; so long the smaller size counts. */
const SCALING = 20 * MINUTE;
/** Builds in a row that one cause may start: three tries of each of three images. */
const BUILDS_PER_CAUSE = 9;

/** Looks at the road from outside the controllers, at each step of virtual time and at each change of a target's health. */
export class Invariants {
  private readonly broken: string[] = [];
  private readonly blocked = new Map<string, number>();
  private readonly pointers = new Set<string>();
  private sizes: Array<{ at: number; size: number }> = [];
  private promising = false;
  private causes = 1;
  private release: ReleaseDocument | undefined;

  public constructor(private readonly road: Road) {
    const { world } = road;
    world.get(LoadBalancingService).onHealthChange(() => this.look());
    world.get(Ec2Service).onInstanceChange(() => this.look());
    this.pointers.add(road.pointer!);
  }

  /** From now on the healthy targets count: the fleet was committed for the first time. */
  public promise(): void {
    this.promising = true;
    this.look();
  }

  /** Something that may start builds happened. */
  public cause(): void {
    this.causes += 1;
  }

  /** Throws the first thing that was ever wrong. */
  public check(): void {
    this.look();
    if (this.broken.length > 0) throw new Error(`${this.broken[0]} (${this.broken.length} findings)`);
  }

  public look(): void {
    this.size();
    this.health();
    this.sick();
    this.group();
    this.channel();
    this.pointer();
    this.block();
    this.builds();
  }

  private fail(what: string): void {
    const { now } = this.road.world;
    if (this.broken.length < 50) this.broken.push(`${new Date(now).toISOString()}: ${what}`);
  }

  private size(): void {
    const { now } = this.road.world;
    const size = this.road.group.settings.desired;
    if (this.sizes.at(-1)?.size !== size) this.sizes.push({ at: now, size });
    // The size that a window began with counts in it.
    while (this.sizes.length > 1 && this.sizes[1]!.at < now - SCALING) this.sizes.shift();
  }

  private health(): void {
    if (!this.promising) return;
    const { minHealthyPercentage } = this.road.fleet.rollout;
    const promised = Math.ceil((Math.min(...this.sizes.map(({ size }) => size)) * minHealthyPercentage) / 100);
    const balancing = this.road.world.get(LoadBalancingService);
    const healthy = this.road.group.settings.targetGroupArns.reduce((sum: number, arn: string) => sum + balancing.healthyTargets(arn).length, 0);
    if (healthy < promised) this.fail(`${healthy} healthy targets, ${promised} are promised`);
  }

  /** A scale-out during a refresh launches what is being rolled out: as many more as it asked for. */
  private sick(): void {
    const count = new Map<string, number>();
    const { now } = this.road.world;
    for (const { state, image } of this.road.world.get(Ec2Service).instances()) {
      if (image.traits.sick && ['pending', 'running'].includes(state)) count.set(image.id, (count.get(image.id) ?? 0) + 1);
    }
    if (count.size === 0) return;
    const lately = this.sizes.filter(({ at }) => at > now - HOUR).map(({ size }) => size);
    const grown = Math.max(...lately, this.sizes[0]!.size) - this.sizes[0]!.size;
    count.forEach((running, ami) => { if (running > 1 + grown) this.fail(`${running} instances run the sick ${ami}`); });
  }

  private group(): void {
    const version = this.road.group.settings.source.LaunchTemplate?.Version;
    if (version === undefined || !/^\d+$/.test(version)) this.fail(`the group names version ${version} of its launch template`);
  }

  /** Forward only, unless what it held was withdrawn. */
  private channel(): void {
    const next = this.road.release;
    const before = this.release;
    this.release = next;
    if (!next || !before || next.revision === before.revision) return;
    if (next.revision < before.revision) this.fail(`the channel's revision falls from ${before.revision} to ${next.revision}`);
    const older = Date.parse(next.builtAt) < Date.parse(before.builtAt);
    if (older && !next.revoked.includes(before.version)) this.fail(`the channel goes back from ${before.version} to ${next.version}`);
  }

  /** The pointer moves to what every instance already runs, and at least one of them. */
  private pointer(): void {
    const ami = this.road.pointer;
    if (ami === undefined || this.pointers.has(ami)) return;
    this.pointers.add(ami);
    const ec2 = this.road.world.get(Ec2Service);
    const running = this.road.group.live.map(({ id }) => ec2.instance(id)!.image.id);
    if (running.length === 0 || running.some((each) => each !== ami)) this.fail(`the pointer moves to ${ami} while instances run ${[...new Set(running)].join(', ')}`);
    if (ec2.image(ami)?.traits.sick) this.fail(`the pointer moves to the sick ${ami}`);
  }

  private block(): void {
    const { status } = this.road;
    for (const { version } of status?.blocked ?? []) if (!this.blocked.has(version)) this.blocked.set(version, this.road.world.now);
    const { rollout } = status ?? {};
    if (!rollout) return;
    const since = this.blocked.get(rollout.version);
    if (since !== undefined && Date.parse(rollout.startedAt) > since) this.fail(`${rollout.version}, which is blocked, is rolled out again`);
  }

  private builds(): void {
    const { builds } = this.road.world.get(ImageBuilderService);
    const count = builds.images.length;
    const weeks = 1 + Math.floor((this.road.world.now - Date.UTC(2026, 0, 6)) / (7 * 24 * HOUR));
    const most = BUILDS_PER_CAUSE * (this.causes + weeks);
    if (count > most) this.fail(`${count} builds of ${this.causes} causes`);
  }
}
