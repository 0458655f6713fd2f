import { Ec2Service } from '../ec2';
import { AwsError, page, Properties, refuseUnknown, World } from '../kernel';
import { requireLoadBalancerAttribute } from './load-balancer-attributes';
import { requireName, type LoadBalancer } from './model';

/** Load balancers: where they stand and what they are called. */
export class LoadBalancers {
  public readonly operations = {
    CreateLoadBalancer: (input: Properties) => ({ LoadBalancers: [this.render(this.create(input))] }),
    DeleteLoadBalancer: (input: Properties) => this.delete(input.LoadBalancerArn),
    DescribeLoadBalancers: (input: Properties) => this.describe(input),
    DescribeLoadBalancerAttributes: (input: Properties) => ({ Attributes: this.attributes(input.LoadBalancerArn) }),
    ModifyLoadBalancerAttributes: (input: Properties) => this.modifyAttributes(input.LoadBalancerArn, input.Attributes),
    SetSecurityGroups: (input: Properties) => ({ SecurityGroupIds: this.setSecurityGroups(input.LoadBalancerArn, input.SecurityGroups) }),
  };
  private readonly balancers = new Map<string, LoadBalancer>();
  private readonly deleteListeners: Array<(arn: string) => void> = [];

  public constructor(private readonly world: World) {}

  public onDelete(listener: (arn: string) => void): void {
    this.deleteListeners.push(listener);
  }

  public all(): LoadBalancer[] {
    return [...this.balancers.values()];
  }

  public find(arn: string): LoadBalancer | undefined {
    return this.balancers.get(arn);
  }

  public require(arn: string): LoadBalancer {
    const found = this.balancers.get(arn);
    if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancers '[${arn}]' not found`);
    return found;
  }

  /** Two subnets in two Availability Zones at least for an application load balancer (API reference, CreateLoadBalancer). */
  public create(input: Properties): LoadBalancer {
    refuseUnknown('elasticloadbalancing:CreateLoadBalancer', input, ['Name', 'Type', 'Scheme', 'Subnets', 'SecurityGroups', 'IpAddressType', 'Tags']);
    requireName('loadBalancer', input.Name);
    const { network } = this.world.get(Ec2Service);
    const subnets = (input.Subnets as string[]).map((id) => network.subnetFor(id));
    const type = input.Type ?? 'application';
    if (type === 'application' && new Set(subnets.map((subnet) => subnet.availabilityZone)).size < 2) {
      throw new AwsError('ValidationError', 'At least two subnets in two different Availability Zones must be specified');
    }
    const vpcId = subnets[0]!.vpcId;
    const groups = (input.SecurityGroups as string[] | undefined) ?? (type === 'application' ? [network.defaultSecurityGroup(vpcId)] : []);
    groups.forEach((id) => network.requireSecurityGroup(id, vpcId));
    const kind = type === 'network' ? 'net' : 'app';
    const balancer: LoadBalancer = {
      arn: this.world.arn('elasticloadbalancing', `loadbalancer/${kind}/${input.Name}/${this.world.random.hex(16)}`),
      name: input.Name,
      type,
      scheme: input.Scheme ?? 'internet-facing',
      vpcId,
      subnetIds: input.Subnets,
      securityGroupIds: groups,
      createdAt: this.world.now,
      attributes: new Map([['deletion_protection.enabled', 'false'], ['idle_timeout.timeout_seconds', '60']]),
      tags: input.Tags ?? [],
    };
    this.balancers.set(balancer.arn, balancer);
    return balancer;
  }

  public delete(arn: string): void {
    if (this.balancers.get(arn)?.attributes.get('deletion_protection.enabled') === 'true') {
      throw new AwsError('OperationNotPermitted', `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`);
    }
    this.balancers.delete(arn);
    this.deleteListeners.forEach((listener) => listener(arn));
  }

  public modifyAttributes(arn: string, attributes: Array<{ Key: string; Value: string }>): Properties {
    const balancer = this.require(arn);
    attributes.forEach(({ Key }) => requireLoadBalancerAttribute(balancer.type, Key));
    attributes.forEach(({ Key, Value }) => balancer.attributes.set(Key, String(Value)));
    return { Attributes: this.attributes(arn) };
  }

  public setSecurityGroups(arn: string, groups: string[]): string[] {
    const balancer = this.require(arn);
    groups.forEach((id) => this.world.get(Ec2Service).network.requireSecurityGroup(id, balancer.vpcId));
    balancer.securityGroupIds = groups;
    return groups;
  }

  public dnsName(balancer: LoadBalancer): string {
    return `${balancer.name}-${balancer.arn.slice(-10)}.${this.world.region}.elb.amazonaws.com`;
  }

  private attributes(arn: string): Array<{ Key: string; Value: string }> {
    return [...this.require(arn).attributes].map(([Key, Value]) => ({ Key, Value }));
  }

  private describe(input: Properties): Properties {
    refuseUnknown('elasticloadbalancing:DescribeLoadBalancers', input, ['LoadBalancerArns', 'Names', 'PageSize', 'Marker']);
    const named = (input.LoadBalancerArns as string[] | undefined)?.map((arn) => this.require(arn));
    const found = (named ?? this.all()).filter((balancer) => input.Names?.includes(balancer.name) ?? true);
    if (input.Names && found.length < input.Names.length) throw new AwsError('LoadBalancerNotFound', `Load balancers '[${input.Names}]' not found`);
    const { items, NextToken } = page(found, input.PageSize, input.Marker);
    return { LoadBalancers: items.map((balancer) => this.render(balancer)), NextMarker: NextToken };
  }

  private render(balancer: LoadBalancer): Properties {
    const { network } = this.world.get(Ec2Service);
    return {
      LoadBalancerArn: balancer.arn,
      LoadBalancerName: balancer.name,
      DNSName: this.dnsName(balancer),
      CanonicalHostedZoneId: 'Z215JYRZR1TBD5',
      CreatedTime: new Date(balancer.createdAt),
      Type: balancer.type,
      Scheme: balancer.scheme,
      State: { Code: 'active' },
      VpcId: balancer.vpcId,
      SecurityGroups: balancer.securityGroupIds,
      IpAddressType: 'ipv4',
      AvailabilityZones: balancer.subnetIds.map((id) => ({ SubnetId: id, ZoneName: network.subnetFor(id).availabilityZone })),
    };
  }
}
