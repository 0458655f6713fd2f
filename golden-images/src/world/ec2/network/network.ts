import { AwsError, World } from '../../kernel';
import type { Tag, Tags } from '../tags';
import { createDefaultVpc } from './default-vpc';
import type { NetworkKind, NetworkResource, SecurityGroupData, SubnetData } from './model';
import { NAMES } from './model';

/** Everything in EC2 that makes up networks, by id, and what stands in the way of deleting it. */
export class Network {
  private readonly resources = new Map<string, NetworkResource>();
  /** Asked whether something outside (an instance, a load balancer) uses a subnet or security group. */
  private readonly users: Array<(id: string) => boolean> = [];
  private turn = 0;

  public constructor(public readonly world: World, public readonly tags: Tags) {
    createDefaultVpc(this);
  }

  public add<T extends object>(kind: NetworkKind, data: T, tags?: readonly Tag[]): NetworkResource<T> {
    const resource = { id: `${NAMES[kind].prefix}-${this.world.random.hex(17)}`, kind, data, createdAt: this.world.now };
    this.resources.set(resource.id, resource as NetworkResource);
    this.tags.put(resource.id, tags);
    return resource;
  }

  public find(id: string): NetworkResource | undefined {
    return this.resources.get(id);
  }

  public all<T extends object = Record<string, unknown>>(kind: NetworkKind): Array<NetworkResource<T>> {
    return [...this.resources.values()].filter((resource) => resource.kind === kind) as Array<NetworkResource<T>>;
  }

  public require<T extends object = Record<string, unknown>>(kind: NetworkKind, id: string): NetworkResource<T> {
    const found = this.resources.get(id);
    if (found?.kind === kind) return found as NetworkResource<T>;
    throw new AwsError(NAMES[kind].notFound, `The ${NAMES[kind].text} ID '${id}' does not exist`);
  }

  public onUse(user: (id: string) => boolean): void {
    this.users.push(user);
  }

  /** Refuses, as EC2 does, while anything depends on the resource. */
  public delete(kind: NetworkKind, id: string): void {
    this.require(kind, id);
    if (this.dependents(kind, id)) {
      throw new AwsError('DependencyViolation', `The ${NAMES[kind].text} '${id}' has dependencies and cannot be deleted.`);
    }
    this.forget(id);
    if (kind === 'vpc') this.inside(id).forEach((resource) => this.forget(resource.id));
  }

  /** Removes without asking. */
  public forget(id: string): void {
    this.resources.delete(id);
    this.tags.forget(id);
  }

  /** The subnet with this id; without one, a subnet of the default VPC. */
  public subnetFor(id: string | undefined): { id: string; vpcId: string; availabilityZone: string } {
    const defaults = this.all<SubnetData>('subnet').filter((subnet) => subnet.data.isDefault);
    if (id === undefined && defaults.length === 0) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC');
    const subnet = id === undefined ? defaults[this.turn++ % defaults.length]! : this.require<SubnetData>('subnet', id);
    return { id: subnet.id, vpcId: subnet.data.vpcId, availabilityZone: subnet.data.availabilityZone };
  }

  public requireSecurityGroup(id: string, vpcId: string): void {
    const group = this.all<SecurityGroupData>('security-group').find((each) => each.id === id);
    if (!group) throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
    if (group.data.vpcId !== vpcId) {
      throw new AwsError('InvalidParameter', `Security group ${id} and the subnet belong to different networks.`);
    }
  }

  public defaultSecurityGroup(vpcId: string): string {
    return this.all<SecurityGroupData>('security-group').find((group) => group.data.vpcId === vpcId && group.data.groupName === 'default')!.id;
  }

  private dependents(kind: NetworkKind, id: string): boolean {
    if (this.users.some((uses) => uses(id))) return true;
    if (kind === 'vpc') return this.inside(id).some((resource) => !isBornWithVpc(resource));
    return [...this.resources.values()].some((other) => other.id !== id && NAMES[kind].blockedBy.includes(other.kind) && mentions(other.data, id));
  }

  private inside(vpcId: string): NetworkResource[] {
    return [...this.resources.values()].filter((resource) => resource.data.vpcId === vpcId);
  }
}

/** The default security group and the main route table come and go with their VPC. */
function isBornWithVpc(resource: NetworkResource): boolean {
  return (resource.kind === 'security-group' && resource.data.groupName === 'default') || (resource.kind === 'route-table' && resource.data.main === true);
}

function mentions(data: unknown, id: string): boolean {
  return JSON.stringify(data).includes(`"${id}"`);
}
