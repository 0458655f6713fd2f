import type { Difference } from './harness/compare';

/** A difference in which the local AWS follows the documentation of AWS, and moto does not; or which the documentation leaves open. */
export interface KnownDifference {
  readonly call: string;
  /** As `Difference.member`; a leading part is enough. */
  readonly member: string;
  readonly reason: string;
  /** Where AWS says so: an API reference unless it says otherwise. */
  readonly source: string;
  /** A part of what each answers. */
  readonly local?: string;
  readonly other?: string;
}

type Matched = Pick<KnownDifference, 'local' | 'other'>;

const known = (call: string, member: string, reason: string, source: string, matched: Matched = {}): KnownDifference =>
  ({ call, member, reason, source, ...matched });

/** moto does what AWS refuses. */
const accepts = (call: string, local: string, source: string): KnownDifference =>
  known(call, 'error', `moto accepts what AWS refuses with ${local}`, source, { local, other: 'succeeds' });

/** moto fails with an internal error, or with another code. */
const codes = (call: string, local: string, other: string, source: string): KnownDifference =>
  known(call, 'error', `the code is ${local}; moto says ${other}`, source, { local, other });

/** moto has no answer to a bad request but a stack trace in HTML, which no client can read. */
const crashes = (call: string, local: string, source: string): KnownDifference =>
  known(call, 'error', 'moto fails inside', source, { local, other: 'Deserialization error' });

const EC2_CODES = 'EC2 API reference, "Error codes"';
const GROUP_NOT_FOUND = 'ValidationError (AutoScalingGroup name not found';

const parameterStore: KnownDifference[] = [
  known('ssm:GetParametersByPath', 'Parameters[]', 'moto counts names without a slash to the hierarchy /', 'GetParametersByPath, Path: hierarchies start with a slash'),
  codes('ssm:GetParameter', 'ParameterVersionNotFound', 'ParameterNotFound', 'GetParameter, Errors'),
  accepts('ssm:PutParameter', 'ValidationException (Parameter name', 'PutParameter, Name'),
  accepts('ssm:PutParameter', 'ValidationException (Standard tier', 'PutParameter, Value'),
  ...['DescribeParameters', 'GetParameters'].map((operation) => known(`ssm:${operation}`, 'error', 'moto fails inside once a name was read that does not exist',
    `${operation}, Errors`, { local: 'succeeds', other: 'Deserialization error' })),
  ...['DeletedParameters[]', 'InvalidParameters[]'].map((member) => known('ssm:DeleteParameters', member, 'in moto, reading a name makes it', `DeleteParameters, ${member}`)),
  accepts('ssm:GetParameterHistory', 'ParameterNotFound', 'GetParameterHistory, Errors'),
  known('ssm:PutParameter', 'Tier', 'moto echoes the tier of the request', 'PutParameter, Response Elements: the tier assigned to the parameter', { other: 'Intelligent' }),
  accepts('ssm:PutParameter', 'ParameterPatternMismatchException', 'PutParameter, AllowedPattern'),
  known('ssm:PutParameter', 'error', 'moto has stored the value before, which did not match the pattern', 'PutParameter, AllowedPattern',
    { local: 'succeeds', other: 'ParameterAlreadyExists' }),
  known('ssm:GetParameter', 'error', 'moto does not validate aws:ec2:image', 'PutParameter, DataType', { local: 'ParameterNotFound', other: 'succeeds' }),
];

