import { Duration, Size, Stack, Tags, TimeZone } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { echo, newBase, newRole, newStack, Synthesized } from './fixture';
import { Component, Step } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, Platform, RoleImage, WeekDay } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { Gate } from '../../src/release';

const RECIPE = 'AWS::ImageBuilder::ImageRecipe';
const PIPELINE = 'AWS::ImageBuilder::ImagePipeline';

describe('a patched base image', () => {
  const synthesize = (parent: ParentImage) => {
    const stack = newStack();
    const schedule = BuildSchedule.weekly({ weekDay: WeekDay.TUESDAY, hour: 3, timeZone: TimeZone.EUROPE_BERLIN });
    new PatchedBaseImage(stack, 'Base', { parent, schedule });
    return new Synthesized(stack);
  };

  test('is built from its parent, patched, encrypted, under a stable name', () => {
    expect(synthesize(ParentImage.amazonLinux2023()).named(RECIPE, 'web--base')).toMatchObject({
      Properties: {
        ParentImage: 'ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        Version: '1.0.x',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, DeleteOnTermination: true } }],
        AmiTags: { 'golden-images:owner': 'web/base' },
      },
    });
  });

  test('is built whenever its schedule says, not only when a dependency changed', () => {
    expect(synthesize(ParentImage.amazonLinux2023()).named(PIPELINE, 'web--base').Properties).toMatchObject({
      Schedule: {
        ScheduleExpression: 'cron(0 3 ? * TUE *)', Timezone: 'Europe/Berlin', PipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY',
      },
      ImageTestsConfiguration: { ImageTestsEnabled: true },
      EnhancedImageMetadataEnabled: true,
    });
  });

  test('updates the operating system of its platform', () => {
    expect(synthesize(ParentImage.amazonLinux2023()).component('web--update-linux')).toMatch(/action: UpdateOS[\s\S]*action: Reboot/);
    expect(synthesize(ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025)).named('AWS::ImageBuilder::Component', 'web--update-windows').Properties.Platform).toBe('Windows');
  });

  test('starts with the AMI of its parent, before recipes are made', () => {
    const template = synthesize(ParentImage.amazonLinux2023());
    expect(template.seeds).toEqual([{
      name: '/imagebuilder/golden-images/web/base/latest',
      owner: 'Web/Base',
      source: { type: 'parameter', name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
    }]);
    const [seed] = Object.entries(template.resources).find(([, { Type }]) => Type === 'Custom::GoldenImagesSeed')!;
    expect(template.named(RECIPE, 'web--base').DependsOn).toContain(seed);
  });

  test('tells the registry what it is', () => {
    expect(synthesize(ParentImage.amazonLinux2023()).registry.images).toMatchObject([{
      name: 'base',
      scheduled: true,
      parent: { type: 'external', reference: 'ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
      channels: [{ name: 'latest', parameterName: '/imagebuilder/golden-images/web/base/latest', gates: [] }],
      regions: ['AWS::Region'],
    }]);
  });
});

describe('a role image', () => {
  test('stands on the channel of its parent, so that a new parent needs no new recipe', () => {
    const stack = newStack();
    const baseline = newRole(stack, 'Baseline');
    new RoleImage(stack, 'WebServer', { parent: baseline, components: [echo('Other')] });
    const template = new Synthesized(stack);
    expect(template.named(RECIPE, 'web--baseline').Properties.ParentImage).toBe('ssm:/imagebuilder/golden-images/web/base/latest');
    expect(template.named(RECIPE, 'web--web-server').Properties.ParentImage).toBe('ssm:/imagebuilder/golden-images/web/baseline/latest');
    expect(template.registry.images[2]).toMatchObject({
      scheduled: false,
      parent: { type: 'image', image: 'baseline', channel: 'latest', parameterName: '/imagebuilder/golden-images/web/baseline/latest' },
    });
    expect(template.named(PIPELINE, 'web--web-server').Properties.Schedule).toBeUndefined();
  });

  test('starts with what its parent starts with, after it', () => {
    const stack = newStack();
    newRole(stack);
    expect(new Synthesized(stack).seeds.map(({ name, source }) => [name, source])).toEqual([
      ['/imagebuilder/golden-images/web/base/latest', { type: 'parameter', name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' }],
      ['/imagebuilder/golden-images/web/role/latest', { type: 'parameter', name: '/imagebuilder/golden-images/web/base/latest' }],
    ]);
  });

  test('follows another channel of its parent where told so', () => {
    const stack = newStack();
    const base = newBase(stack);
    base.addChannel('candidate');
    new RoleImage(stack, 'Role', { parent: base, parentChannel: 'candidate', components: [echo()] });
    expect(new Synthesized(stack).named(RECIPE, 'web--role').Properties.ParentImage).toBe('ssm:/imagebuilder/golden-images/web/base/candidate');
  });

  test('has the platform and the architecture of its parent', () => {
    const stack = newStack();
    const parent = new PatchedBaseImage(stack, 'Base', {
      parent: ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64), schedule: BuildSchedule.daily(),
    });
    const role = new RoleImage(stack, 'Role', { parent, components: [echo()], rootVolumeSize: Size.gibibytes(50) });
    expect([role.platform, role.architecture, role.rootDeviceName]).toEqual([Platform.LINUX, InstanceArchitecture.ARM_64, '/dev/xvda']);
    const template = new Synthesized(stack);
    expect(template.named(RECIPE, 'web--role').Properties.BlockDeviceMappings[0].Ebs.VolumeSize).toBe(50);
    expect(template.ofType('AWS::ImageBuilder::InfrastructureConfiguration')[0]!.Properties.InstanceTypes).toEqual(['m7g.large', 'm6g.large']);
  });

  test('in another stack waits for the stack of its parent', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root, 'Other');
    new RoleImage(other, 'Role', { parent: newBase(stack), components: [echo()] });
    expect(other.dependencies).toEqual([stack]);
  });

  test('stands on an image that another app declares', () => {
    const stack = newStack();
    const parent = RoleImage.fromImageAttributes(stack, 'Parent', {
      imageName: 'hardened', namespace: 'platform', channelNames: ['production'], ledgerTableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/Platform-Ledger',
    });
    new RoleImage(stack, 'Role', { parent, parentChannel: 'production', components: [echo()] });
    expect(new Synthesized(stack).named(RECIPE, 'web--role').Properties.ParentImage)
      .toBe('ssm:/imagebuilder/golden-images/platform/hardened/production');
    expect(parent.channel('production').parameterArn).toMatch(/:parameter\/imagebuilder\/golden-images\/platform\/hardened\/production$/);
  });
});

