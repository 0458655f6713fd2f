import { AutoScalingService } from '../../../../golden-images/src/world/auto-scaling';
import { Ec2Service } from '../../../../golden-images/src/world/ec2';
import { Properties, Service, World, WorldEvent } from '../../../../golden-images/src/world/kernel';
import { LoadBalancingService } from '../../../../golden-images/src/world/load-balancing';

export interface FleetProps {
  readonly size?: number;
  readonly loadBalanced?: boolean;
  readonly version?: string;
  readonly settings?: Properties;
  readonly seed?: number;
}

/** A group behind a load balancer, in a fresh world, with all the calls a test makes. */
export class Fleet {
  public static async start(props: FleetProps = {}): Promise<Fleet> {
    const fleet = new Fleet(props);
    await fleet.build();
    return fleet;
  }

  public readonly world: World;
  public readonly name = 'web';
  public readonly events: WorldEvent[] = [];
  public readonly good: string;
  public readonly next: string;
  public readonly sick: string;
  public templateId!: string;
  public targetGroupArn!: string;
  public lowestHealthy = Infinity;

  private constructor(private readonly props: FleetProps) {
    this.world = new World({ seed: props.seed ?? 1 });
    this.world.onEvent((event) => this.events.push(event));
    this.good = this.ec2.registerImage({ name: 'good', architecture: 'x86_64' });
    this.next = this.ec2.registerImage({ name: 'next', architecture: 'x86_64' });
    this.sick = this.ec2.registerImage({ name: 'sick', architecture: 'x86_64', traits: { sick: true } });
  }

  public get ec2(): Ec2Service {
    return this.world.get(Ec2Service);
  }

  public get autoScaling(): AutoScalingService {
    return this.world.get(AutoScalingService);
  }

  public get group() {
    return this.autoScaling.require(this.name);
  }

  public async call(service: Service, operation: string, input: Properties): Promise<Properties> {
    return this.world.call(service, operation, input);
  }

  public async asg(operation: string, input: Properties = {}): Promise<Properties> {
    return this.call(this.autoScaling, operation, { AutoScalingGroupName: this.name, ...input });
  }

  /** A new version of the template with this image; gives its number. */
  public async version(imageId: string): Promise<string> {
    const { LaunchTemplateVersion } = await this.call(this.ec2, 'CreateLaunchTemplateVersion', {
      LaunchTemplateId: this.templateId, SourceVersion: '1', LaunchTemplateData: { ImageId: imageId },
    });
    return String(LaunchTemplateVersion.VersionNumber);
  }

  /** Starts a refresh to an image. */
  public async refresh(imageId: string, preferences: Properties = {}): Promise<string> {
    const Version = await this.version(imageId);
    const answer = await this.asg('StartInstanceRefresh', {
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: this.templateId, Version } }, Preferences: preferences,
    });
    return answer.InstanceRefreshId;
  }

  public async latest(): Promise<Properties> {
    return (await this.asg('DescribeInstanceRefreshes')).InstanceRefreshes[0];
  }

  public async minutes(count: number): Promise<void> {
    await this.world.timeline.runUntil(this.world.now + count * 60_000);
  }

  /** Lets time pass until the refresh has one of these states, or until the limit; gives the refresh. */
  public async until(statuses: string[], limitMinutes = 24 * 60): Promise<Properties> {
    const limit = this.world.now + limitMinutes * 60_000;
    for (let latest = await this.latest(); ; latest = await this.latest()) {
      if (statuses.includes(latest.Status) || this.world.now >= limit || this.world.timeline.next === undefined) return latest;
      await this.world.timeline.step();
    }
  }

  public async finished(limitMinutes?: number): Promise<Properties> {
    return this.until(['Successful', 'Failed', 'Cancelled', 'RollbackSuccessful', 'RollbackFailed'], limitMinutes);
  }

  /** How many members run each image. */
  public images(): Record<string, number> {
    const names: Record<string, string> = { [this.good]: 'good', [this.next]: 'next', [this.sick]: 'sick' };
    const counts: Record<string, number> = {};
    for (const member of this.group.live) {
      const name = names[this.ec2.instance(member.id)!.image.id]!;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  public healthy(): string[] {
    return this.world.get(LoadBalancingService).healthyTargets(this.targetGroupArn);
  }

  /** Members in service whose instance runs and answers. */
  public serving(): number {
    return this.group.live.filter((member) => member.lifecycle === 'InService' && this.ec2.answers(this.ec2.instance(member.id)!)).length;
  }

  public told(detailType: string): number {
    return this.events.filter((event) => event.detailType === detailType).length;
  }

  private async build(): Promise<void> {
    const { LaunchTemplate } = await this.call(this.ec2, 'CreateLaunchTemplate', {
      LaunchTemplateName: 'web', LaunchTemplateData: { ImageId: this.good, InstanceType: 't3.small' },
    });
    this.templateId = LaunchTemplate.LaunchTemplateId;
    await this.balance();
    const size = this.props.size ?? 6;
    const subnets = this.ec2.network.all('subnet').map((subnet) => subnet.id);
    await this.asg('CreateAutoScalingGroup', {
      MinSize: 0,
      MaxSize: Math.max(1, size * 2),
      DesiredCapacity: size,
      LaunchTemplate: { LaunchTemplateId: this.templateId, Version: this.props.version ?? '1' },
      VPCZoneIdentifier: subnets.join(','),
      ...(this.props.loadBalanced === false ? {} : { TargetGroupARNs: [this.targetGroupArn], HealthCheckType: 'ELB', HealthCheckGracePeriod: 120 }),
      ...this.props.settings,
    });
    await this.minutes(5);
  }

  private async balance(): Promise<void> {
    const service = this.world.get(LoadBalancingService);
    const subnets = this.ec2.network.all('subnet');
    const { LoadBalancers } = await this.call(service, 'CreateLoadBalancer', { Name: 'web', Subnets: subnets.map((subnet) => subnet.id) });
    const { TargetGroups } = await this.call(service, 'CreateTargetGroup', {
      Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: subnets[0]!.data.vpcId, HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2,
    });
    this.targetGroupArn = TargetGroups[0].TargetGroupArn;
    await this.call(service, 'ModifyTargetGroupAttributes', {
      TargetGroupArn: this.targetGroupArn, Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    });
    await this.call(service, 'CreateListener', {
      LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: this.targetGroupArn }],
    });
  }
}
