import { Ec2Service } from '../ec2';
import { Operation, Service, World } from '../kernel';
import { Listeners } from './listeners';
import { LoadBalancers } from './load-balancers';
import { loadBalancingResourceTypes } from './resource-types';
import { TargetGroups } from './target-groups';
import { HealthListener, TargetHealth } from './target-health';

/** Elastic Load Balancing, version 2: load balancers, listeners, target groups and the health of targets. */
export class LoadBalancingService extends Service {
  public readonly signingName = 'elasticloadbalancing';
  public readonly loadBalancers: LoadBalancers;
  public readonly listeners: Listeners;
  public readonly targetGroups: TargetGroups;
  public override readonly resourceTypes = loadBalancingResourceTypes(this);
  public readonly operations: Readonly<Record<string, Operation>>;
  private readonly health: TargetHealth;

  public constructor(world: World) {
    super(world);
    const ec2 = world.get(Ec2Service);
    this.health = new TargetHealth(world, (group) => this.listeners.targetGroupsInUse().has(group.arn));
    this.targetGroups = new TargetGroups(world, this.health, (arn) => this.listeners.loadBalancersOf(arn));
    this.loadBalancers = new LoadBalancers(world);
    this.listeners = new Listeners(world, this.loadBalancers, this.targetGroups);
    ec2.network.onUse((id) => this.loadBalancers.all().some((each) => each.subnetIds.includes(id) || each.securityGroupIds.includes(id)));
    ec2.onInstanceChange((instance) => this.targetGroups.instanceChanged(instance.id, instance.state === 'terminated'));
    this.operations = { ...this.loadBalancers.operations, ...this.listeners.operations, ...this.targetGroups.operations };
  }

  /** Instances that pass the health checks of a target group now. */
  public healthyTargets(targetGroupArn: string): string[] {
    return [...this.targetGroups.require(targetGroupArn).targets.values()].filter((target) => target.state === 'healthy').map((target) => target.id);
  }

  /** Told at each change of a target's health. */
  public onHealthChange(listener: HealthListener): void {
    this.health.onChange(listener);
  }
}
