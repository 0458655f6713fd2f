import { Annotations, Aspects, CfnElement, Stack } from 'aws-cdk-lib';
import { CfnSubnet, CfnVPCEndpoint, Vpc, type ISubnet, type IVpc, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';

/**
 * What a build instance calls, by the last part of the endpoint's service name. EC2 Image Builder user guide, "VPC interface endpoints" (imagebuilder;
 * s3, from which the component manager is downloaded); Systems Manager user guide, "Improve the security of EC2 instances by using VPC endpoints" (ssm,
 * ssmmessages; ec2messages for older agents is not counted); CloudWatch Logs user guide (logs).
 */
export const BUILD_ENDPOINTS = ['imagebuilder', 'logs', 's3', 'ssm', 'ssmmessages'];

/** Warns of a subnet from which a build instance reaches nothing, as far as the app knows it: the build would time out. */
export function warnOfBuildNetwork(scope: IConstruct, vpc: IVpc, selection: SubnetSelection | undefined): void {
  const [subnet] = vpc.selectSubnets(selection).subnets;
  // At the end, when all endpoints are declared.
  Aspects.of(scope).add({
    visit: (node) => {
      const problem = node === scope && subnet ? problemOf(vpc, subnet) : undefined;
      if (problem) { Annotations.of(scope).addWarningV2('cdk-golden-images:buildSubnetUnreachable', problem); }
    },
  });
}

function problemOf(vpc: IVpc, subnet: ISubnet): string | undefined {
  const isOf = (subnets: ISubnet[]): boolean => subnets.some(({ subnetId }) => subnetId === subnet.subnetId);
  if (isOf(vpc.publicSubnets)) { return publicProblem(subnet); }
  return isOf(vpc.isolatedSubnets) && vpc instanceof Vpc ? isolatedProblem(vpc, subnet) : undefined;
}

/** An infrastructure configuration has no setting for addresses: the subnet decides. */
function publicProblem(subnet: ISubnet): string | undefined {
  const resource = subnet.node.defaultChild;
  return resource instanceof CfnSubnet && resource.mapPublicIpOnLaunch === false
    ? `the public subnet ${subnet.node.path} gives instances no public address, so that builds reach nothing; use private subnets, or mapPublicIpOnLaunch`
    : undefined;
}

function isolatedProblem(vpc: Vpc, subnet: ISubnet): string | undefined {
  const missing = BUILD_ENDPOINTS.filter((service) => !endpointsOf(vpc).some((name) => name.endsWith(`.${service}`)));
  return missing.length === 0
    ? undefined
    : `the subnet ${subnet.node.path} is isolated, and its VPC has no endpoints for ${missing.join(', ')}, so that builds do not get to work; `
      + 'add them with vpc.addInterfaceEndpoint and vpc.addGatewayEndpoint, or use subnets that reach the internet';
}

/** Service names of the endpoints that the app declares for the VPC, with references left out. */
function endpointsOf(vpc: Vpc): string[] {
  const resolved = (value: unknown): string => JSON.stringify(Stack.of(vpc).resolve(value));
  const isOfVpc = ({ vpcId }: CfnVPCEndpoint): boolean => resolved(vpcId) === resolved(vpc.vpcId);
  return vpc.node.root.node.findAll()
    .filter((each): each is CfnVPCEndpoint => CfnElement.isCfnElement(each) && each instanceof CfnVPCEndpoint && isOfVpc(each))
    .map((each) => JSON.stringify(Stack.of(each).resolve(each.serviceName)).replace(/[^a-z0-9.-]+$/i, ''));
}
