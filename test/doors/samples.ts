import { App, Duration, Size, Stack, TimeZone } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { InstanceType, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountRootPrincipal, InstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import * as lib from '../../src';
import { ENUMS, STRUCTS } from '../../src/private/doors/api.generated';
import { parametersOf } from '../../src/private/doors/signature';

export const stack = new Stack(new App({ analyticsReporting: false }), 'Web');
const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
const step = lib.Step.bash('true');
const source = lib.Source.text('file.txt', 'text');
export const image = new lib.PatchedBaseImage(stack, 'Base', { parent: lib.ParentImage.amazonLinux2023(), schedule: lib.BuildSchedule.daily() });

/** A good value of each named type that is no options and no enumeration: what the walk puts beside a wrong one. */
const SAMPLES: Record<string, unknown> = {
  any: {},
  string: 'text',
  number: 1,
  boolean: true,
  Component: lib.Component.fromSteps('sample', { buildSteps: [step] }),
  Step: step,
  Source: source,
  Condition: lib.Condition.fileExists('/x'),
  Loop: lib.Loop.over('a'),
  RuntimeSecret: lib.RuntimeSecret.parameterName('/secret'),
  ExitCodes: lib.ExitCodes.windowsInstaller(),
  ScheduledTaskTrigger: lib.ScheduledTaskTrigger.atStartup(),
  UpdateFilter: lib.UpdateFilter.include('$_.Title'),
  OperatingSystemVersion: lib.OperatingSystemVersion.UBUNTU_24_04,
  ParentImage: lib.ParentImage.amazonLinux2023(),
  BuildSchedule: lib.BuildSchedule.daily(),
  Gate: lib.Gate.imageTests(),
  Channel: image.latest,
  RolloutTarget: lib.RolloutTarget.autoScalingGroupName('group', { launchTemplateId: 'lt-1' }),
  PackerConnection: lib.PackerConnection.template(),
  DiskExport: lib.DiskExport.raw({ bucket: Bucket.fromBucketName(stack, 'Exports', 'exports') }),
  RegisteredImage: new lib.RegisteredImage(stack, 'Registered', { initialAmi: lib.ParentImage.amazonLinux2023() }),
  IImage: image,
  Construct: stack,
  IConstruct: stack,
  Duration: Duration.minutes(5),
  Size: Size.gibibytes(8),
  TimeZone: TimeZone.ETC_UTC,
  InstanceType: new InstanceType('m7i.large'),
  IVpc: vpc,
  IKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/one'),
  IRole: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
  IGrantable: new AccountRootPrincipal(),
  IBucket: Bucket.fromBucketName(stack, 'Bucket', 'bucket'),
  ISecret: Secret.fromSecretNameV2(stack, 'Secret', 'secret'),
  IStringParameter: StringParameter.fromStringParameterName(stack, 'Parameter', '/parameter'),
  ISecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1'),
  IInstanceProfile: InstanceProfile.fromInstanceProfileName(stack, 'Profile', 'profile'),
  IAlarm: new Alarm(stack, 'Alarm', { metric: new Metric({ namespace: 'n', metricName: 'm' }), threshold: 1, evaluationPeriods: 1 }),
  IAlarmAction: new SnsAction(new Topic(stack, 'Topic')),
  IBuildInfrastructure: lib.BuildInfrastructure.shared(stack),
  AutoScalingGroup: Object.create(AutoScalingGroup.prototype, { node: { value: {} } }),
  SubnetSelection: {},
};

/** Constructs whose methods are called. */
export const CONSTRUCTS: Record<string, object> = {
  BuiltImage: image,
  ImageBase: image,
  RegisteredImage: SAMPLES.RegisteredImage as object,
  BuildInfrastructure: SAMPLES.IBuildInfrastructure as object,
  DiskImport: new lib.DiskImport(stack, 'Import'),
  Fleet: new lib.Fleet(stack, 'Fleet', { follows: image.latest }),
};

/** A value that is of a type. */
export function sample(type: string): unknown {
  if (type.endsWith('[]')) { return [sample(type.slice(0, -2))]; }
  if (type.startsWith('{')) { return { key: sample(type.slice(1, -1)) }; }
  if (type in ENUMS) { return Object.values(ENUMS[type]!).filter((value) => typeof value !== 'string' || !(value in ENUMS[type]!))[0] ?? Object.values(ENUMS[type]!)[0]; }
  if (type in STRUCTS) { return options(type); }
  if (!(type in SAMPLES)) { throw new Error(`no sample of ${type}: add one`); }
  return SAMPLES[type];
}

/** Options with all that they need. */
export const options = (type: string): Record<string, unknown> => Object.fromEntries(
  parametersOf(STRUCTS[type]!).filter(({ optional }) => !optional).map(({ name, type: each }) => [name, sample(each)]),
);
