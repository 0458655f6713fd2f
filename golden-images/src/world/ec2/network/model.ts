export type NetworkKind = 'vpc' | 'subnet' | 'security-group' | 'route-table' | 'route-table-association' | 'internet-gateway'
  | 'nat-gateway' | 'elastic-ip' | 'vpc-endpoint' | 'flow-log';

export interface NetworkResource<T extends object = Record<string, unknown>> {
  readonly id: string;
  readonly kind: NetworkKind;
  readonly data: T;
  readonly createdAt: number;
}

export interface VpcData {
  readonly cidr: string;
  readonly isDefault: boolean;
  dnsHostnames: boolean;
  dnsSupport: boolean;
}

export interface SubnetData {
  readonly vpcId: string;
  readonly cidr: string;
  readonly availabilityZone: string;
  readonly isDefault: boolean;
  mapPublicIp: boolean;
}

/** One rule: protocol, ports, and one other side (a CIDR, a prefix list, a security group). */
export interface SecurityGroupRule {
  readonly id: string;
  readonly egress: boolean;
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidr?: string;
  readonly cidr6?: string;
  readonly prefixList?: string;
  readonly otherGroup?: string;
  readonly description?: string;
}

export interface SecurityGroupData {
  readonly vpcId: string;
  readonly groupName: string;
  readonly description: string;
  rules: SecurityGroupRule[];
}

export interface Route {
  readonly destination: string;
  readonly target: Record<string, string>;
}

export interface RouteTableData {
  readonly vpcId: string;
  readonly main: boolean;
  routes: Route[];
}

interface Naming {
  readonly prefix: string;
  readonly text: string;
  readonly notFound: string;
  /** Kinds that, where they mention the resource, keep it from being deleted. */
  readonly blockedBy: readonly NetworkKind[];
}

export const NAMES: Readonly<Record<NetworkKind, Naming>> = {
  'vpc': { prefix: 'vpc', text: 'vpc', notFound: 'InvalidVpcID.NotFound', blockedBy: [] },
  'subnet': { prefix: 'subnet', text: 'subnet', notFound: 'InvalidSubnetID.NotFound', blockedBy: ['nat-gateway', 'vpc-endpoint'] },
  'security-group': { prefix: 'sg', text: 'security group', notFound: 'InvalidGroup.NotFound', blockedBy: ['security-group', 'vpc-endpoint'] },
  'route-table': { prefix: 'rtb', text: 'routeTable', notFound: 'InvalidRouteTableID.NotFound', blockedBy: ['route-table-association'] },
  'route-table-association': { prefix: 'rtbassoc', text: 'association', notFound: 'InvalidAssociationID.NotFound', blockedBy: [] },
  'internet-gateway': { prefix: 'igw', text: 'internetGateway', notFound: 'InvalidInternetGatewayID.NotFound', blockedBy: [] },
  'nat-gateway': { prefix: 'nat', text: 'NAT gateway', notFound: 'NatGatewayNotFound', blockedBy: [] },
  'elastic-ip': { prefix: 'eipalloc', text: 'allocation', notFound: 'InvalidAllocationID.NotFound', blockedBy: ['nat-gateway'] },
  'vpc-endpoint': { prefix: 'vpce', text: 'VPC endpoint', notFound: 'InvalidVpcEndpointId.NotFound', blockedBy: [] },
  'flow-log': { prefix: 'fl', text: 'flow log', notFound: 'InvalidFlowLogId.NotFound', blockedBy: [] },
};
