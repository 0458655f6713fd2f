import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { PackerRunTag } from './packer-build-props';
import { sessionPermissions } from './session-permissions';
import type { Permission } from '../../control-plane/permissions';

export interface PackerPermissionsProps {
  /** Regions in which AMIs are made; the first is the one in which instances are launched. */
  readonly regions: [home: string, ...copies: string[]];
  readonly runTag: PackerRunTag;
  /** Whether Packer makes its security group itself. */
  readonly makesSecurityGroup: boolean;
  readonly usesSessionManager: boolean;
  /** Whether AMIs and snapshots are shared with others. */
  readonly shares: boolean;
  /** Keys of the tags that snapshots of copies get, which carry no tag until then. */
  readonly copyTagKeys: readonly string[];
}

const UNNAMED = 'What Packer makes has no name before; limited to the regions of the image';
const TAGGED = 'Only what carries the run tag of this build, which is set while something is made and at no other time';

/**
 * What packer-plugin-amazon needs to build an AMI on EBS (its documentation, "IAM Task or Instance Role"; version 1.8.2, builder/common). What exists is
 * reached by the run tag alone, which the plugin gives with the request that makes something (`TagSpecifications`): instances, network interfaces, key
 * pairs and security groups, AMIs and their snapshots get `run_tags`, volumes `run_volume_tags`, copies of AMIs the tags of their original.
 * Which actions know which keys: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2".
 */
export function packerPermissions(scope: Construct, props: PackerPermissionsProps): Permission[] {
  const { regions, runTag: { key, value }, makesSecurityGroup, shares, copyTagKeys } = props;
  const here = (...types: string[]): string[] => types.map((type) => arn(scope, regions[0], type));
  const anywhere = (...types: string[]): string[] => regions.flatMap((region) => types.map((type) => arn(scope, region, type)));
  const given = { StringEquals: { [`aws:RequestTag/${key}`]: value } };
  const tagged = { StringEquals: { [`aws:ResourceTag/${key}`]: value } };
  const groups = makesSecurityGroup ? ['security-group'] : [];
  return [
    { statement: new PolicyStatement({ actions: DESCRIBE, resources: ['*'] }), wildcards: 'These actions only read, and know no resources' },
    allow(['RunInstances'], here('image', 'snapshot', 'key-pair', 'network-interface', 'security-group', 'subnet', 'volume'), UNNAMED),
    allow(['RunInstances'], here('instance'), UNNAMED, given),
    allow(['CreateVolume', ...groups.map(() => 'CreateSecurityGroup')], here('volume', ...groups), UNNAMED, given),
    ...groups.map(() => allow(['CreateSecurityGroup'], here('vpc'), 'The network is the one that the template names')),
    allow(['CopyImage', 'CreateImage', 'RegisterImage'], anywhere('image'), UNNAMED),
    allow(['CopyImage', 'CreateImage', 'CreateSnapshot'], anywhere('snapshot'), UNNAMED),
    allow([...ON_INSTANCES, ...groups.flatMap(() => ON_GROUPS)], here('instance', 'volume', ...groups), TAGGED, tagged),
    allow(['CreateVolume', 'RegisterImage'], here('snapshot'), TAGGED, tagged),
    allow([...ON_IMAGES, ...(shares ? SHARING : [])], anywhere('image', 'snapshot'), TAGGED, tagged),
    ...(shares ? [] : DESCRIBING.map((attribute) =>
      allow(['ModifyImageAttribute'], anywhere('image'), TAGGED, { ...tagged, StringLike: { [`ec2:Attribute/${attribute}`]: '*' } }))),
    allow(['CreateTags'], [...here('instance', 'volume', 'network-interface', 'key-pair', 'security-group'), ...anywhere('image', 'snapshot')], UNNAMED, {
      StringEquals: { 'ec2:CreateAction': MAKING },
    }),
    ...(copyTagKeys.length > 0 ? [allow(['CreateTags'], anywhere('snapshot'), 'Snapshots of copies carry no tag before', lateTags(props))] : []),
    { statement: new PolicyStatement({ actions: ['ec2:CreateKeyPair', 'ec2:DeleteKeyPair'], resources: [arn(scope, regions[0], 'key-pair', 'packer_*')] }), wildcards: UNNAMED },
    ...(props.usesSessionManager ? sessionPermissions(scope, here('instance'), props.runTag) : []),
  ];
}

const DESCRIBE = [
  'ImageAttribute', 'Images', 'InstanceStatus', 'InstanceTypeOfferings', 'Instances', 'Regions', 'SecurityGroups', 'Snapshots', 'Subnets', 'Tags', 'Volumes',
  'Vpcs',
].map((what) => `ec2:Describe${what}`);
const ON_INSTANCES = [
  'AttachVolume', 'CreateImage', 'CreateSnapshot', 'DeleteVolume', 'DetachVolume', 'GetPasswordData', 'ModifyInstanceAttribute', 'StopInstances', 'TerminateInstances',
];
const ON_GROUPS = ['AuthorizeSecurityGroupIngress', 'DeleteSecurityGroup'];
const ON_IMAGES = ['CreateTags', 'DeleteSnapshot', 'DeregisterImage', 'EnableImageDeprecation'];
const SHARING = ['ModifyImageAttribute', 'ModifySnapshotAttribute'];
/**
 * What of an AMI may be changed without sharing it. A request changes one attribute (API reference, ModifyImageAttribute), and `ec2:Attribute/…` is there
 * for those with a `Value` only, which launch permissions have not (Amazon EC2 User Guide, "ec2:Attribute condition key").
 */
const DESCRIBING = ['Description', 'ImdsSupport'];
// For CopyImage, assumption: copied-tags-on-create.
const MAKING = ['RunInstances', 'CreateImage', 'CopyImage', 'RegisterImage', 'CreateSnapshot', 'CreateVolume', 'CreateKeyPair', 'CreateSecurityGroup'];

const allow = (actions: string[], resources: string[], wildcards: string, conditions?: Record<string, unknown>): Permission => ({
  statement: new PolicyStatement({ actions: actions.map((each) => `ec2:${each}`), resources, ...(conditions ? { conditions } : {}) }),
  wildcards,
});

/** Never the run tag, by which a snapshot of somebody else would become one of this build. */
const lateTags = ({ copyTagKeys, runTag: { key, value } }: PackerPermissionsProps): Record<string, unknown> => ({
  'ForAllValues:StringEquals': { 'aws:TagKeys': copyTagKeys },
  'Null': { 'aws:TagKeys': 'false' },
  'StringNotEquals': { [`aws:RequestTag/${key}`]: value },
});

/** AMIs and snapshots have no account in their ARNs. */
function arn(scope: Construct, region: string, resource: string, resourceName = '*'): string {
  const account = resource === 'image' || resource === 'snapshot' ? { account: '' } : {};
  return Stack.of(scope).formatArn({ service: 'ec2', region, ...account, resource, resourceName });
}
