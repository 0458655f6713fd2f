import type { LocalAws } from './local-aws';
import { Ec2Service } from '../world/ec2/ec2';
import { LoadBalancingService } from '../world/load-balancing/load-balancing';

/** Watches what a service's users would feel, from outside the controllers: healthy targets, and instances on a bad image. */
export class Observer {
  /**
   * The fewest healthy targets since there were as many as were promised; where one was lost before that, what was left. Undefined before
   * there was any.
   */
  public minHealthy: number | undefined;
  /** How many instances each instance refresh had launched when it was stopped, by a checkpoint or by its canceller. */
  public readonly canaries: number[] = [];
  private readonly loadBalancing: LoadBalancingService;
  private readonly imageOf = new Map<string, string>();
  private promised: number | undefined;
  /** The most healthy targets that were seen, up to what is promised. */
  private reached = 0;
  private launchedBefore = 0;

  public constructor(private readonly local: LocalAws) {
    this.loadBalancing = local.world.get(LoadBalancingService);
    this.loadBalancing.onHealthChange(() => this.look());
    local.world.onEvent(({ detailType }) => {
      if (/Instance Refresh Started$/.test(detailType)) this.launchedBefore = this.launched();
      if (/Instance Refresh (Checkpoint Reached|Cancelled)$/.test(detailType)) this.canaries.push(this.launched() - this.launchedBefore);
    });
    local.world.get(Ec2Service).onInstanceChange((instance) => this.imageOf.set(instance.id, instance.image.id));
  }

  /** So many healthy targets count from the first one on: one that is lost before all are there counts too. Without a size all count from now on. */
  public promise(size = 0): void {
    this.promised = size;
    this.look();
  }

  /** From now on they do not: the service is taken down on purpose. */
  public release(): void {
    this.promised = undefined;
  }

  /** Healthy targets of all target groups together. */
  public healthy(): number {
    return this.groups().reduce((sum, group) => sum + this.loadBalancing.healthyTargets(group).length, 0);
  }

  /** How many instances were launched since the beginning. */
  public launched(): number {
    return this.imageOf.size;
  }

  /** How many instances run each AMI now. */
  public running(): Map<string, number> {
    const count = new Map<string, number>();
    for (const instance of this.local.world.get(Ec2Service).instances()) {
      if (['pending', 'running'].includes(instance.state)) count.set(instance.image.id, (count.get(instance.image.id) ?? 0) + 1);
    }
    return count;
  }

  /** Every instance that was ever launched from an image whose instances are sick. */
  public everSick(): string[] {
    const ec2 = this.local.world.get(Ec2Service);
    return [...this.imageOf].filter(([, image]) => ec2.image(image)?.traits.sick).map(([instance]) => instance);
  }

  private groups(): string[] {
    const { TargetGroups: groups } = this.loadBalancing.operations.DescribeTargetGroups!({}) as { TargetGroups: Array<{ TargetGroupArn: string }> };
    return groups.map(({ TargetGroupArn: arn }) => arn);
  }

  private look(): void {
    if (this.promised === undefined) return;
    const healthy = this.healthy();
    if (healthy < this.reached || healthy >= this.promised) this.minHealthy = Math.min(this.minHealthy ?? Infinity, healthy);
    this.reached = Math.max(this.reached, Math.min(healthy, this.promised));
  }
}
