import { call, ref, type Scenario } from '../harness/step';

const vpcs = call('ec2:DescribeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] }, 'vpcs');
const vpc = ref('vpcs.Vpcs.0.VpcId');
const group = (GroupName: string, as: string, more = {}) => call('ec2:CreateSecurityGroup', { GroupName, Description: 'of a test', VpcId: vpc, ...more }, as);
const own = { Filters: [{ Name: 'group-name', Values: ['a', 'b'] }] };
const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'inside' }] };
const rule = (operation: string, IpPermissions: Array<Record<string, never> | object>, GroupId = ref('a.GroupId')) =>
  call(`ec2:${operation}`, { GroupId, IpPermissions: IpPermissions as never });

export const network: Scenario[] = [
  {
    name: 'the default VPC',
    steps: [
      vpcs,
      call('ec2:DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
      call('ec2:DescribeAvailabilityZones', {}),
      call('ec2:DescribeSecurityGroups', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
      call('ec2:DescribeRouteTables', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
      call('ec2:DescribeInternetGateways', {}),
      call('ec2:DescribeVpcs', { VpcIds: ['vpc-0123456789abcdef0'] }),
      call('ec2:DescribeSubnets', { SubnetIds: ['subnet-0123456789abcdef0'] }),
      call('ec2:DescribeVpcs', { Filters: [{ Name: 'tag:none', Values: ['x'] }] }),
    ],
  },
  {
    name: 'security groups and their rules',
    steps: [
      vpcs,
      group('a', 'a', { TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'k', Value: 'v' }] }] }),
      group('a', 'again'),
      group('b', 'b'),
      call('ec2:DescribeSecurityGroups', own),
      rule('AuthorizeSecurityGroupIngress', [http]),
      rule('AuthorizeSecurityGroupIngress', [http]),
      rule('AuthorizeSecurityGroupIngress', [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: ref('b.GroupId') }] }]),
      rule('AuthorizeSecurityGroupEgress', [http]),
      call('ec2:DescribeSecurityGroups', own),
      rule('RevokeSecurityGroupIngress', [{ ...http, FromPort: 81, ToPort: 81 }]),
      rule('RevokeSecurityGroupIngress', [http]),
      rule('RevokeSecurityGroupEgress', [http]),
      call('ec2:DescribeSecurityGroups', own),
      call('ec2:DeleteSecurityGroup', { GroupId: ref('a.GroupId') }),
      call('ec2:DeleteSecurityGroup', { GroupId: ref('a.GroupId') }),
      call('ec2:DescribeSecurityGroups', { GroupIds: [ref('a.GroupId')] }),
      call('ec2:DescribeSecurityGroups', own),
    ],
  },
  {
    name: 'a security group that another one names',
    steps: [
      vpcs, group('a', 'a'), group('b', 'b'),
      rule('AuthorizeSecurityGroupIngress', [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: ref('b.GroupId') }] }]),
      call('ec2:DeleteSecurityGroup', { GroupId: ref('b.GroupId') }),
    ],
  },
  {
    name: 'security groups that do not exist',
    steps: [
      call('ec2:CreateSecurityGroup', { GroupName: 'x', Description: 'y', VpcId: 'vpc-0123456789abcdef0' }),
      call('ec2:DescribeSecurityGroups', { GroupIds: ['sg-0123456789abcdef0'] }),
      call('ec2:DeleteSecurityGroup', { GroupId: 'sg-0123456789abcdef0' }),
      rule('AuthorizeSecurityGroupIngress', [http], 'sg-0123456789abcdef0'),
      rule('RevokeSecurityGroupIngress', [http], 'sg-0123456789abcdef0'),
    ],
  },
];
