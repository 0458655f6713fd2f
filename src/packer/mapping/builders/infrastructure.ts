import { instanceTypesOf } from './instance-type';
import type { InfrastructurePlan } from '../../plan';
import { present } from '../present';
import type { Values } from '../values';

const KEY = /^(?:alias\/[A-Za-z0-9/_-]+|[0-9a-f-]{36}|mrk-[0-9a-f]{32}|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+)$/;

/** Where a builder builds. */
export function infrastructureOf(values: Values): InfrastructurePlan {
  return present({ instanceTypes: instanceTypesOf(values), ...networkOf(values), kmsKeyId: keyOf(values, 'kms_key_id') });
}

type Network = Pick<InfrastructurePlan, 'vpcId' | 'subnetId' | 'securityGroupId'>;

/** The network, where all of it is named by id. A part of it alone is none: what AWS would be asked for is told in a warning. */
function networkOf(values: Values): Network {
  const vpcId = id(values, 'vpc_id', values.text('vpc_id'), 'vpc');
  const subnetId = id(values, 'subnet_id', values.text('subnet_id'), 'subnet');
  const securityGroupId = securityGroup(values);
  if (subnetId === undefined && vpcId !== undefined && values.setting('subnet_id') === undefined) {
    return leftOut(values, 'vpc_id', 'a VPC without the id of a subnet');
  }
  if (subnetId === undefined && securityGroupId !== undefined && values.setting('subnet_filter') !== undefined) {
    return leftOut(values, 'security_group_ids', 'a security group without the id of a subnet');
  }
  if (subnetId !== undefined && vpcId === undefined && securityGroupId === undefined) {
    return leftOut(values, 'subnet_id', 'a subnet without the id of its VPC or of a security group');
  }
  return { vpcId, subnetId, securityGroupId };
}

function leftOut(values: Values, name: string, what: string): Network {
  values.part.warn(values.place(name), `the network is not taken over: the template has ${what}, and nothing is looked up in AWS while it is read; give the image a `
    + 'BuildInfrastructure with vpc, subnets and security group: without one, it is built in the default VPC');
  return {};
}

function securityGroup(values: Values): string | undefined {
  const groups = [...values.texts('security_group_id'), ...values.texts('security_group_ids')];
  if (groups.length > 1) values.part.warn(values.place('security_group_ids'), `build instances have one security group: only ${groups[0]} is taken over`);
  return id(values, 'security_group_ids', groups[0], 'sg');
}

/** The id, alias or ARN of a key. */
export function keyOf(values: Values, name: string): string | undefined {
  const key = values.text(name);
  return key === undefined || KEY.test(key) ? key : values.fail(name, `"${name}" is no id, alias or ARN of a key`, 'correct it');
}

function id(values: Values, name: string, text: string | undefined, prefix: string): string | undefined {
  if (text === undefined || new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(text)) return text;
  return values.fail(name, `"${text.slice(0, 60)}" is no id`, `write ${prefix}- and hexadecimal digits`);
}