describe('channels', () => {
  test('gates are recorded', () => {
    const stack = newStack();
    const role = newRole(stack);
    role.addChannel('candidate');
    role.addChannel('production');
    role.addChannel('slow', { gates: [Gate.imageTests(), Gate.soak(Duration.days(2), { channelName: 'candidate' })] });
    role.addChannel('free', { gates: [] });
    expect(new Synthesized(stack).registry.images[1]!.channels.map(({ name, gates }) => [name, gates])).toEqual([
      ['latest', []],
      ['candidate', [{ type: 'image-tests' }]],
      ['production', [{ type: 'image-tests' }, { type: 'soak', channel: 'latest', seconds: 86_400 }]],
      ['slow', [{ type: 'image-tests' }, { type: 'soak', channel: 'candidate', seconds: 172_800 }]],
      ['free', []],
    ]);
  });
});

describe('the content hash', () => {
  const hashOf = (change: (stack: Stack) => void): string => {
    const stack = newStack();
    change(stack);
    return new Synthesized(stack).registry.images.find(({ name }) => name === 'role')!.contentHash;
  };
  const role = (component: Component, props: object = {}) => (stack: Stack) => {
    new RoleImage(stack, 'Role', { parent: newBase(stack), components: [component], ...props });
  };

  test('changes with what is in the image', () => {
    const hashes = [
      role(echo()), role(echo('Echo', 'echo other')), role(echo(), { rootVolumeSize: Size.gibibytes(9) }), role(echo(), { version: '2.0.x' }),
      role(echo(), { amiTags: { team: 'web' } }), role(Component.amazonManaged('aws-cli-version-2-linux')),
    ].map(hashOf);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('does not change with descriptions, tags of resources, or other images', () => {
    const plain = hashOf(role(echo()));
    expect(hashOf(role(echo(), { description: 'another' }))).toBe(plain);
    expect(hashOf(role(Component.fromSteps('Echo', { buildSteps: [Step.bash('echo hello')], description: 'another' })))).toBe(plain);
    expect(hashOf((stack) => {
      Tags.of(stack).add('team', 'web');
      role(echo())(stack);
      newRole(new Stack(stack, 'Nested'), 'Further');
    })).toBe(plain);
  });
});
