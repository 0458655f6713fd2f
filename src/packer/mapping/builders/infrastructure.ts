import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc, type InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Alias, Key, type IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { instanceType } from './parent';
import type { BuildInfrastructureProps } from '../../../image/build-infrastructure';
import type { Block } from '../../template/model';
import type { Notices } from '../../template/notices';
import { Values } from '../values';

/** Where a builder builds. */
export interface InfrastructureSettings {
  readonly instanceTypes: InstanceType[];
  readonly vpcId?: string;
  readonly subnetId?: string;
  readonly securityGroupId?: string;
  readonly kmsKeyId?: string;
}

const KEY = /^(?:alias\/[A-Za-z0-9/_-]+|[0-9a-f-]{36}|mrk-[0-9a-f]{32}|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+)$/;

export function infrastructureOf(builder: Block, notices: Notices): InfrastructureSettings {
  const values = Values.of(builder);
  const type = values.text('instance_type');
  const groups = [...values.texts('security_group_id'), ...values.texts('security_group_ids')];
  if (groups.length > 1) notices.warn(values.place('security_group_ids'), `build instances have one security group: only ${groups[0]} is taken over`);
  const settings = {
    instanceTypes: type === undefined ? [] : [instanceType(values, type)],
    vpcId: id(values, 'vpc_id', values.text('vpc_id'), 'vpc'),
    subnetId: id(values, 'subnet_id', values.text('subnet_id'), 'subnet'),
    securityGroupId: id(values, 'security_group_ids', groups[0], 'sg'),
    kmsKeyId: values.text('kms_key_id'),
  };
  if (settings.kmsKeyId !== undefined && !KEY.test(settings.kmsKeyId)) values.fail('kms_key_id', '"kms_key_id" is no id, alias or ARN of a key', 'correct it');
  if (settings.vpcId !== undefined && settings.subnetId === undefined) {
    values.fail('vpc_id', 'a VPC is given without a subnet', 'add "subnet_id"; nothing is looked up in AWS while a template is read');
  }
  if (settings.subnetId !== undefined && settings.vpcId === undefined && settings.securityGroupId === undefined) {
    values.fail('subnet_id', 'a subnet is given without its VPC, which a security group needs', 'add "vpc_id" or "security_group_id"');
  }
  return settings;
}

function id(values: Values, name: string, text: string | undefined, prefix: string): string | undefined {
  if (text !== undefined && !new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(text)) {
    values.fail(name, `"${text.slice(0, 60)}" is no id`, `write ${prefix}- and hexadecimal digits`);
  }
  return text;
}

/** Properties for `BuildInfrastructure`. What the template names by id is imported below the scope. */
export function infrastructureProps(scope: Construct, settings: InfrastructureSettings): BuildInfrastructureProps {
  const { instanceTypes, subnetId, securityGroupId, kmsKeyId } = settings;
  const network = subnetId === undefined ? {} : {
    // Only the subnet that is named is used, and only a security group of ours asks for the VPC.
    vpc: Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: settings.vpcId ?? 'vpc-00000000', availabilityZones: ['unused'] }),
    subnets: { subnets: [Subnet.fromSubnetId(scope, 'Subnet', subnetId)] },
  };
  return {
    ...network,
    ...(instanceTypes.length > 0 ? { instanceTypes } : {}),
    ...(securityGroupId === undefined ? {} : { securityGroup: SecurityGroup.fromSecurityGroupId(scope, 'SecurityGroup', securityGroupId) }),
    ...(kmsKeyId === undefined ? {} : { encryptionKey: importedKey(scope, kmsKeyId) }),
  };
}

function importedKey(scope: Construct, key: string): IKey {
  const alias = /(?:^|:)(alias\/.*)$/.exec(key)?.[1];
  if (alias !== undefined) return Alias.fromAliasName(scope, 'Key', alias);
  const arn = key.startsWith('arn:') ? key : Stack.of(scope).formatArn({ service: 'kms', resource: 'key', resourceName: key });
  return Key.fromKeyArn(scope, 'Key', arn);
}
