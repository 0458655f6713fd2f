import { AwsError, ResourceType } from '../../kernel';
import type { Ec2Service } from '../ec2';
import { unknownAttribute } from '../unknown-attribute';
import type { NetworkKind } from './model';

export function gatewayTypes(ec2: Ec2Service): Record<string, ResourceType> {
  return {
    'AWS::EC2::InternetGateway': plain(ec2, 'AWS::EC2::InternetGateway', 'internet-gateway', [], 'InternetGatewayId'),
    'AWS::EC2::VPCGatewayAttachment': attachment(ec2),
    'AWS::EC2::EIP': { ...plain(ec2, 'AWS::EC2::EIP', 'elastic-ip', ['Domain'], 'AllocationId'), ...elasticIp(ec2) },
    'AWS::EC2::NatGateway': plain(ec2, 'AWS::EC2::NatGateway', 'nat-gateway', ['AllocationId', 'SubnetId', 'ConnectivityType'], 'NatGatewayId'),
    'AWS::EC2::VPCEndpoint': plain(ec2, 'AWS::EC2::VPCEndpoint', 'vpc-endpoint',
      ['VpcId', 'ServiceName', 'VpcEndpointType', 'PrivateDnsEnabled', 'PolicyDocument', 'RouteTableIds', 'SubnetIds', 'SecurityGroupIds'], 'Id'),
    'AWS::EC2::FlowLog': plain(ec2, 'AWS::EC2::FlowLog', 'flow-log', ['ResourceId', 'ResourceType', 'TrafficType', 'LogDestination',
      'LogDestinationType', 'LogGroupName', 'DeliverLogsPermissionArn', 'LogFormat', 'MaxAggregationInterval', 'DestinationOptions'], 'Id'),
  };
}

/** A resource that only has to exist, to be referred to, and to stand in the way of what it uses. */
function plain(ec2: Ec2Service, type: string, kind: NetworkKind, properties: string[], idAttribute: string): ResourceType {
  return {
    properties: { ...Object.fromEntries(properties.map((name) => [name, 'replace' as const])), Tags: 'update' },
    create: (context, { Tags, ...data }) => ec2.network.add(kind, { ...data, vpcId: data.VpcId }, [...context.tags, ...(Tags ?? [])]).id,
    update: (_context, id, { Tags }) => ec2.tags.put(id, Tags),
    delete: (_context, id) => { if (ec2.network.find(id)) ec2.network.delete(kind, id); },
    attribute: (id, name) => {
      if (name === idAttribute) return id;
      throw unknownAttribute(type, name);
    },
  };
}

/** `Ref` gives the address, which is the physical id too; `AllocationId` the id. */
function elasticIp(ec2: Ec2Service): Partial<ResourceType> {
  const address = (id: string): string => `203.0.113.${1 + (parseInt(id.slice(-2), 16) % 250)}`;
  return {
    attribute: (id, name) => {
      ec2.network.require('elastic-ip', id);
      if (name === 'AllocationId') return id;
      if (name === 'PublicIp') return address(id);
      throw unknownAttribute('AWS::EC2::EIP', name);
    },
    ref: address,
  };
}

/** An internet gateway cannot be detached while public addresses of the VPC are mapped (here: NAT gateways). */
function attachment(ec2: Ec2Service): ResourceType {
  const gateway = (id: string): Record<string, unknown> => ec2.network.require('internet-gateway', id).data;
  return {
    properties: { InternetGatewayId: 'replace', VpcId: 'replace' },
    create: (_context, properties) => {
      ec2.network.require('vpc', properties.VpcId);
      gateway(properties.InternetGatewayId).vpcId = properties.VpcId;
      return `IGW|${properties.VpcId}`;
    },
    delete: (_context, _id, properties) => {
      const mapped = ec2.network.all('nat-gateway')
        .some((nat) => ec2.network.find(nat.data.SubnetId as string)?.data.vpcId === properties.VpcId);
      if (mapped) throw new AwsError('DependencyViolation', `Network ${properties.VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`);
      if (ec2.network.find(properties.InternetGatewayId)) delete gateway(properties.InternetGatewayId).vpcId;
    },
    attribute: (_id, name, properties) => {
      if (name === 'AttachmentType') return 'IGW';
      if (name in properties) return properties[name];
      throw unknownAttribute('AWS::EC2::VPCGatewayAttachment', name);
    },
  };
}
