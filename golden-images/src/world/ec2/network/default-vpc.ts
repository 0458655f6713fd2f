import type { NetworkResource, RouteTableData, SecurityGroupData, SubnetData, VpcData } from './model';
import type { Network } from './network';

/** A VPC with what AWS makes together with it: the default security group and the main route table. */
export function createVpc(network: Network, vpc: VpcData): NetworkResource<VpcData> {
  const created = network.add('vpc', vpc);
  const group = network.add<SecurityGroupData>('security-group', { vpcId: created.id, groupName: 'default', description: 'default VPC security group', rules: [] });
  group.data.rules = [
    { id: ruleId(network), egress: false, protocol: '-1', otherGroup: group.id },
    { id: ruleId(network), egress: true, protocol: '-1', cidr: '0.0.0.0/0' },
  ];
  network.add<RouteTableData>('route-table', { vpcId: created.id, main: true, routes: [{ destination: vpc.cidr, target: { GatewayId: 'local' } }] });
  return created;
}

/** The default VPC of every account: a public subnet in each Availability Zone (VPC User Guide, "Default VPCs"). */
export function createDefaultVpc(network: Network): void {
  const vpc = createVpc(network, { cidr: '172.31.0.0/16', isDefault: true, dnsHostnames: true, dnsSupport: true });
  zones(network.world.region).forEach((availabilityZone, index) => network.add<SubnetData>('subnet', {
    vpcId: vpc.id, cidr: `172.31.${index * 16}.0/20`, availabilityZone, isDefault: true, mapPublicIp: true,
  }));
  const gateway = network.add('internet-gateway', { vpcId: vpc.id });
  const main = network.all<RouteTableData>('route-table').find((table) => table.data.vpcId === vpc.id)!;
  main.data.routes.push({ destination: '0.0.0.0/0', target: { GatewayId: gateway.id } });
}

export function zones(region: string): string[] {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
}

export function ruleId(network: Network): string {
  return `sgr-${network.world.random.hex(17)}`;
}
