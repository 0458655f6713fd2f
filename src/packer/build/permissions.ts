import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { PackerRunTag } from './packer-build-props';
import type { Permission } from '../../control-plane/permissions';

export interface PackerPermissionsProps {
  /** Regions in which AMIs are made. */
  readonly regions: string[];
  readonly runTag: PackerRunTag;
  /** Whether Packer makes its security group itself. */
  readonly makesSecurityGroup: boolean;
  readonly usesSessionManager: boolean;
}

const UNNAMED = 'What Packer makes has no name before; limited to the regions of the image';

/**
 * What packer-plugin-amazon needs to build an AMI on EBS (its documentation, "IAM Task or Instance Role"), each action on what it is for.
 * Instances are told from others by a tag that the template gives them with the request that launches them, key pairs by Packer's prefix.
 */
export function packerPermissions(scope: Construct, props: PackerPermissionsProps): Permission[] {
  const ec2 = (...types: string[]): string[] => props.regions.flatMap((region) => types.map((type) => arn(scope, region, type)));
  const { key, value } = props.runTag;
  return [
    { statement: new PolicyStatement({ actions: DESCRIBE, resources: ['*'] }), wildcards: 'These actions only read, and know no resources' },
    allow(['RunInstances'], ec2('image/*', 'snapshot/*', 'key-pair/*', 'network-interface/*', 'security-group/*', 'subnet/*', 'volume/*')),
    allow(['RunInstances'], ec2('instance/*'), { StringEquals: { [`aws:RequestTag/${key}`]: value } }),
    allow(ON_INSTANCES, ec2('instance/*'), { StringEquals: { [`aws:ResourceTag/${key}`]: value } }),
    allow(ON_IMAGES, ec2('image/*', 'snapshot/*', 'volume/*')),
    allow(['CreateKeyPair', 'DeleteKeyPair'], ec2('key-pair/packer_*')),
    allow(['CreateTags'], ec2('image/*', 'snapshot/*')),
    allow(['CreateTags'], ec2('instance/*', 'volume/*', 'network-interface/*', 'key-pair/*', 'security-group/*'), { StringEquals: { 'ec2:CreateAction': MAKING } }),
    ...(props.makesSecurityGroup
      ? [allow(['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'DeleteSecurityGroup'], ec2('security-group/*', 'vpc/*'))]
      : []),
    ...(props.usesSessionManager ? sessions(scope, ec2('instance/*'), props.runTag) : []),
  ];
}

const DESCRIBE = [
  'ImageAttribute', 'Images', 'InstanceStatus', 'InstanceTypeOfferings', 'Instances', 'Regions', 'SecurityGroups', 'Snapshots', 'Subnets', 'Tags', 'Volumes',
  'Vpcs',
].map((what) => `ec2:Describe${what}`);
const ON_INSTANCES = ['AttachVolume', 'CreateImage', 'DetachVolume', 'GetPasswordData', 'ModifyInstanceAttribute', 'StopInstances', 'TerminateInstances'];
const ON_IMAGES = [
  'AttachVolume', 'CopyImage', 'CreateImage', 'CreateSnapshot', 'CreateVolume', 'DeleteSnapshot', 'DeleteVolume', 'DeregisterImage', 'DetachVolume',
  'EnableImageDeprecation', 'ModifyImageAttribute', 'ModifySnapshotAttribute', 'RegisterImage',
];
const MAKING = ['RunInstances', 'CreateKeyPair', 'CreateSecurityGroup', 'CreateVolume'];

const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): Permission => ({
  statement: new PolicyStatement({ actions: actions.map((each) => `ec2:${each}`), resources, ...(conditions ? { conditions } : {}) }),
  wildcards: UNNAMED,
});

function sessions(scope: Construct, instances: string[], { key, value }: PackerRunTag): Permission[] {
  const stack = Stack.of(scope);
  const document = stack.formatArn({ service: 'ssm', account: '', resource: 'document', resourceName: 'AWS-StartPortForwardingSession' });
  return [
    {
      statement: new PolicyStatement({ actions: ['ssm:StartSession'], resources: instances, conditions: { StringEquals: { [`ssm:resourceTag/${key}`]: value } } }),
      wildcards: UNNAMED,
    },
    { statement: new PolicyStatement({ actions: ['ssm:StartSession'], resources: [document] }) },
    {
      statement: new PolicyStatement({
        actions: ['ssm:ResumeSession', 'ssm:TerminateSession'],
        resources: [stack.formatArn({ service: 'ssm', resource: 'session', resourceName: '${aws:userid}-*' })],
      }),
      wildcards: 'Sessions are named after who began them; limited to its own',
    },
  ];
}

/** AMIs and snapshots have no account in their ARNs. */
function arn(scope: Construct, region: string, resource: string): string {
  const [type, name] = resource.split('/') as [string, string];
  const account = type === 'image' || type === 'snapshot' ? { account: '' } : {};
  return Stack.of(scope).formatArn({ service: 'ec2', region, ...account, resource: type, resourceName: name });
}

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
