import { Stack, Tags } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { literal, newStack, Synthesized } from './fixture';
import { Component, Step } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage, type PatchedBaseImageProps } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';

const PIPELINE = 'AWS::ImageBuilder::ImagePipeline';
const WORKFLOW = 'AWS::ImageBuilder::Workflow';

const windows = (stack: Stack, sysprep?: boolean, parent = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025)): PatchedBaseImage =>
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), sysprep });
const role = (stack: Stack, base: PatchedBaseImage, id: string, sysprep?: boolean): RoleImage =>
  new RoleImage(stack, id, { parent: base, sysprep, components: [echoOnWindows()] });

const echoOnWindows = (name = 'hello'): Component => Component.fromSteps(name, { buildSteps: [Step.powershell(`Write-Output ${name}`)] });

/** One base, and roles that say each whether they want Sysprep. */
const synthesized = (base: boolean | undefined, ...roles: (boolean | undefined)[]): Synthesized => {
  const stack = newStack();
  const parent = windows(stack, base);
  roles.forEach((sysprep, index) => role(stack, parent, `Role${index}`, sysprep));
  return new Synthesized(stack);
};

describe('an image without Sysprep', () => {
  test('is built by a workflow that does all that the service does, but for Sysprep', () => {
    const { Properties } = synthesized(false).ofType(WORKFLOW)[0]!;
    const document = parse(literal(Properties.Data));
    expect(Properties).toMatchObject({ Name: 'web--build-without-sysprep', Type: 'BUILD', Version: '1.0.0' });
    expect(document.steps.map(({ action }: any) => action))
      .toEqual(['LaunchInstance', 'ExecuteComponents', 'CollectImageMetadata', 'CreateImage', 'TerminateInstance']);
    expect(document.outputs).toEqual([{ name: 'ImageId', value: '$.stepOutputs.CreateOutputAmi.imageId' }]);
    expect(String(document.schemaVersion)).toBe('1');
  });

  test('is still tested: where workflows are listed, no other is run', () => {
    const { Properties } = synthesized(false).named(PIPELINE, 'web--base');
    expect(Properties.Workflows.map(({ WorkflowArn }: any) => literal(WorkflowArn))).toEqual([
      expect.stringMatching(/BuildWithoutSysprep.*\.Arn$/),
      'arn:AWS::Partition:imagebuilder:AWS::Region:aws:workflow/test/test-image/x.x.x',
    ]);
  });

  test('is built in a role that only Image Builder of this account may assume, with the policy made for that', () => {
    const template = synthesized(false);
    const [id] = template.named(PIPELINE, 'web--base').Properties.ExecutionRole['Fn::GetAtt'];
    const { Properties } = template.resources[id]!;
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'imagebuilder.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
    expect(Properties.ManagedPolicyArns.map(literal)).toEqual(['arn:AWS::Partition:iam::aws:policy/EC2ImageBuilderExecutionPolicy']);
    expect(Properties.Policies).toBeUndefined();
  });

  test('costs a workflow and a role for the check of Sysprep, once a stack, and only where it is wanted', () => {
    const count = (...sysprep: Parameters<typeof synthesized>): number => Object.keys(synthesized(...sysprep).resources).length;
    expect(count(false) - count(undefined)).toBe(1);
    expect(count(false, false, false) - count(undefined, undefined, undefined)).toBe(1);
    expect(count(undefined, false) - count(undefined, undefined)).toBe(2);
    expect(count(true, true)).toBe(count(undefined, undefined));
  });

  test('leaves the images beside it as they are', () => {
    const { Properties } = synthesized(undefined, false).named(PIPELINE, 'web--base');
    expect(Properties).not.toHaveProperty('Workflows');
    expect(Properties).not.toHaveProperty('ExecutionRole');
  });

  test('is another image than the one with Sysprep: a deploy builds it', () => {
    const hashes = ([undefined, true, false] as const).map((sysprep) => synthesized(sysprep).registry.images[0]!.contentHash);
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  test('new tags leave the document as it is: they change in place', () => {
    const data = (tag?: string): string => {
      const stack = newStack();
      windows(stack, false);
      if (tag !== undefined) Tags.of(stack).add('Team', tag);
      return literal(new Synthesized(stack).ofType(WORKFLOW)[0]!.Properties.Data);
    };
    expect(new Set([data(), data('one'), data('two')]).size).toBe(1);
    expect(data()).toMatch(/^# content: [0-9a-f]{32}\nname: build-without-sysprep\n/);
  });

  test('tells its components, which Linux has no need of', () => {
    const seen = (parent: ParentImage, sysprep?: boolean): boolean | undefined => {
      let found: boolean | undefined;
      const probe: Component = { bind: (_scope, options) => { found = options.sysprep; return { componentName: 'probe', componentArn: 'arn:probe', content: '' }; } };
      new PatchedBaseImage(newStack(), 'Base', { parent, schedule: BuildSchedule.daily(), sysprep, components: [probe] });
      return found;
    };
    expect(seen(ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025))).toBe(true);
    expect(seen(ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), false)).toBe(false);
    expect(seen(ParentImage.amazonLinux2023())).toBeUndefined();
  });
});

test.each([true, false])('refused on Linux: sysprep %s', (sysprep) => {
  expect(() => windows(newStack(), sysprep, ParentImage.amazonLinux2023()))
    .toThrow(`Web/Base: sysprep is ${sysprep}, and the image is Linux; expected sysprep on Windows images only; leave sysprep out`);
});

describe('the check of what Sysprep needs', () => {
  const image = (
    props: Partial<PatchedBaseImageProps> = {}, parent = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025),
  ): Synthesized => {
    const stack = newStack();
    new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), ...props });
    return new Synthesized(stack);
  };
  const lastOf = (template: Synthesized): string => literal(template.named('AWS::ImageBuilder::ImageRecipe', 'web--base').Properties.Components.at(-1).ComponentArn);

  test('is the last component of each Windows image that Sysprep generalizes, and of no other', () => {
    expect(lastOf(image())).toContain('sysprepready');
    expect(lastOf(image({ components: [echoOnWindows()] }))).toContain('sysprepready');
    expect(lastOf(image({ sysprep: true }))).toContain('sysprepready');
    [image({ sysprep: false }), image({ skipSysprepCheck: 'tested' }), image({}, ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04))]
      .forEach((template) => expect(lastOf(template)).not.toContain('sysprepready'));
  });

  test('costs one component a stack', () => {
    const [one, two] = [[undefined], [undefined, undefined]].map((roles) => synthesized(undefined, ...roles).ofType('AWS::ImageBuilder::Component'));
    expect([one, two].map((components) => components!.filter(({ Properties }) => Properties.Name === 'web--sysprep-ready').length)).toEqual([1, 1]);
  });

  test('is left out with a reason, which the template keeps beside the recipe', () => {
    const { Metadata } = image({ skipSysprepCheck: 'the app of one user is wanted, and tested' }).named('AWS::ImageBuilder::ImageRecipe', 'web--base') as any;
    expect(Metadata).toMatchObject({ 'cdk-golden-images:skipSysprepCheck': 'the app of one user is wanted, and tested' });
  });

  test.each([
    [{ skipSysprepCheck: ' ' }, undefined, 'skipSysprepCheck is empty'],
    [{ skipSysprepCheck: 'why', sysprep: false }, undefined, 'skipSysprepCheck is given, and Sysprep does not generalize the image'],
    [{ skipSysprepCheck: 'why' }, ParentImage.amazonLinux2023(), 'skipSysprepCheck is given, and Sysprep does not generalize the image'],
  ])('%j is refused', (props, parent, message) => {
    expect(() => image(props, parent)).toThrow(message);
  });

  test('takes one of the twenty components of a recipe', () => {
    const many = (count: number): Component[] => Array.from({ length: count }, (_, index) => echoOnWindows(`step-${index}`));
    expect(() => image({ components: many(18) })).not.toThrow();
    expect(() => image({ components: many(19) })).toThrow('the image has 20 components; expected 1 to 19');
    expect(() => image({ components: many(19), sysprep: false })).not.toThrow();
    expect(() => image({ components: many(19), skipSysprepCheck: 'tested' })).not.toThrow();
  });
});
