import { NotModelled, page, Properties, refuseUnknown } from '../../kernel';
import { Filter, passes } from '../filters';
import { zones } from './default-vpc';
import type { NetworkKind, NetworkResource, RouteTableData, SecurityGroupData, SecurityGroupRule } from './model';
import type { Network } from './network';

interface Shape {
  readonly kind: NetworkKind;
  /** Members of the request and of the answer. */
  readonly ids: string;
  readonly answer: string;
  /** What the resource is in the answer, and under which filter names its values are found. */
  render(resource: NetworkResource): Properties;
  filters(resource: NetworkResource): Record<string, unknown>;
}

/** The Describe operations on networks. */
export class NetworkDescriptions {
  public readonly operations = {
    DescribeVpcs: (input: Properties) => this.describe('DescribeVpcs', this.vpc, input),
    DescribeSubnets: (input: Properties) => this.describe('DescribeSubnets', this.subnet, input),
    DescribeSecurityGroups: (input: Properties) => this.describe('DescribeSecurityGroups', this.securityGroup, input),
    DescribeRouteTables: (input: Properties) => this.describe('DescribeRouteTables', this.routeTable, input),
    DescribeInternetGateways: (input: Properties) => this.describe('DescribeInternetGateways', this.internetGateway, input),
    DescribeAvailabilityZones: (input: Properties) => this.describeZones(input),
    DescribeRegions: (input: Properties) => this.describeRegions(input),
    DescribeVpnGateways: () => ({ VpnGateways: [] }),
  };

  private readonly vpc: Shape = {
    kind: 'vpc',
    ids: 'VpcIds',
    answer: 'Vpcs',
    render: ({ id, data }) => ({ VpcId: id, CidrBlock: data.cidr, IsDefault: data.isDefault, State: 'available', InstanceTenancy: 'default' }),
    filters: ({ id, data }) => ({ 'vpc-id': id, 'isDefault': data.isDefault, 'is-default': data.isDefault, 'cidr': data.cidr, 'state': 'available' }),
  };

  private readonly subnet: Shape = {
    kind: 'subnet',
    ids: 'SubnetIds',
    answer: 'Subnets',
    render: ({ id, data }) => ({
      SubnetId: id,
      VpcId: data.vpcId,
      CidrBlock: data.cidr,
      AvailabilityZone: data.availabilityZone,
      State: 'available',
      DefaultForAz: data.isDefault,
      MapPublicIpOnLaunch: data.mapPublicIp,
      AvailableIpAddressCount: 4000,
    }),
    filters: ({ id, data }) => ({
      'subnet-id': id,
      'vpc-id': data.vpcId,
      'availability-zone': data.availabilityZone,
      'default-for-az': data.isDefault,
      'cidr-block': data.cidr,
      'map-public-ip-on-launch': data.mapPublicIp,
      'state': 'available',
    }),
  };

  private readonly securityGroup: Shape = {
    kind: 'security-group',
    ids: 'GroupIds',
    answer: 'SecurityGroups',
    render: ({ id, data }) => {
      const group = data as unknown as SecurityGroupData;
      return {
        GroupId: id,
        GroupName: group.groupName,
        Description: group.description,
        VpcId: group.vpcId,
        OwnerId: this.network.world.account,
        IpPermissions: group.rules.filter((rule) => !rule.egress).map((rule) => this.permission(rule)),
        IpPermissionsEgress: group.rules.filter((rule) => rule.egress).map((rule) => this.permission(rule)),
      };
    },
    filters: ({ id, data }) => ({ 'group-id': id, 'vpc-id': data.vpcId, 'group-name': data.groupName, 'description': data.description }),
  };

  private readonly routeTable: Shape = {
    kind: 'route-table',
    ids: 'RouteTableIds',
    answer: 'RouteTables',
    render: ({ id, data }) => {
      const table = data as unknown as RouteTableData;
      return {
        RouteTableId: id,
        VpcId: table.vpcId,
        Associations: this.associations(id, table.main),
        Routes: table.routes.map((route) => ({ DestinationCidrBlock: route.destination, ...route.target, State: 'active' })),
      };
    },
    filters: ({ id, data }) => ({ 'route-table-id': id, 'vpc-id': data.vpcId, 'association.main': data.main }),
  };

