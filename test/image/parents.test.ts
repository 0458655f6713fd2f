import type { Stack } from 'aws-cdk-lib';
import { echo, newStack, Synthesized } from './fixture';
import { OperatingSystem } from '../../src/catalog';
import { Component, Step } from '../../src/component';
import { AmiOrder, BuildSchedule, ParentImage, PatchedBaseImage, RegisteredImage, type ParentLookupOptions } from '../../src/image';
import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../src/platform';

const schedule = BuildSchedule.daily();
const GOLD: ParentLookupOptions = { owner: 'self', names: ['gold-*'], rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2023 };

function synthesized(build: (stack: Stack) => void): Synthesized {
  const stack = newStack();
  build(stack);
  return new Synthesized(stack);
}

const base = (parent: ParentImage, updates?: Component) => synthesized((stack) => { new PatchedBaseImage(stack, 'Base', { parent, schedule, updates }); });

describe('a parent that is looked up', () => {
  test('is a parameter that the seed fills before the channels, and that Image Builder may read', () => {
    const template = base(ParentImage.lookup(GOLD));
    const { seeds, registry } = template;
    const [lookup, latest] = seeds;
    expect(lookup!.name).toMatch(/^\/imagebuilder\/golden-images\/web\/parents\/lookups\/[0-9a-f]{16}$/);
    expect(lookup!.source).toEqual({ type: 'lookup', lookup: { owner: 'self', names: ['gold-*'], architecture: 'x86_64', rootDeviceName: '/dev/xvda', newestBy: 'creation-date' } });
    expect(latest!.source).toEqual({ type: 'parameter', name: lookup!.name });
    expect(template.ofType('AWS::ImageBuilder::ImageRecipe')[0]!.Properties.ParentImage).toBe(`ssm:${lookup!.name}`);
    expect(registry.lookups).toEqual([{ parameterName: lookup!.name, lookup: (lookup!.source as { lookup: object }).lookup }]);
    expect(registry.images[0]!.parent).toEqual({ type: 'external', reference: `ssm:${lookup!.name}` });
  });

  test('is one parameter for all images that look up the same, and another where anything differs', () => {
    const { seeds } = synthesized((stack) => {
      [GOLD, { ...GOLD }, { ...GOLD, names: ['other-*'] }, { ...GOLD, newestBy: AmiOrder.NAME }, { ...GOLD, rootDeviceName: undefined }].forEach((options, index) =>
        new PatchedBaseImage(stack, `Base${index}`, { parent: ParentImage.lookup(options), schedule }));
    });
    expect(new Set(seeds.filter(({ source }) => source.type === 'lookup').map(({ name }) => name)).size).toBe(4);
    expect(seeds.filter(({ source }) => source.type === 'lookup')).toHaveLength(4);
  });

  test('may be what a registered image starts with', () => {
    const { seeds } = synthesized((stack) => { new RegisteredImage(stack, 'Registered', { initialAmi: ParentImage.lookup(GOLD) }); });
    expect(seeds.map(({ source }) => source.type)).toEqual(['lookup', 'parameter']);
  });

  test.each([
    [ParentImage.redHatEnterpriseLinux(OperatingSystemVersion.RHEL_9), '309956199498', ['RHEL-9.*_HVM-*-Hourly2-GP3', 'RHEL-9.*_HVM_GA-*-Hourly2-GP3']],
    [ParentImage.redHatEnterpriseLinux(OperatingSystemVersion.of(OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, '9.6')), '309956199498',
      ['RHEL-9.6.*_HVM-*-Hourly2-GP3', 'RHEL-9.6.*_HVM_GA-*-Hourly2-GP3']],
    [ParentImage.rockyLinux(OperatingSystemVersion.ROCKY_LINUX_9), '792107900819', ['Rocky-9-EC2-Base-9.*']],
    [ParentImage.rockyLinux(OperatingSystemVersion.of(OperatingSystemFamily.ROCKY_LINUX, '9.6')), '792107900819', ['Rocky-9-EC2-Base-9.6-*']],
    [ParentImage.almaLinux(OperatingSystemVersion.ALMA_LINUX_10), '764336703387', ['AlmaLinux OS 10.*']],
  ])('of a vendor has the highest version in its name', (parent, owner, names) => {
    expect(parent.bind(newStack())).toMatchObject({ amiFilter: { owner, names, newestBy: 'name' }, rootDeviceName: '/dev/sda1' });
  });
});

describe('warnings', () => {
  const AMI = ParentImage.fromAmiId('ami-0123456789abcdef0', { rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2023 });
  const OWN = Component.fromSteps('own-updates', { buildSteps: [Step.bash('dnf -y upgrade')] });
  const ARN = 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86';
  const pinned = (version: string): ParentImage =>
    ParentImage.fromImageBuilderImage(`${ARN}/${version}`, { rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2023 });
  const locked = [expect.stringContaining('whose repositories are locked to its release')];

  test.each<[string, ParentImage, Component | undefined, unknown[]]>([
    ['an AMI whose updates are the user\'s own', AMI, OWN, locked],
    ['a version of an image whose updates are the user\'s own', pinned('2026.11.3'), OWN, locked],
    ['an AMI with the updates of the library, which are of the latest release', AMI, undefined, []],
    ['an AMI with a release that the user chose', AMI, OperatingSystem.updates(Platform.LINUX, { releaseVersion: '2023.9.20251117' }), []],
    ['an AMI with the updates of the library under a name of one\'s own', AMI, Component.named('patches', OperatingSystem.updates(Platform.LINUX)), []],
    ['an image of which the newest is taken', pinned('x.x.x'), OWN, []],
    ['a parameter that moves with the releases', ParentImage.amazonLinux2023(), OWN, []],
    ['Amazon Linux 2', ParentImage.amazonLinux2(), undefined, [expect.stringContaining('support of Amazon Linux 2 ended on June 30, 2026')]],
  ])('%s', (_, parent, updates, warnings) => {
    expect(base(parent, updates).warnings.filter((warning) => !warning.includes('defaultVpc'))).toEqual(warnings);
  });
});

test('a component that supports other systems only is refused on a parent that is known', () => {
  const component = Component.fromSteps('echo', { buildSteps: [Step.bash('true')], supportedOsVersions: [OperatingSystemVersion.AMAZON_LINUX_2, OperatingSystemVersion.RHEL_9] });
  const on = (parent: ParentImage) => () => synthesized((stack) => { new PatchedBaseImage(stack, 'Base', { parent, schedule, components: [component, echo('other')] }); });
  expect(on(ParentImage.amazonLinux2023())).toThrow(
    "Web/Base: component 'echo': it is used on Amazon Linux 2023; expected one of its supportedOsVersions: Amazon Linux 2, Red Hat Enterprise Linux 9");
  const rhel = OperatingSystemVersion.of(OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, '9.6');
  const known = on(ParentImage.fromAmiId('ami-0123456789abcdef0', { rootDeviceName: '/dev/sda1', osVersion: rhel }))();
  expect(known.named('AWS::ImageBuilder::Component', 'web--echo').Properties.SupportedOsVersions).toEqual(['Amazon Linux 2', 'Red Hat Enterprise Linux 9']);
  on(ParentImage.fromAmiId('ami-0123456789abcdef0'))();
});
