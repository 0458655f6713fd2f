import { instanceTypeOf } from './instance-type';
import type { InfrastructurePlan } from '../../plan';
import { present } from '../present';
import type { Values } from '../values';

const KEY = /^(?:alias\/[A-Za-z0-9/_-]+|[0-9a-f-]{36}|mrk-[0-9a-f]{32}|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+)$/;

/** Where a builder builds. */
export function infrastructureOf(values: Values): InfrastructurePlan {
  const type = instanceTypeOf(values);
  const settings = present({
    instanceTypes: type === undefined ? [] : [type],
    vpcId: id(values, 'vpc_id', values.text('vpc_id'), 'vpc'),
    subnetId: id(values, 'subnet_id', values.text('subnet_id'), 'subnet'),
    securityGroupId: securityGroup(values),
    kmsKeyId: keyOf(values, 'kms_key_id'),
  });
  checkNetwork(values, settings);
  return settings;
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

function checkNetwork(values: Values, { vpcId, subnetId, securityGroupId }: InfrastructurePlan): void {
  if (vpcId !== undefined && subnetId === undefined && values.setting('subnet_id') === undefined) {
    values.fail('vpc_id', 'a VPC is given without a subnet', 'add "subnet_id"; nothing is looked up in AWS while a template is read');
  }
  if (subnetId !== undefined && vpcId === undefined && securityGroupId === undefined) {
    values.fail('subnet_id', 'a subnet is given without its VPC, which a security group needs', 'add "vpc_id" or "security_group_id"');
  }
}

function id(values: Values, name: string, text: string | undefined, prefix: string): string | undefined {
  if (text === undefined || new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(text)) return text;
  return values.fail(name, `"${text.slice(0, 60)}" is no id`, `write ${prefix}- and hexadecimal digits`);
}
