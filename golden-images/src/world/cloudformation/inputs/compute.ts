import type { InputTable } from './model';

/** Members: the API references of Amazon EC2 Auto Scaling and Elastic Load Balancing; properties: CloudFormation's template reference. */
export const scaling: InputTable = {
  'AWS::AutoScaling::AutoScalingGroup': {
    service: 'autoscaling',
    operation: 'CreateAutoScalingGroup',
    aliases: { DefaultCooldown: 'Cooldown' },
    also: {
      EnableMetricsCollection: { Granularity: 'MetricsCollection[].Granularity', Metrics: 'MetricsCollection[].Metrics' },
    },
  },
  'AWS::AutoScaling::LifecycleHook': { service: 'autoscaling', operation: 'PutLifecycleHook' },
  'AWS::AutoScaling::ScalingPolicy': { service: 'autoscaling', operation: 'PutScalingPolicy' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    service: 'elasticloadbalancing',
    operation: 'CreateLoadBalancer',
    also: { ModifyLoadBalancerAttributes: { Attributes: 'LoadBalancerAttributes' } },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    service: 'elasticloadbalancing',
    operation: 'CreateTargetGroup',
    also: {
      ModifyTargetGroupAttributes: { Attributes: 'TargetGroupAttributes' }, RegisterTargets: { Targets: 'Targets' },
    },
  },
  'AWS::ElasticLoadBalancingV2::Listener': { service: 'elasticloadbalancing', operation: 'CreateListener' },
  'AWS::ElasticLoadBalancingV2::ListenerRule': { service: 'elasticloadbalancing', operation: 'CreateRule' },
};

/** Which members of IpPermissions the properties of one rule are. */
function permission(others: Readonly<Record<string, string>>): Record<string, string> {
  const members = {
    'IpProtocol': 'IpProtocol',
    'FromPort': 'FromPort',
    'ToPort': 'ToPort',
    'IpRanges.CidrIp': 'CidrIp',
    'IpRanges.Description': 'Description',
    'Ipv6Ranges.CidrIpv6': 'CidrIpv6',
    ...others,
  };
  return Object.fromEntries(Object.entries(members).map(([member, property]) => [`IpPermissions.${member}`, property]));
}

const source = permission({
  'UserIdGroupPairs.GroupId': 'SourceSecurityGroupId', 'PrefixListIds.PrefixListId': 'SourcePrefixListId',
});
const destination = permission({
  'UserIdGroupPairs.GroupId': 'DestinationSecurityGroupId', 'PrefixListIds.PrefixListId': 'DestinationPrefixListId',
});

/** EC2 takes tags as TagSpecifications. */
const tagged = { CreateTags: { Tags: 'Tags' } };

export const ec2: InputTable = {
  'AWS::EC2::LaunchTemplate': { service: 'ec2', operation: 'CreateLaunchTemplate' },
  'AWS::EC2::VPC': {
    service: 'ec2',
    operation: 'CreateVpc',
    also: {
      ...tagged,
      ModifyVpcAttribute: { 'EnableDnsHostnames.Value': 'EnableDnsHostnames', 'EnableDnsSupport.Value': 'EnableDnsSupport' },
    },
  },
  'AWS::EC2::Subnet': {
    service: 'ec2',
    operation: 'CreateSubnet',
    also: { ...tagged, ModifySubnetAttribute: { 'MapPublicIpOnLaunch.Value': 'MapPublicIpOnLaunch' } },
  },
  'AWS::EC2::RouteTable': { service: 'ec2', operation: 'CreateRouteTable', also: tagged },
  'AWS::EC2::Route': { service: 'ec2', operation: 'CreateRoute' },
  'AWS::EC2::SubnetRouteTableAssociation': { service: 'ec2', operation: 'AssociateRouteTable' },
  'AWS::EC2::InternetGateway': { service: 'ec2', operation: 'CreateInternetGateway', also: tagged },
  'AWS::EC2::VPCGatewayAttachment': { service: 'ec2', operation: 'AttachInternetGateway' },
  'AWS::EC2::EIP': { service: 'ec2', operation: 'AllocateAddress', also: tagged },
  'AWS::EC2::NatGateway': { service: 'ec2', operation: 'CreateNatGateway', also: tagged },
  'AWS::EC2::VPCEndpoint': {
    service: 'ec2', operation: 'CreateVpcEndpoint', also: tagged,
  },
  'AWS::EC2::FlowLog': {
    service: 'ec2', operation: 'CreateFlowLogs', aliases: { ResourceIds: 'ResourceId' }, also: tagged,
  },
  'AWS::EC2::SecurityGroup': {
    service: 'ec2',
    operation: 'CreateSecurityGroup',
    aliases: { Description: 'GroupDescription' },
    also: {
      ...tagged,
      AuthorizeSecurityGroupIngress: { IpPermissions: 'SecurityGroupIngress' },
      AuthorizeSecurityGroupEgress: { IpPermissions: 'SecurityGroupEgress' },
    },
  },
  'AWS::EC2::SecurityGroupIngress': {
    service: 'ec2', operation: 'AuthorizeSecurityGroupIngress', also: { AuthorizeSecurityGroupIngress: source },
  },
  'AWS::EC2::SecurityGroupEgress': {
    service: 'ec2', operation: 'AuthorizeSecurityGroupEgress', also: { AuthorizeSecurityGroupEgress: destination },
  },
};
