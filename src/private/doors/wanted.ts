import { CLASSES, ENUMS, INTERFACES, STRUCTS } from './api.generated';
import { withArticle } from './described';
import { parametersOf } from './signature';
import { kindsOf } from '../kinds';
import { misspelt } from '../nearest';

/** How to make what this library does not make. */
const MADE_BY: Record<string, string> = {
  Duration: 'write Duration.minutes(5), or another unit',
  Size: 'write Size.gibibytes(8), or another unit',
  TimeZone: "write TimeZone.of('Europe/Berlin'), or TimeZone.EUROPE_BERLIN",
  OperatingSystemVersion: "write OperatingSystemVersion.UBUNTU_24_04, or OperatingSystemVersion.of(OperatingSystemFamily.UBUNTU, '24.04')",
  InstanceType: "write new ec2.InstanceType('m7i.large')",
  Construct: 'pass the construct in which it stands, such as this',
  IConstruct: 'pass the construct in which it stands, such as this',
  Channel: "write image.latest or image.channel('production')",
  IImage: 'pass a PatchedBaseImage, a RoleImage, or what RoleImage.fromImageAttributes(…) gives',
  IVpc: 'pass a Vpc, or import one with ec2.Vpc.fromLookup(…)',
  ISecurityGroup: 'pass a SecurityGroup, or import one with ec2.SecurityGroup.fromSecurityGroupId(…)',
  IKey: 'pass a Key, or import one with kms.Key.fromKeyArn(…)',
  IRole: 'pass a Role, or import one with iam.Role.fromRoleName(…)',
  IBucket: 'pass a Bucket, or import one with s3.Bucket.fromBucketName(…)',
  ISecret: 'pass a Secret, or import one with secretsmanager.Secret.fromSecretNameV2(…)',
  IAlarm: 'pass an Alarm, or import one with cloudwatch.Alarm.fromAlarmArn(…)',
  IAlarmAction: 'write new cloudwatch_actions.SnsAction(topic), or another action',
  boolean: 'write true or false',
};

/** What is commonly given instead, and how that becomes what is wanted. */
const BECOMES: Record<string, string> = {
  'Step Component': "make a component of it: Component.fromSteps('name', { buildSteps: [step] })",
  'ParentImage IImage': "make an image of it first: new PatchedBaseImage(this, 'Base', { parent, schedule })",
  'Channel IImage': 'write channel.image, and name the channel with parentChannel',
  'Source Step': "make a step of it: Step.download(source, '/path')",
  'Condition Step': 'make a step of it: Step.assertThat(condition)',
  'Channel string': 'write channel.channelName',
  'Component Step': 'list components in the image, and steps in Component.fromSteps',
};

/** What a type is, for the error. */
export function expected(type: string): string {
  const list = /^(.+)\[\]$/.exec(type)?.[1] ?? /^\{(.+)\}$/.exec(type)?.[1];
  if (list !== undefined) { return type.endsWith(']') ? `a list, each ${expected(list)}` : `an object whose values are each ${expected(list)}`; }
  if (type in STRUCTS) {
    const keys = parametersOf(STRUCTS[type]!);
    return `${type}: an object with ${[...keys].sort((a, b) => Number(a.optional) - Number(b.optional)).slice(0, 6).map(({ name }) => name).join(', ')}`;
  }
  return type in ENUMS ? `one of ${listed(memberNames(type))}` : withArticle(type);
}

/** What to do to get a value of a type. */
export function fix(type: string, value: unknown): string {
  const made = kindsOf(value).map((kind) => BECOMES[`${kind} ${type}`]).find((text) => text !== undefined);
  if (made === undefined && (type === 'string' || type === 'number')) { return literalFix(type, value); }
  return made ?? MADE_BY[type] ?? fixOf(type, value);
}

function literalFix(type: string, value: unknown): string {
  if (value === undefined) { return 'add it'; }
  if (type === 'string' && typeof value === 'number') { return 'write it between quotation marks'; }
  return type === 'number' && typeof value === 'string' ? 'write it without quotation marks' : `pass ${withArticle(type)}`;
}

function fixOf(type: string, value: unknown): string {
  if (type.endsWith('[]')) { return 'put it between brackets: [ … ]'; }
  if (type in STRUCTS || type.startsWith('{')) { return 'write it between braces: { … }'; }
  if (type in ENUMS) { return memberFix(type, value); }
  const factories = CLASSES[type] ?? [];
  if (factories.length > 0) { return `make it with ${factories.slice(0, 4).map((name) => `${type}.${name}(…)`).join(', ')}${factories.length > 4 ? ' or the like' : ''}`; }
  return type in INTERFACES || type in CLASSES ? `pass ${withArticle(type.replace(/^I(?=[A-Z])/, ''))}` : 'correct it';
}

const listed = (names: string[]): string => (names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', '));

const memberNames = (type: string): string[] => Object.keys(ENUMS[type]!).filter((name) => Number.isNaN(Number(name))).map((name) => `${type}.${name}`);

function memberFix(type: string, value: unknown): string {
  const members = new Map(memberNames(type).flatMap((name) => [[name.split('.')[1]!, name], [String(ENUMS[type]![name.split('.')[1]!]), name]]));
  const near = typeof value === 'string' ? misspelt(value, members.keys()) : undefined;
  return near === undefined ? `write a member of ${type}` : `write ${members.get(near)}`;
}
