import { checkedImageBuilder } from './documents';
import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { World } from '../../../../golden-images/src/world/kernel';

const ARN = 'arn:aws:imagebuilder:eu-central-1:aws:image';
const NAME = 'amazon-linux-2023-x86';
const data = (module: string): string => `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Say\n        action: ${module}\n        inputs:\n          commands: ['echo x']\n`;

function setUp() {
  const world = new World({ start: Date.UTC(2026, 10, 3), region: 'eu-central-1' });
  const service = checkedImageBuilder(world);
  const call = (operation: string, input: object): Promise<any> => world.call(service, operation, { ...input });
  const recipe = async (parentImage: string, platform = 'Linux') => {
    const component = await call('CreateComponent', { name: `say-${platform}`, semanticVersion: '1.0.0', platform, data: data(platform === 'Linux' ? 'ExecuteBash' : 'ExecutePowerShell') });
    return call('CreateImageRecipe', { name: 'web', semanticVersion: '1.0.0', parentImage, components: [{ componentArn: component.componentBuildVersionArn }] });
  };
  return { world, service, call, recipe, managed: service.builds.managed };
}

test('Amazon has images of its own beside those of the account, each with an AMI', async () => {
  const { call, world } = setUp();
  expect(await call('ListImages', { owner: 'Self' })).toEqual({ imageVersionList: [] });
  const first = await call('ListImages', { owner: 'Amazon', filters: [{ name: 'name', values: [NAME] }] });
  expect(first.imageVersionList).toEqual([expect.objectContaining({ arn: `${ARN}/${NAME}/2026.11.3`, version: '2026.11.3', platform: 'Linux' })]);
  const { imageSummaryList: [build] } = await call('ListImageBuildVersions', { imageVersionArn: first.imageVersionList[0].arn });
  expect(build).toMatchObject({ arn: `${ARN}/${NAME}/2026.11.3/1`, state: { status: 'AVAILABLE' } });
  const ami = world.get(Ec2Service).image(build.outputResources.amis[0].image)!;
  expect(ami).toMatchObject({ architecture: 'x86_64', platform: 'linux', public: true, blockDevices: [expect.objectContaining({ deviceName: '/dev/xvda' })] });
});

test.each([['x.x.x', '2026.11.5'], ['2026.x.x', '2026.11.5'], ['2026.11.3', '2026.11.3']])('%s is the newest that matches', async (version, expected) => {
  const { call, managed, world } = setUp();
  managed.publish(NAME);
  await world.timeline.runUntil(world.now + 48 * 3_600_000);
  managed.publish(NAME);
  expect((await call('GetImage', { imageBuildVersionArn: `${ARN}/${NAME}/${version}` })).image.version).toBe(`${expected}/1`);
});

test('a second version of a day has the next number, which the next day has not', async () => {
  const { managed, world } = setUp();
  const published = [managed.publish(NAME), managed.publish(NAME)];
  await world.timeline.runUntil(world.now + 24 * 3_600_000);
  expect([...published, managed.publish(NAME)].map(({ version }) => version)).toEqual(['2026.11.3', '2026.11.4', '2026.11.5']);
});

test('the platform of a recipe is that of its parent', async () => {
  await setUp().recipe(`${ARN}/windows-server-2025-english-core-base-x86/x.x.x`, 'Windows');
  await expect(setUp().recipe(`${ARN}/${NAME}/x.x.x`, 'Windows')).rejects.toThrow('the parent image is Linux');
});

test.each([
  ['a name that Amazon has not', `${ARN}/amazon-linux-2024-x86/x.x.x`, 'Amazon manages no image amazon-linux-2024-x86 here'],
  ['a version that Amazon has not', `${ARN}/${NAME}/2019.x.x`, `${ARN}/${NAME}/2019.x.x cannot be resolved`],
])('%s is refused', async (_, arn, message) => {
  await expect(setUp().recipe(arn)).rejects.toThrow(message);
});
