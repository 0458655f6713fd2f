import { call, callOn, create, list, options, self, text, type Code } from './code';
import type { InfrastructurePlan } from '../../../../src/packer/plan';

const EC2 = 'aws-cdk-lib/aws-ec2';
const KMS = 'aws-cdk-lib/aws-kms';

/** Properties of a `BuildInfrastructure`; none where the template says nothing of it. What stands in it by id is imported. */
export function infrastructureOf(settings: InfrastructurePlan, suffix: string): Code | undefined {
  const { instanceTypes, vpcId, subnetId, securityGroupId, kmsKeyId } = settings;
  const network = subnetId === undefined ? {} : {
    // Only the subnet that is named is used, and only a security group of the library asks for the VPC.
    vpc: call('Vpc', 'fromVpcAttributes', [
      self, text(`${suffix}Vpc`), options({ vpcId: text(vpcId ?? 'vpc-00000000'), availabilityZones: list(text('unused')) }),
    ], EC2),
    subnets: options({ subnets: list(call('Subnet', 'fromSubnetId', [self, text(`${suffix}Subnet`), text(subnetId)], EC2)) }, { name: 'SubnetSelection', module: EC2 }),
  };
  const known = {
    ...network,
    instanceTypes: instanceTypes.length === 0 ? undefined : list(...instanceTypes.map((type) => create('InstanceType', [text(type)], EC2))),
    securityGroup: securityGroupId === undefined ? undefined : call('SecurityGroup', 'fromSecurityGroupId', [self, text(`${suffix}SecurityGroup`), text(securityGroupId)], EC2),
    encryptionKey: kmsKeyId === undefined ? undefined : key(kmsKeyId, `${suffix}Key`),
  };
  return Object.values(known).some((each) => each !== undefined) ? options(known) : undefined;
}

function key(id: string, construct: string): Code {
  const alias = /(?:^|:)(alias\/.*)$/.exec(id)?.[1];
  if (alias !== undefined) return call('Alias', 'fromAliasName', [self, text(construct), text(alias)], KMS);
  const parts = options({ service: text('kms'), resource: text('key'), resourceName: text(id) });
  const arn = id.startsWith('arn:') ? text(id) : callOn(self, 'formatArn', [parts]);
  return call('Key', 'fromKeyArn', [self, text(construct), arn], KMS);
}
