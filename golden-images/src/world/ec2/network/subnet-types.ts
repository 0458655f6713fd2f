import type { ResourceType } from '../../kernel';
import type { Ec2Service } from '../ec2';
import { unknownAttribute } from '../unknown-attribute';
import { createVpc } from './default-vpc';
import type { SubnetData, VpcData } from './model';

export function subnetTypes(ec2: Ec2Service): Record<string, ResourceType> {
  return { 'AWS::EC2::VPC': vpc(ec2), 'AWS::EC2::Subnet': subnet(ec2) };
}

function vpc(ec2: Ec2Service): ResourceType {
  return {
    properties: { CidrBlock: 'replace', EnableDnsHostnames: 'update', EnableDnsSupport: 'update', InstanceTenancy: 'update', Tags: 'update' },
    create: (context, properties) => {
      const { id } = createVpc(ec2.network, {
        cidr: properties.CidrBlock,
        isDefault: false,
        dnsHostnames: flag(properties.EnableDnsHostnames),
        dnsSupport: flag(properties.EnableDnsSupport ?? true),
      });
      ec2.tags.put(id, [...context.tags, ...(properties.Tags ?? [])]);
      return id;
    },
    update: (_context, id, properties) => {
      const { data } = ec2.network.require<VpcData>('vpc', id);
      data.dnsHostnames = flag(properties.EnableDnsHostnames);
      data.dnsSupport = flag(properties.EnableDnsSupport ?? true);
      ec2.tags.put(id, properties.Tags);
    },
    delete: (_context, id) => { if (ec2.network.find(id)) ec2.network.delete('vpc', id); },
    attribute: (id, name) => {
      const { data } = ec2.network.require<VpcData>('vpc', id);
      const attributes: Record<string, unknown> = {
        VpcId: id,
        CidrBlock: data.cidr,
        CidrBlockAssociations: [`vpc-cidr-assoc-${id.slice(4)}`],
        DefaultSecurityGroup: ec2.network.defaultSecurityGroup(id),
        Ipv6CidrBlocks: [],
      };
      if (!(name in attributes)) throw unknownAttribute('AWS::EC2::VPC', name);
      return attributes[name];
    },
  };
}

function subnet(ec2: Ec2Service): ResourceType {
  return {
    properties: { VpcId: 'replace', CidrBlock: 'replace', AvailabilityZone: 'replace', MapPublicIpOnLaunch: 'update', Tags: 'update' },
    create: (context, properties) => {
      ec2.network.require('vpc', properties.VpcId);
      const { id } = ec2.network.add<SubnetData>('subnet', {
        vpcId: properties.VpcId,
        cidr: properties.CidrBlock,
        availabilityZone: properties.AvailabilityZone ?? `${ec2.network.world.region}a`,
        isDefault: false,
        mapPublicIp: flag(properties.MapPublicIpOnLaunch),
      }, [...context.tags, ...(properties.Tags ?? [])]);
      return id;
    },
    update: (_context, id, properties) => {
      ec2.network.require<SubnetData>('subnet', id).data.mapPublicIp = flag(properties.MapPublicIpOnLaunch);
      ec2.tags.put(id, properties.Tags);
    },
    delete: (_context, id) => { if (ec2.network.find(id)) ec2.network.delete('subnet', id); },
    attribute: (id, name) => {
      const { data } = ec2.network.require<SubnetData>('subnet', id);
      const attributes: Record<string, unknown> = {
        SubnetId: id, VpcId: data.vpcId, CidrBlock: data.cidr, AvailabilityZone: data.availabilityZone, Ipv6CidrBlocks: [],
      };
      if (!(name in attributes)) throw unknownAttribute('AWS::EC2::Subnet', name);
      return attributes[name];
    },
  };
}

/** Booleans of a template may be strings. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true';
}
