import { AwsError, Properties, ResourceType } from '../../kernel';
import type { Ec2Service } from '../ec2';
import { unknownAttribute } from '../unknown-attribute';
import type { RouteTableData } from './model';

const TARGETS = ['GatewayId', 'NatGatewayId', 'InstanceId', 'NetworkInterfaceId', 'TransitGatewayId', 'VpcPeeringConnectionId'];

export function routeTypes(ec2: Ec2Service): Record<string, ResourceType> {
  return {
    'AWS::EC2::RouteTable': routeTable(ec2),
    'AWS::EC2::Route': route(ec2),
    'AWS::EC2::SubnetRouteTableAssociation': association(ec2),
  };
}

function routeTable(ec2: Ec2Service): ResourceType {
  return {
    properties: { VpcId: 'replace', Tags: 'update' },
    create: (context, properties) => {
      ec2.network.require('vpc', properties.VpcId);
      return ec2.network.add<RouteTableData>('route-table', { vpcId: properties.VpcId, main: false, routes: [] },
        [...context.tags, ...(properties.Tags ?? [])]).id;
    },
    update: (_context, id, properties) => ec2.tags.put(id, properties.Tags),
    delete: (_context, id) => { if (ec2.network.find(id)) ec2.network.delete('route-table', id); },
    attribute: (id, name) => {
      if (name === 'RouteTableId') return id;
      throw unknownAttribute('AWS::EC2::RouteTable', name);
    },
  };
}

/** The physical id is table and destination. */
function route(ec2: Ec2Service): ResourceType {
  const table = (id: string): RouteTableData => ec2.network.require<RouteTableData>('route-table', id).data;
  const put = (properties: Properties): void => {
    const target = Object.fromEntries(TARGETS.filter((name) => properties[name]).map((name) => [name, properties[name] as string]));
    for (const id of Object.values(target)) {
      if (!ec2.network.find(id)) throw new AwsError('InvalidParameterValue', `The route target ${id} does not exist`);
    }
    const { routes } = table(properties.RouteTableId);
    const kept = routes.filter((each) => each.destination !== destination(properties));
    table(properties.RouteTableId).routes = [...kept, { destination: destination(properties), target }];
  };
  return {
    properties: {
      RouteTableId: 'replace', DestinationCidrBlock: 'replace', DestinationIpv6CidrBlock: 'replace', ...Object.fromEntries(TARGETS.map((name) => [name, 'update'])),
    },
    create: (_context, properties) => {
      put(properties);
      return `${properties.RouteTableId}|${destination(properties)}`;
    },
    update: (_context, _id, properties) => put(properties),
    delete: (_context, id) => {
      const [tableId, cidr] = id.split('|');
      if (ec2.network.find(tableId!)) table(tableId!).routes = table(tableId!).routes.filter((each) => each.destination !== cidr);
    },
    attribute: (id, name) => {
      if (name === 'CidrBlock') return id.split('|')[1];
      throw unknownAttribute('AWS::EC2::Route', name);
    },
  };
}

function destination(properties: Properties): string {
  return properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock;
}

function association(ec2: Ec2Service): ResourceType {
  return {
    properties: { RouteTableId: 'replace', SubnetId: 'replace' },
    create: (_context, properties) => {
      ec2.network.require('route-table', properties.RouteTableId);
      ec2.network.require('subnet', properties.SubnetId);
      return ec2.network.add('route-table-association', { routeTableId: properties.RouteTableId, subnetId: properties.SubnetId }).id;
    },
    delete: (_context, id) => ec2.network.forget(id),
    attribute: (id, name) => {
      if (name === 'Id') return id;
      throw unknownAttribute('AWS::EC2::SubnetRouteTableAssociation', name);
    },
  };
}