const ec2: KnownDifference[] = [
  known('ec2:DescribeImages', 'Images[].RootDeviceType', 'moto forgets the device type of a copy', 'CopyImage', { other: 'standard' }),
  known('ec2:DescribeImages', 'Images[]', 'moto forgets the tags of a copy', 'CopyImage, TagSpecification.N', { local: '"Key":"role"' }),
  accepts('ec2:DescribeImages', 'InvalidAMIID.NotFound', EC2_CODES),
  codes('ec2:DescribeImages', 'InvalidAMIID.Malformed', 'InvalidAMIID.NotFound', EC2_CODES),
  crashes('ec2:DescribeImageAttribute', 'InvalidAMIID.NotFound', EC2_CODES),
  accepts('ec2:CopyImage', 'InvalidAMIName.Duplicate', EC2_CODES),
  known('ec2:CreateLaunchTemplateVersion', 'LaunchTemplateVersion.LaunchTemplateData', 'moto answers without what SourceVersion brings',
    'CreateLaunchTemplateVersion, SourceVersion', { other: 'nothing' }),
  known('ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions[].LaunchTemplateData', 'moto keeps only the new data where SourceVersion is given',
    'CreateLaunchTemplateVersion, SourceVersion', { other: 'nothing' }),
  known('ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions[].LaunchTemplateData.TagSpecifications', 'moto mixes the tags of the template into its data',
    'CreateLaunchTemplate, TagSpecification.N', { local: 'nothing' }),
  known('ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions[].LaunchTemplateData.ImageId', 'moto ignores ResolveAlias',
    'DescribeLaunchTemplateVersions, ResolveAlias', { other: 'resolve:ssm:' }),
  known('ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions[]', 'whether a version that is named twice is told twice is left open',
    'DescribeLaunchTemplateVersions, LaunchTemplateVersion.N', { local: '[{' }),
  known('ec2:RunInstances', 'Instances[].ImageId', 'moto does not resolve resolve:ssm:', 'EC2 user guide, "Use a Systems Manager parameter instead of an AMI ID"', { other: 'resolve:ssm:' }),
  accepts('ec2:CreateLaunchTemplateVersion', 'InvalidLaunchTemplateId.VersionNotFound', EC2_CODES),
  accepts('ec2:DescribeLaunchTemplates', 'InvalidLaunchTemplateId.NotFound', EC2_CODES),
  codes('ec2:ModifyLaunchTemplate', 'InvalidLaunchTemplateName.NotFoundException', 'MissingParameter', EC2_CODES),
  codes('ec2:DeleteLaunchTemplate', 'InvalidLaunchTemplateName.NotFoundException', 'MissingParameter', EC2_CODES),
  codes('ec2:DeleteLaunchTemplate', 'InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateName.NotFoundException', EC2_CODES),
  accepts('ec2:CreateLaunchTemplate', 'InvalidLaunchTemplateName.MalformedException', EC2_CODES),
  known('ec2:DescribeInstances', 'Reservations[]', 'instances of one launch share a reservation in moto', 'DescribeInstances: instances of a group come from launches of their own'),
  known('ec2:RunInstances', 'Instances[].SubnetId', 'which default subnet is taken is left open', 'RunInstances, SubnetId'),
  known('ec2:TerminateInstances', 'TerminatingInstances[].CurrentState', 'moto lets a terminated instance shut down again', 'TerminateInstances: a second call succeeds', { local: '48' }),
  known('ec2:TerminateInstances', 'TerminatingInstances[].CurrentState', 'moto lets a terminated instance shut down again', 'TerminateInstances: a second call succeeds', { local: 'terminated' }),
  accepts('ec2:RunInstances', 'InvalidAMIID.NotFound', EC2_CODES),
  accepts('ec2:RunInstances', 'InvalidAMIID.Malformed', EC2_CODES),
  accepts('ec2:RunInstances', 'MissingParameter', 'RunInstances, ImageId'),
  crashes('ec2:RunInstances', 'InvalidLaunchTemplateId.NotFound', EC2_CODES),
  accepts('ec2:RunInstances', 'InvalidParameterValue (Value (1) for parameter maxCount', 'RunInstances, MaxCount and MinCount'),
  known('ec2:DescribeAvailabilityZones', 'AvailabilityZones[].OptInStatus', 'moto leaves it out', 'AvailabilityZone, OptInStatus'),
  known('ec2:DescribeSecurityGroups', 'SecurityGroups[].IpPermissions[]', 'moto\'s default group lets its own members not in', 'VPC user guide, "Default security groups"'),
  known('ec2:DescribeRouteTables', 'RouteTables[].Routes[]', 'moto\'s default VPC has no way out', 'VPC user guide, "Default VPC components"'),
  known('ec2:DescribeInternetGateways', 'InternetGateways[]', 'moto\'s default VPC has no internet gateway', 'VPC user guide, "Default VPC components"'),
  known('ec2:DeleteSecurityGroup', 'Return', 'moto leaves it out', 'DeleteSecurityGroup, Response Elements'),
  accepts('ec2:DeleteSecurityGroup', 'DependencyViolation', 'DeleteSecurityGroup'),
  accepts('ec2:CreateSecurityGroup', 'InvalidVpcID.NotFound', EC2_CODES),
];

