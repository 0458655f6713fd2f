import { AwsError, World } from '../kernel';
import type { Image, Images } from './images';
import type { Network } from './network/network';
import type { Tag, Tags } from './tags';

export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated';

export interface Instance {
  readonly id: string;
  readonly image: Image;
  readonly type: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly privateIp: string;
  readonly securityGroupIds: string[];
  readonly launchedAt: number;
  /** From when it answers health checks, unless it is sick. */
  readonly answersAt: number;
  readonly details: LaunchDetails;
  state: InstanceState;
  sick: boolean;
  terminatedAt?: number;
  stateReason?: string;
}

/** What a launch request says besides image, type and place. */
export interface LaunchDetails {
  readonly userData?: string;
  readonly keyName?: string;
  readonly instanceProfile?: { readonly Arn?: string; readonly Name?: string };
  readonly metadataOptions?: Record<string, unknown>;
}

export interface LaunchProps extends LaunchDetails {
  readonly imageId: string;
  readonly instanceType: string;
  /** @default - a default subnet */
  readonly subnetId?: string;
  /** @default - the default security group of the VPC */
  readonly securityGroupIds?: readonly string[];
  readonly tags?: readonly Tag[];
}

const SECOND = 1000;
// How long a launch takes is documented nowhere (assumption: instance-timing).
const PENDING = 15 * SECOND;
/** From the launch until the system has booted and its services answer. */
const BOOT = 45 * SECOND;
const SHUTTING_DOWN = 30 * SECOND;
/** Terminated instances stay visible for about an hour (User Guide, "Terminate Amazon EC2 instances"). */
const VISIBLE = 3_600 * SECOND;

/** Instances and their life on virtual time. */
export class Instances {
  private readonly instances = new Map<string, Instance>();
  private readonly listeners: Array<(instance: Instance) => void> = [];
  private addresses = 0;

  public constructor(
    private readonly world: World,
    private readonly images: Images,
    private readonly network: Network,
    private readonly tags: Tags,
  ) {}

  /** Those that still exist or were terminated in the last hour. */
  public all(): Instance[] {
    for (const instance of this.instances.values()) {
      if (instance.state === 'terminated' && this.world.now - instance.terminatedAt! > VISIBLE) this.instances.delete(instance.id);
    }
    return [...this.instances.values()];
  }

  public find(id: string): Instance | undefined {
    return this.instances.get(id);
  }

  public require(id: string): Instance {
    const found = this.instances.get(id);
    if (!found) throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
    return found;
  }

  /** Told at each change of state or health. */
  public onChange(listener: (instance: Instance) => void): void {
    this.listeners.push(listener);
  }

  /** Throws what RunInstances throws when an instance cannot be launched. */
  public launch(props: LaunchProps): Instance {
    const image = this.images.requireLaunchable(props.imageId);
    const subnet = this.network.subnetFor(props.subnetId);
    const groups = [...(props.securityGroupIds ?? [])];
    groups.forEach((id) => this.network.requireSecurityGroup(id, subnet.vpcId));
    this.requireCapacity(props.instanceType, subnet.availabilityZone);
    const instance: Instance = {
      id: `i-${this.world.random.hex(17)}`,
      image,
      type: props.instanceType,
      subnetId: subnet.id,
      vpcId: subnet.vpcId,
      availabilityZone: subnet.availabilityZone,
      privateIp: this.nextAddress(),
      securityGroupIds: groups.length > 0 ? groups : [this.network.defaultSecurityGroup(subnet.vpcId)],
      launchedAt: this.world.now,
      answersAt: this.world.now + BOOT,
      details: props,
      state: 'pending',
      sick: image.traits.sick,
    };
    image.lastLaunchedAt = this.world.now;
    this.instances.set(instance.id, instance);
    this.tags.put(instance.id, props.tags);
    this.world.timeline.schedule(PENDING, `${instance.id} runs`, () => this.becomes(instance, 'running'));
    this.changed(instance);
    return instance;
  }

  public terminate(id: string, reason = 'Client.UserInitiatedShutdown: User initiated shutdown'): void {
    const instance = this.require(id);
    if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
    instance.stateReason = reason;
    this.becomes(instance, 'shutting-down');
    this.world.timeline.schedule(SHUTTING_DOWN, `${id} is terminated`, () => {
      instance.terminatedAt = this.world.now;
      this.becomes(instance, 'terminated');
    });
  }

  /** From now on the instance fails its health checks. */
  public makeSick(id: string): void {
    const instance = this.require(id);
    instance.sick = true;
    this.listeners.forEach((listener) => listener(instance));
  }

  /** Whether the instance answers health checks now. */
  public answers(instance: Instance): boolean {
    return instance.state === 'running' && !instance.sick && this.world.now >= instance.answersAt;
  }

  private becomes(instance: Instance, state: InstanceState): void {
    if (state === 'running' && instance.state !== 'pending') return;
    instance.state = state;
    this.changed(instance);
  }

  private changed(instance: Instance): void {
    this.world.emit({
      source: 'aws.ec2',
      detailType: 'EC2 Instance State-change Notification',
      detail: { 'instance-id': instance.id, 'state': instance.state },
      resources: [this.world.arn('ec2', `instance/${instance.id}`)],
    });
    this.listeners.forEach((listener) => listener(instance));
  }

  private requireCapacity(type: string, zone: string): void {
    if (this.world.faults.launchFailures <= 0) return;
    this.world.faults.launchFailures -= 1;
    throw new AwsError('InsufficientInstanceCapacity', `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}).`, 500);
  }

  private nextAddress(): string {
    this.addresses += 1;
    return `10.${Math.floor(this.addresses / 65_536) % 256}.${Math.floor(this.addresses / 256) % 256}.${this.addresses % 256}`;
  }
}
