import { App, Stack, Tags } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { echo, newBase, newStack, Synthesized } from './fixture';
import { Component, Step } from '../../src/component';
import { ControlPlaneSettings } from '../../src/control-plane';
import { BuildInfrastructure, BuildSchedule, DiskExport, ParentImage, PatchedBaseImage, type PatchedBaseImageProps } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';

const LONG = 'n'.repeat(50);

function longest(props: Partial<PatchedBaseImageProps> = {}, imageName = 'i'.repeat(50)): Stack {
  const stack = newStack();
  ControlPlaneSettings.apply(stack, { namespace: LONG });
  const base = new PatchedBaseImage(stack, 'Base', {
    imageName,
    parent: ParentImage.amazonLinux2023(),
    schedule: BuildSchedule.daily(),
    components: [Component.fromSteps('c'.repeat(50), { buildSteps: [Step.bash('true')] })],
    infrastructure: new BuildInfrastructure(stack, 'F'.repeat(50)),
    ...props,
  });
  base.addChannel('h'.repeat(50));
  return stack;
}

/** By type: the property with the name, and the most characters that AWS takes. */
const MAXIMA: Record<string, [property: string, maximum: number]> = {
  'AWS::CloudWatch::Alarm': ['AlarmName', 255],
  'AWS::ImageBuilder::Component': ['Name', 128],
  'AWS::ImageBuilder::ImagePipeline': ['Name', 128],
  'AWS::ImageBuilder::ImageRecipe': ['Name', 128],
  'AWS::ImageBuilder::InfrastructureConfiguration': ['Name', 128],
  'AWS::Logs::LogGroup': ['LogGroupName', 512],
  'AWS::SSM::Parameter': ['Name', 1011],
};

/** A name whose only token is the id of a role, which has 21 characters. */
const literalName = (name: any): string | undefined =>
  (name?.['Fn::Join'] ? name['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'A'.repeat(21))).join('') : name);

test('the longest namespace with the longest names gives no name that AWS refuses', () => {
  const template = new Synthesized(longest());
  for (const [type, [property, maximum]] of Object.entries(MAXIMA)) {
    const names = template.ofType(type).map(({ Properties }) => literalName(Properties[property])).filter((name) => name !== undefined);
    expect(names.length).toBeGreaterThan(0);
    names.forEach((name) => expect(name.length).toBeLessThanOrEqual(maximum));
  }
});

test('the name of an exported AMI is refused with its parts, the longest first', () => {
  const disk = (stack: Stack) => ({ encrypted: false, diskExport: DiskExport.raw({ bucket: new Bucket(stack, 'Disks') }) });
  const other = newStack('Other');
  expect(() => longest(disk(other))).toThrow(
    `the name of the exported AMI '${LONG}--${'i'.repeat(50)} {{ imagebuilder:buildDate }}' has 131 characters; `
    + 'expected at most 127 (API reference of EC2 Image Builder, AmiDistributionConfiguration, name); '
    + `shorten namespace '${LONG}' (50) or imageName '${'i'.repeat(50)}' (50) by 4`,
  );
  expect(() => longest(disk(newStack('Third')), 'i'.repeat(46))).not.toThrow();
});

const tags = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'value']));
const tagStack = (stack: Stack, count: number) => Object.entries(tags(count)).forEach(([key, value]) => Tags.of(stack).add(key, value));

test('more tags than AWS takes are refused, those of the stack and of the resource together', () => {
  const stack = newStack();
  newBase(stack, 'Base');
  tagStack(stack, 30);
  const more = Object.entries(tags(51)).slice(30);
  more.forEach(([key, value]) => Tags.of(stack).add(key, value, { includeResourceTypes: ['AWS::DynamoDB::Table'] }));
  expect(() => (stack.node.root as App).synth()).toThrow(/Web\/GoldenImagesControlPlane\/Ledger\/Resource\/Resource: the resource has 51 tags; expected at most 50, .*; remove 1 of them/);
});

test('47 tags of AMIs leave room for those of the service and of this library', () => {
  const base = (count: number) => () => new PatchedBaseImage(newStack(), 'Base', {
    parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), components: [echo()], amiTags: tags(count),
  });
  expect(base(47)).not.toThrow();
  expect(base(48)).toThrow(/Web\/Base: there are 48 amiTags; expected at most 47, .*; remove 1 of them/);
});

describe('instances of builds', () => {
  const resourceTags = (given: Record<string, string> | undefined, ofStack: number) => {
    const stack = newStack();
    const infrastructure = new BuildInfrastructure(stack, 'Infra', { resourceTags: given });
    new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), infrastructure });
    tagStack(stack, ofStack);
    return new Synthesized(stack).ofType('AWS::ImageBuilder::InfrastructureConfiguration')[0]!.Properties.ResourceTags;
  };

  test('have the tags of the stack, and those that are given', () => {
    expect(resourceTags(undefined, 0)).toBeUndefined();
    expect(resourceTags({ 'cost-center': '42', 'tag-0': 'mine' }, 2)).toEqual({ 'cost-center': '42', 'tag-0': 'mine', 'tag-1': 'value' });
  });

  test('have at most 30, and none of AWS', () => {
    expect(() => resourceTags({ more: 'x' }, 30)).toThrow(/Web\/Infra: instances of builds get 31 tags; expected at most 30, .*; remove 1 of them/);
    expect(() => resourceTags({ more: 'x' }, 30)).not.toThrow(/Resolution error/);
    expect(() => resourceTags({ 'aws:tag': 'x' }, 0)).toThrow(/^Web\/Infra: the tag 'aws:tag' is reserved; expected .*; remove it from resourceTags$/);
  });
});

test('enhanced metadata can be switched off, but not where the build workflow collects them', () => {
  const image = (props: Partial<PatchedBaseImageProps>) => {
    const stack = newStack();
    new PatchedBaseImage(stack, 'Base', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), schedule: BuildSchedule.daily(), ...props });
    return new Synthesized(stack).ofType('AWS::ImageBuilder::ImagePipeline')[0]!.Properties.EnhancedImageMetadataEnabled;
  };
  expect([image({}), image({ enhancedImageMetadata: false })]).toEqual([true, false]);
  expect(() => image({ enhancedImageMetadata: false, sysprep: false })).toThrow(/sysprep and enhancedImageMetadata are both false; .*; leave enhancedImageMetadata out/);
});
