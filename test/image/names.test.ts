import { literal, newRole, newStack, Synthesized } from './fixture';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';

/** Renaming one of these replaces what is deployed: a change here is a breaking change. */
test('logical ids are frozen', () => {
  const stack = newStack();
  newRole(stack).addChannel('production');
  const { resources } = new Synthesized(stack);
  const ids = Object.entries(resources).filter(([, { Type }]) => /ImageBuilder|Seed$|Registry$/.test(Type)).map(([id, { Type }]) => `${id} ${Type}`);
  expect(ids.sort()).toEqual([
    'GoldenImagesControlPlaneComponentsecho7C63C3EB AWS::ImageBuilder::Component',
    'GoldenImagesControlPlaneComponentsupdatelinux40872627 AWS::ImageBuilder::Component',
    'GoldenImagesControlPlaneComponentswaitforfirstboot1762E368 AWS::ImageBuilder::Component',
    'GoldenImagesControlPlaneRegistry1E8680D1 Custom::GoldenImagesRegistry',
    'GoldenImagesControlPlaneSeed1ABD5D39 Custom::GoldenImagesSeed',
    'GoldenImagesInfrastructureBuildInfrastructureX86644DAE1E81 AWS::ImageBuilder::InfrastructureConfiguration',
    'GoldenImagesPipelineBaseCAE66217 AWS::ImageBuilder::ImagePipeline',
    'GoldenImagesPipelineRole4B168D88 AWS::ImageBuilder::ImagePipeline',
    'GoldenImagesRecipeBaseCAE66217 AWS::ImageBuilder::ImageRecipe',
    'GoldenImagesRecipeRole4B168D88 AWS::ImageBuilder::ImageRecipe',
  ]);
});

test('names of resources and parameters are frozen', () => {
  const stack = newStack();
  newRole(stack).addChannel('production');
  const template = new Synthesized(stack);
  const names = Object.values(template.resources).filter(({ Type }) => Type.startsWith('AWS::ImageBuilder')).map(({ Properties }) => Properties.Name);
  expect(names.sort()).toEqual([
    'web--base', 'web--base', 'web--build-infrastructure-x86-64', 'web--echo', 'web--role', 'web--role', 'web--update-linux',
    'web--wait-for-first-boot',
  ]);
  expect(template.seeds.map(({ name }) => name)).toEqual([
    '/imagebuilder/golden-images/web/base/latest',
    '/imagebuilder/golden-images/web/role/latest',
    '/imagebuilder/golden-images/web/role/production',
  ]);
  expect(literal(template.ofType('AWS::ImageBuilder::ImagePipeline')[0]!.Properties.LoggingConfiguration.ImageLogGroupName))
    .toMatch(/^\/aws\/imagebuilder\/web--build-infrastructure\/\w+\.RoleId$/);
});

test('names of parameters of parents that are looked up are frozen', () => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.rockyLinux(OperatingSystemVersion.ROCKY_LINUX_9), schedule: BuildSchedule.daily() });
  expect(new Synthesized(stack).seeds.map(({ name }) => name)).toEqual([
    '/imagebuilder/golden-images/web/parents/lookups/c4b36197d85f753e',
    '/imagebuilder/golden-images/web/base/latest',
  ]);
});

test('warning ids are frozen', () => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.fromAmiId('ami-0123456789abcdef0'), schedule: BuildSchedule.daily() });
  expect(new Synthesized(stack).warnings.map((warning) => /\[ack: (.*)\]/.exec(warning)?.[1]).sort()).toEqual([
    'cdk-golden-images:defaultVpc', 'cdk-golden-images:rootDeviceUnknown',
  ]);
});

test('names do not depend on the order of construction', () => {
  const inOrder = (ids: string[]) => {
    const stack = newStack();
    const parent = ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04);
    ids.forEach((id) => new PatchedBaseImage(stack, id, { parent, schedule: BuildSchedule.daily() }));
    return Object.keys(new Synthesized(stack).resources).sort();
  };
  expect(inOrder(['A', 'B', 'C'])).toEqual(inOrder(['C', 'A', 'B']));
});
