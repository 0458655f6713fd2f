import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Permission } from '../../control-plane/permissions';

/** What AWS CodeBuild needs to run in a VPC ("Allow CodeBuild access to AWS services required to create a VPC network interface"). */
export function networkPermissions(scope: Construct, subnetIds: string[]): Permission[] {
  const stack = Stack.of(scope);
  const actions = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeDhcpOptions', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'];
  const subnets = subnetIds.map((id) => stack.formatArn({ service: 'ec2', resource: 'subnet', resourceName: id }));
  return [
    {
      statement: new PolicyStatement({ actions: actions.map((each) => `ec2:${each}`), resources: ['*'] }),
      wildcards: 'AWS CodeBuild asks for these on all resources',
    },
    {
      statement: new PolicyStatement({
        actions: ['ec2:CreateNetworkInterfacePermission'],
        resources: [stack.formatArn({ service: 'ec2', resource: 'network-interface', resourceName: '*' })],
        conditions: { StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' }, ArnEquals: { 'ec2:Subnet': subnets } },
      }),
      wildcards: 'The interface has no id before; limited to the subnets of the build',
    },
  ];
}