  private readonly internetGateway: Shape = {
    kind: 'internet-gateway',
    ids: 'InternetGatewayIds',
    answer: 'InternetGateways',
    render: ({ id, data }) => ({ InternetGatewayId: id, Attachments: data.vpcId ? [{ VpcId: data.vpcId, State: 'available' }] : [] }),
    filters: ({ id, data }) => ({ 'internet-gateway-id': id, 'attachment.vpc-id': data.vpcId }),
  };

  public constructor(private readonly network: Network) {}

  private describe(operation: string, shape: Shape, input: Properties): Properties {
    refuseUnknown(`ec2:${operation}`, input, [shape.ids, 'Filters', 'MaxResults', 'NextToken']);
    const named = (input[shape.ids] as string[] | undefined)?.map((id) => this.network.require(shape.kind, id));
    const found = (named ?? this.network.all(shape.kind)).filter((resource) => passes(input.Filters as Filter[], (name) => {
      const filters = shape.filters(resource);
      return name in filters ? [String(filters[name])] : this.network.tags.filterValues(resource.id, name);
    }));
    const { items, NextToken } = page(found, input.MaxResults, input.NextToken);
    const owner = this.network.world.account;
    return { [shape.answer]: items.map((each) => ({ ...shape.render(each), OwnerId: owner, Tags: this.network.tags.of(each.id) })), NextToken };
  }

  private permission(rule: SecurityGroupRule): Properties {
    const Description = rule.description;
    return {
      IpProtocol: rule.protocol,
      FromPort: rule.fromPort,
      ToPort: rule.toPort,
      IpRanges: rule.cidr ? [{ CidrIp: rule.cidr, Description }] : [],
      Ipv6Ranges: rule.cidr6 ? [{ CidrIpv6: rule.cidr6, Description }] : [],
      PrefixListIds: rule.prefixList ? [{ PrefixListId: rule.prefixList, Description }] : [],
      UserIdGroupPairs: rule.otherGroup ? [{ GroupId: rule.otherGroup, UserId: this.network.world.account, Description }] : [],
    };
  }

  private associations(tableId: string, main: boolean): Properties[] {
    const explicit = this.network.all('route-table-association').filter((each) => each.data.routeTableId === tableId);
    return [
      ...(main ? [{ RouteTableAssociationId: `rtbassoc-${tableId.slice(4)}`, RouteTableId: tableId, Main: true }] : []),
      ...explicit.map((each) => ({ RouteTableAssociationId: each.id, RouteTableId: tableId, SubnetId: each.data.subnetId, Main: false })),
    ];
  }

  /** The region of this world is the only one. */
  private describeRegions(input: Properties): Properties {
    refuseUnknown('ec2:DescribeRegions', input, ['Filters', 'RegionNames', 'AllRegions']);
    const { region } = this.network.world;
    const other = (input.RegionNames as string[] | undefined)?.find((name) => name !== region);
    if (other !== undefined) throw new NotModelled(`the region ${other} (it is ${region})`);
    const Endpoint = `ec2.${region}.amazonaws.com`;
    const OptInStatus = 'opt-in-not-required';
    const found = passes(input.Filters, (name) => ({ 'region-name': [region], 'endpoint': [Endpoint], 'opt-in-status': [OptInStatus] })[name]);
    return { Regions: found ? [{ RegionName: region, Endpoint, OptInStatus }] : [] };
  }

  private describeZones(input: Properties): Properties {
    refuseUnknown('ec2:DescribeAvailabilityZones', input, ['Filters', 'ZoneNames']);
    const { region } = this.network.world;
    const found = zones(region).filter((zone) => (input.ZoneNames?.includes(zone) ?? true) && passes(input.Filters, (name) =>
      ({ 'state': ['available'], 'zone-name': [zone], 'region-name': [region], 'opt-in-status': ['opt-in-not-required'], 'zone-type': ['availability-zone'] })[name]));
    return {
      AvailabilityZones: found.map((ZoneName, index) => ({
        ZoneName,
        ZoneId: `${region.replace(/[^a-z0-9]/g, '')}-az${index + 1}`,
        RegionName: region,
        State: 'available',
        ZoneType: 'availability-zone',
        OptInStatus: 'opt-in-not-required',
        GroupName: region,
        Messages: [],
      })),
    };
  }
}
