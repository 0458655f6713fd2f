import { Token } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { RenderedResource } from './rendered';
import { roomFor } from './rollout-intent';
import { timing } from './timing-checks';
import type { RolloutIntent } from '../contract';

/** A group and its launch template, as the template of the stack will show them. */
export interface RenderedGroup {
  readonly group: RenderedResource;
  readonly template: RenderedResource;
  /** Properties of the lifecycle hooks that are declared beside the group. */
  readonly hooks: ReadonlyArray<Record<string, any>>;
  /** Paths of the warm pools of the group. */
  readonly warmPools?: readonly string[];
}

/** What is known of the root volume of an image. */
export interface RootVolume {
  readonly deviceName?: string;
  /** Size of its snapshot. */
  readonly gibibytes?: number;
}

/** What a group of the fleet must fit. */
export interface Expectations {
  /** `resolve:ssm:…` of the fleet's parameter, resolved. */
  readonly imageId: unknown;
  /** `x86_64` or `arm64`; absent where the image's architecture is not known. */
  readonly architecture?: string;
  readonly rollout: RolloutIntent;
  readonly rootVolume: RootVolume;
}

export type Check = (parts: RenderedGroup, expected: Expectations) => string[];

/** What is wrong with a group; each says the wrong value, the expected one and the fix. */
export const checkGroup: Check = (parts, expected) =>
  [
    updatePolicy, attributeBased, weights, warmPool, ownTemplates, image, secrets, rootDevice, rootSize, architectures, canary, protection, timing,
  ].flatMap((check) => check(parts, expected));

const updatePolicy: Check = ({ group }) =>
  Object.keys(group.UpdatePolicy ?? {}).filter((policy) => policy !== 'AutoScalingScheduledAction').map((policy) =>
    `the group has the update policy ${policy}, so that deploys would replace instances; expected none; remove 'updatePolicy': the fleet rolls the group`);

const attributeBased: Check = ({ group, template }) => {
  const requirements = [template.Properties?.LaunchTemplateData?.InstanceRequirements, ...overrides(group).map((each) => each.InstanceRequirements)];
  return requirements.some((each) => each !== undefined)
    ? ['the group selects instances by attributes (InstanceRequirements), which cannot be rolled back; expected instance types; list the types']
    : [];
};

const weights: Check = ({ group }) =>
  overrides(group).filter((each) => each.WeightedCapacity !== undefined).map((each) =>
    `the override for ${JSON.stringify(each.InstanceType)} has the weight ${JSON.stringify(each.WeightedCapacity)}, so that the capacity of the group `
    + 'counts units; expected instance types without weights, '
    + 'because a canary is counted in instances; remove the weights, or use one group for each size');

const warmPool: Check = ({ warmPools }) => (warmPools ?? []).map((path) =>
  `the group has a warm pool (${path}), whose instances go into service without being launched; expected none; remove the warm pool`);

const ownTemplates: Check = ({ group }) =>
  overrides(group).filter((each) => each.LaunchTemplateSpecification ?? each.ImageId).map((each) =>
    `the override for ${JSON.stringify(each.InstanceType)} brings its own launch template or image; expected only instance types; `
    + 'use one group for each launch template');

const image: Check = ({ template }, { imageId }) => {
  const actual = template.Properties?.LaunchTemplateData?.ImageId;
  return JSON.stringify(actual) === JSON.stringify(imageId)
    ? []
    : [`the launch template names the image ${JSON.stringify(actual)}; expected ${JSON.stringify(imageId)}; give it the fleet's 'machineImage'`];
};