const autoScaling: KnownDifference[] = [
  known('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups[].HealthCheckGracePeriod', 'moto begins with 300', 'CreateAutoScalingGroup, HealthCheckGracePeriod: Default: 0 seconds', { local: '0', other: '300' }),
  known('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups[].DefaultCooldown', 'moto ignores it in an update', 'UpdateAutoScalingGroup, DefaultCooldown'),
  known('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups[].TerminationPolicies', 'moto ignores it in an update', 'UpdateAutoScalingGroup, TerminationPolicies'),
  accepts('autoscaling:SetDesiredCapacity', 'ValidationError (New SetDesiredCapacity', 'SetDesiredCapacity'),
  accepts('autoscaling:UpdateAutoScalingGroup', 'ValidationError (Max bound', 'UpdateAutoScalingGroup, MinSize'),
  accepts('autoscaling:DeleteAutoScalingGroup', 'ResourceInUseFault', 'DeleteAutoScalingGroup'),
  codes('autoscaling:CreateAutoScalingGroup', 'ValidationError (You must use a valid', 'InvalidLaunchTemplate', 'Auto Scaling user guide, "Troubleshoot Amazon EC2 Auto Scaling: launch templates"'),
  codes('autoscaling:CreateAutoScalingGroup', 'ValidationError (The subnet ID', 'InvalidSubnetID.NotFound', 'Auto Scaling common errors: codes of EC2 are not among them'),
  codes('autoscaling:CreateAutoScalingGroup', 'ValidationError (Provided Target Groups', 'TargetGroupNotFound', 'Auto Scaling common errors: codes of Elastic Load Balancing are not among them'),
  accepts('autoscaling:CreateAutoScalingGroup', 'AlreadyExistsFault', 'CreateAutoScalingGroup, Errors'),
  accepts('autoscaling:CreateAutoScalingGroup', 'ValidationError (', 'CreateAutoScalingGroup, MinSize and DesiredCapacity'),
  ...['SetDesiredCapacity', 'SuspendProcesses', 'ResumeProcesses', 'CreateOrUpdateTags', 'AttachLoadBalancerTargetGroups']
    .map((operation) => crashes(`autoscaling:${operation}`, GROUP_NOT_FOUND, 'Auto Scaling common errors, ValidationError')),
  crashes('autoscaling:TerminateInstanceInAutoScalingGroup', 'ValidationError (Instance Id not found', 'Auto Scaling common errors, ValidationError'),
  accepts('autoscaling:PutLifecycleHook', GROUP_NOT_FOUND, 'Auto Scaling common errors, ValidationError'),
  known('autoscaling:DescribeLifecycleHooks', 'LifecycleHooks[].LifecycleTransition', 'moto forgets it in an update', 'PutLifecycleHook, LifecycleTransition', { other: 'nothing' }),
  accepts('autoscaling:SuspendProcesses', 'ValidationError (Invalid process type', 'SuspendProcesses, ScalingProcesses'),
  accepts('autoscaling:SetInstanceProtection', 'ValidationError (The instance', 'SetInstanceProtection, InstanceIds'),
];

const loadBalancing: KnownDifference[] = [
  known('elasticloadbalancing:DescribeTargetHealth', 'TargetHealthDescriptions[].HealthCheckPort', 'moto does not resolve traffic-port', 'DescribeTargetHealth, Examples', { other: 'traffic-port' }),
  known('elasticloadbalancing:DescribeTargetHealth', 'TargetHealthDescriptions[].TargetHealth', 'moto checks a group that no listener uses', 'TargetHealth, Reason: Target.NotInUse', { other: 'healthy' }),
  known('elasticloadbalancing:DescribeTargetHealth', 'TargetHealthDescriptions[].TargetHealth.Reason', 'moto checks a group that no listener uses', 'TargetHealth, Reason: Target.NotInUse', { local: 'Target.NotInUse' }),
  known('elasticloadbalancing:CreateLoadBalancer', 'LoadBalancers[].SecurityGroups', 'moto gives none', 'Application Load Balancers, "Security groups"'),
  known('elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers[].SecurityGroups', 'moto gives none', 'Application Load Balancers, "Security groups"'),
  known('elasticloadbalancing:DescribeRules', 'Rules[].RuleArn', 'the id of a default rule is generated, in moto not in the form of the others', 'DescribeRules, Examples', { local: '<hex#4>/<hex#4>' }),
  known('elasticloadbalancing:ModifyTargetGroup', 'TargetGroups[].LoadBalancerArns', 'moto does not follow what ModifyListener changes', 'TargetGroup, LoadBalancerArns'),
  accepts('elasticloadbalancing:CreateListener', 'DuplicateListenerException', 'CreateListener, Errors'),
  accepts('elasticloadbalancing:CreateLoadBalancer', 'ValidationError (At least two subnets', 'CreateLoadBalancer, Subnets'),
  accepts('elasticloadbalancing:CreateLoadBalancer', 'ValidationError (The loadBalancer name', 'CreateLoadBalancer, Name'),
  known('elasticloadbalancing:DeleteTargetGroup', 'error', 'no such error is documented', 'DeleteTargetGroup, Errors', { local: 'succeeds', other: 'TargetGroupNotFound' }),
  accepts('elasticloadbalancing:RegisterTargets', 'InvalidTargetException', 'RegisterTargets, Errors'),
];

