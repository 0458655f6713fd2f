/**
 * Properties whose change replaces a resource, for the types that groups and launch templates usually name; an update of any other
 * property leaves its id. From the property pages of the CloudFormation Template Reference ("Update requires: Replacement").
 */
const createOnly: Record<string, string[]> = {
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'GroupName', 'VpcId'],
  'AWS::EC2::Subnet': [
    'AvailabilityZone', 'AvailabilityZoneId', 'CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6Native', 'Ipv6NetmaskLength',
    'OutpostArn', 'VpcId',
  ],
  'AWS::EC2::VPC': ['CidrBlock', 'InstanceTenancy', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['IpAddressType', 'Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetControlPort', 'TargetType', 'VpcId'],
  'AWS::IAM::InstanceProfile': ['InstanceProfileName', 'Path'],
  'AWS::IAM::Role': ['Path', 'RoleName'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'],
};

/** What of a resource can change its id. Of a type that is not known here, everything may. */
export function identityOf(type: string, properties: Record<string, unknown> = {}): Record<string, unknown> {
  const names = createOnly[type];
  return names ? Object.fromEntries(names.filter((name) => name in properties).map((name) => [name, properties[name]])) : properties;
}
