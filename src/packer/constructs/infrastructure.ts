import { Stack } from 'aws-cdk-lib';
import { InstanceType, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Alias, Key, type IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { BuildInfrastructureProps } from '../../image/build-infrastructure';
import type { InfrastructurePlan } from '../plan';

/** Properties for `BuildInfrastructure`. What the template names by id is imported below the scope. */
export function infrastructureProps(scope: Construct, settings: InfrastructurePlan): BuildInfrastructureProps {
  const { instanceTypes, subnetId, securityGroupId, kmsKeyId } = settings;
  const network = subnetId === undefined ? {} : {
    // Only the subnet that is named is used, and only a security group of ours asks for the VPC.
    vpc: Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: settings.vpcId ?? 'vpc-00000000', availabilityZones: ['unused'] }),
    subnets: { subnets: [Subnet.fromSubnetId(scope, 'Subnet', subnetId)] },
  };
  return {
    ...network,
    ...(instanceTypes.length > 0 ? { instanceTypes: instanceTypes.map((type) => new InstanceType(type)) } : {}),
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