const messages: KnownDifference[] = [
  accepts('sqs:SetQueueAttributes', 'InvalidAttributeValue', 'SetQueueAttributes, Errors'),
  accepts('sqs:SetQueueAttributes', 'InvalidAttributeName', 'SetQueueAttributes, Errors'),
  accepts('sqs:SendMessage', 'MissingParameter', 'SendMessage, MessageBody: at least one character'),
  known('sqs:GetQueueAttributes', 'Attributes.RedrivePolicy', 'moto writes the JSON anew', 'GetQueueAttributes, RedrivePolicy'),
  known('sqs:ReceiveMessage', 'Messages[].Attributes.ApproximateReceiveCount', 'whether a dead-letter queue counts from the start is left open', 'SQS developer guide, "Dead-letter queues"'),
  crashes('sqs:CreateQueue', 'InvalidParameterValue', 'SetQueueAttributes, RedrivePolicy'),
  codes('sqs:CreateQueue', 'Dead letter target does not exist', 'QueueDoesNotExist', 'SetQueueAttributes, RedrivePolicy'),
  accepts('events:PutRule', 'ValidationException', 'PutRule, Name'),
  known('monitoring:DescribeAlarms', 'MetricAlarms[].StateValue', 'moto begins with OK', 'PutMetricAlarm: the state is immediately INSUFFICIENT_DATA', { local: 'INSUFFICIENT_DATA', other: 'OK' }),
  known('monitoring:DescribeAlarms', 'MetricAlarms[].StateValue', 'moto resets the state in an update', 'PutMetricAlarm: the state of an existing alarm is left', { local: 'ALARM', other: 'OK' }),
  known('events:RemoveTargets', 'Failed', 'whether a target that is not there counts as failed is left open', 'RemoveTargets, FailedEntries'),
  accepts('monitoring:PutMetricAlarm', 'Validation', 'PutMetricAlarm'),
];

const identity: KnownDifference[] = [
  known('iam:ListRoles', 'Roles[].AssumeRolePolicyDocument', 'moto gives it unencoded', 'ListRoles: policies are URL-encoded'),
  accepts('iam:CreateRole', 'MalformedPolicyDocument', 'CreateRole, Errors'),
  accepts('iam:CreateRole', 'ValidationError', 'CreateRole, MaxSessionDuration and RoleName'),
  known('iam:AttachRolePolicy', 'error', 'moto does not load the policies of AWS unless told to, which takes minutes', 'AWS managed policy reference', { local: 'succeeds', other: 'NoSuchEntity' }),
  known('iam:ListAttachedRolePolicies', 'AttachedPolicies[]', 'moto does not load the policies of AWS unless told to', 'AWS managed policy reference'),
  known('iam:GetRole', 'Role.AssumeRolePolicyDocument', 'moto spells the policy of service-linked roles otherwise', 'Auto Scaling user guide, "Service-linked roles"'),
  codes('iam:CreateServiceLinkedRole', 'InvalidInputException', 'EntityAlreadyExistsException', 'CreateServiceLinkedRole, Errors'),
  accepts('sts:AssumeRole', 'ValidationError', 'AssumeRole, RoleSessionName'),
  accepts('sts:AssumeRole', 'AccessDenied', 'STS common errors, AccessDenied'),
  ...['KeyUsage', 'MultiRegion'].flatMap((member) => ['CreateKey', 'DescribeKey']
    .map((operation) => known(`kms:${operation}`, `KeyMetadata.${member}`, 'moto leaves it out', 'KeyMetadata', { other: 'nothing' }))),
  codes('kms:CreateAlias', 'InvalidAliasNameException', 'ValidationException', 'CreateAlias, Errors'),
  accepts('kms:CreateAlias', 'InvalidAliasNameException', 'CreateAlias, AliasName: not beginning with alias/aws/'),
  accepts('kms:ScheduleKeyDeletion', 'ValidationException', 'ScheduleKeyDeletion, PendingWindowInDays'),
  known('kms:ScheduleKeyDeletion', 'KeyId', 'moto gives the id', 'ScheduleKeyDeletion, Response Elements: the key ARN', { local: 'arn:aws:kms' }),
  ...['KeyState', 'PendingWindowInDays'].map((member) => known('kms:ScheduleKeyDeletion', member, 'moto leaves it out', 'ScheduleKeyDeletion, Response Elements', { other: 'nothing' })),
  accepts('kms:EnableKey', 'KMSInvalidStateException', 'KMS developer guide, "Key states"'),
  accepts('kms:ScheduleKeyDeletion', 'KMSInvalidStateException', 'KMS developer guide, "Key states"'),
];

export const knownDifferences: readonly KnownDifference[] = [...parameterStore, ...ec2, ...autoScaling, ...loadBalancing, ...messages, ...identity];

export function explains(listed: KnownDifference, found: Difference): boolean {
  return listed.call === found.call && found.member.startsWith(listed.member) && found.local.includes(listed.local ?? '')
    && found.other.includes(listed.other ?? '');
}
