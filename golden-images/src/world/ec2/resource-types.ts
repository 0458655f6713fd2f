import type { ResourceType } from '../kernel';
import type { Ec2Service } from './ec2';
import { launchTemplateType } from './launch-template-type';
import { gatewayTypes } from './network/gateway-types';
import { routeTypes } from './network/route-types';
import { securityGroupTypes } from './network/security-group-types';
import { subnetTypes } from './network/subnet-types';

/** The CloudFormation resource types of EC2. */
export function ec2ResourceTypes(ec2: Ec2Service): Record<string, ResourceType> {
  return {
    'AWS::EC2::LaunchTemplate': launchTemplateType(ec2),
    ...subnetTypes(ec2),
    ...routeTypes(ec2),
    ...gatewayTypes(ec2),
    ...securityGroupTypes(ec2),
  };
}
