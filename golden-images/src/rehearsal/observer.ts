import { Ec2Service } from '../world/ec2/ec2';
import { LoadBalancingService } from '../world/load-balancing/load-balancing';
import type { LocalAws } from './local-aws';

/** Watches what a service's users would feel, from outside the controllers: healthy targets, and instances on a bad image. */
export class Observer {
  /** The fewest healthy targets since `promise` was called; undefined before. */
  public minHealthy: number | undefined;
  private readonly loadBalancing: LoadBalancingService;
  private watching = false;

  public constructor(private readonly local: LocalAws) {
    this.loadBalancing = local.world.get(LoadBalancingService);
    this.loadBalancing.onHealthChange(() => this.look());
  }

  /** From now on the healthy targets count. */
  public promise(): void {
    this.watching = true;
    this.look();
  }

  /** From now on they do not: the service is taken down on purpose. */
  public release(): void {
    this.watching = false;
  }

  public healthy(): number {
    return this.loadBalancing.targetGroupArns().reduce((sum, arn) => sum + this.loadBalancing.healthyTargets(arn).length, 0);
  }

  /** AMIs of the instances that run now, with how many run each. */
  public running(): Map<string, number> {
    const count = new Map<string, number>();
    for (const instance of this.local.world.get(Ec2Service).instances()) {
      if (['pending', 'running'].includes(instance.state)) count.set(instance.imageId, (count.get(instance.imageId) ?? 0) + 1);
    }
    return count;
  }

  /** Every instance that was ever launched from an image whose instances are sick. */
  public everSick(): string[] {
    const ec2 = this.local.world.get(Ec2Service);
    return ec2.everLaunched().filter((instance) => ec2.image(instance.imageId)?.traits?.sick).map((instance) => instance.instanceId);
  }

  private look(): void {
    if (this.watching) this.minHealthy = Math.min(this.minHealthy ?? Infinity, this.healthy());
  }
}