const SECRET = /\{\{resolve:(?:secretsmanager|ssm-secure):/;

/**
 * "Dynamic references for secure values, such as ssm-secure and secretsmanager, aren't currently supported in custom resources" (CloudFormation
 * user guide, "Considerations when using dynamic references"): what they resolve to cannot be compared with what EC2 has.
 */
const secrets: Check = ({ template }) =>
  Object.entries(template.Properties?.LaunchTemplateData ?? {}).filter(([, member]) => SECRET.test(JSON.stringify(member))).map(([name]) =>
    `${name} of the launch template holds a secret by a dynamic reference, which EC2 shows to everybody who may describe launch template versions; expected none; `
    + 'let the instance read the secret by its role');

/** Names that AMIs give to their root device (EC2 user guide, "Device names for volumes on Amazon EC2 instances"). */
const ROOT_DEVICES = ['/dev/xvda', '/dev/sda1', '/dev/sda'];

const rootDevice: Check = ({ template }, { rootVolume: { deviceName } }) =>
  (deviceName === undefined ? [] : devices(template).map((each) => each.DeviceName))
    .filter((name) => ROOT_DEVICES.includes(name) && name !== deviceName)
    .map((name) =>
      `the launch template has a block device ${name}, which would be a second volume and not the root volume; expected ${deviceName}, the root device of the image; `
    + 'correct the device name');

const rootSize: Check = ({ template }, { rootVolume: { deviceName, gibibytes } }) =>
  devices(template).filter((each) => each.DeviceName === deviceName && Number(each.Ebs?.VolumeSize) < (gibibytes ?? 0)).map((each) =>
    `the launch template gives the root volume ${each.Ebs.VolumeSize} GiB; expected at least ${gibibytes} GiB, the size of the image's snapshot; `
    + 'raise the volume size, or leave it out');

const devices = (template: RenderedResource): Array<Record<string, any>> => template.Properties?.LaunchTemplateData?.BlockDeviceMappings ?? [];

const architectures: Check = ({ group, template }, { architecture }) => {
  const types = [template.Properties?.LaunchTemplateData?.InstanceType, ...overrides(group).map((each) => each.InstanceType)];
  const found = types.filter((type): type is string => typeof type === 'string' && !Token.isUnresolved(type)).map((type) => ({ type, is: architectureOf(type) }));
  const distinct = [...new Set(found.map(({ is }) => is))];
  if (distinct.length > 1) {
    return [`the group mixes the architectures ${distinct.join(' and ')} (${found.map(({ type }) => type).join(', ')}); expected one, as one image cannot serve two; `
      + 'use one fleet for each architecture'];
  }
  const differs = found.find(({ is }) => architecture !== undefined && is !== architecture);
  return differs ? [`the instance type ${differs.type} is ${differs.is}; expected ${architecture}, as the image is; choose another instance type or image`] : [];
};

const canary: Check = ({ group }, { rollout }) => {
  const capacity = Number(group.Properties?.MaxSize);
  if (!Number.isInteger(capacity) || capacity === 0) { return []; }
  if (rollout.canaryInstances > capacity) {
    return [`canary is ${rollout.canaryInstances}; expected at most ${capacity}, the maximum capacity of the group; lower the canary`];
  }
  const room = roomFor(rollout, capacity);
  return rollout.canaryInstances <= room ? [] : [
    `a canary of ${rollout.canaryInstances} and minHealthyPercentage ${rollout.minHealthyPercentage} cannot both hold in a group of ${capacity}: `
    + `up to maxHealthyPercentage ${rollout.maxHealthyPercentage}, ${room} can be replaced at once; expected a canary of at most ${room}; `
    + 'lower the canary or minHealthyPercentage, or raise maxHealthyPercentage',
  ];
};

/** Protection begins when an instance comes into service, so that a canary has it too (user guide, "Use instance scale-in protection"). */
const protection: Check = ({ group }, { rollout }) =>
  (group.Properties?.NewInstancesProtectedFromScaleIn === true && rollout.protectedInstances !== 'refresh'
    ? [`the group protects new instances from scale-in, and protectedInstances of the rollout is '${rollout.protectedInstances}': nothing could be replaced, nor taken back; `
      + 'expected ProtectedInstances.REFRESH; set it, or take the protection off (a capacity provider of Amazon ECS with managed termination protection sets it)']
    : []);

function overrides(group: RenderedResource): Array<Record<string, any>> {
  return branches(group.Properties?.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []);
}

/** Each element of a list, whichever way its conditions turn out. */
function branches(value: any): Array<Record<string, any>> {
  if (Array.isArray(value)) { return value.flatMap(branches); }
  const [, yes, no] = value['Fn::If'] ?? [];
  return yes === undefined ? [value] : [...branches(yes), ...branches(no)];
}

function architectureOf(type: string): string {
  return new InstanceType(type).architecture.toString();
}
