import { Ec2Service } from '../../../../golden-images/src/world/ec2';
import { Properties, World } from '../../../../golden-images/src/world/kernel';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

async function template() {
  const world = new World();
  const ec2 = world.get(Ec2Service);
  const call = async (operation: string, input: Properties): Promise<Properties> => world.call(ec2, operation, input);
  const { LaunchTemplate } = await call('CreateLaunchTemplate', {
    LaunchTemplateName: 'web', LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.small', UserData: 'b25l' },
  });
  const { LaunchTemplateId } = LaunchTemplate;
  const on = async (operation: string, input: Properties = {}): Promise<Properties> => call(operation, { LaunchTemplateId, ...input });
  const add = async (data: Properties, more: Properties = {}): Promise<number> =>
    (await on('CreateLaunchTemplateVersion', { LaunchTemplateData: data, ...more })).LaunchTemplateVersion.VersionNumber;
  return { world, ec2, call, on, add, LaunchTemplateId };
}

test('a version takes from its source what it does not say itself', async () => {
  const { on, add } = await template();
  await add({ ImageId: 'ami-0123456789abcdef1' }, { SourceVersion: '1' });
  const { LaunchTemplateVersions } = await on('DescribeLaunchTemplateVersions');
  expect(LaunchTemplateVersions.map((each: Properties) => each.VersionNumber)).toEqual([2, 1]);
  expect(LaunchTemplateVersions[0].LaunchTemplateData).toEqual({ ImageId: 'ami-0123456789abcdef1', InstanceType: 't3.small', UserData: 'b25l' });
});

test('a version does not take the snapshots of its source, unless it says them itself', async () => {
  const { on, add } = await template();
  const devices = [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId: 'snap-0123456789abcdef0', VolumeSize: 20 } }, { DeviceName: '/dev/sdg', NoDevice: '' }];
  const source = String(await add({ ImageId: 'ami-0123456789abcdef0', BlockDeviceMappings: devices }));
  await add({ ImageId: 'ami-0123456789abcdef1' }, { SourceVersion: source });
  await add({ ImageId: 'ami-0123456789abcdef1', BlockDeviceMappings: devices }, { SourceVersion: source });
  const { LaunchTemplateVersions } = await on('DescribeLaunchTemplateVersions', { Versions: ['3', '4'] });
  expect(LaunchTemplateVersions.map((each: Properties) => each.LaunchTemplateData.BlockDeviceMappings)).toEqual([
    devices, [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 20 } }, { DeviceName: '/dev/sdg', NoDevice: '' }],
  ]);
});

test('a client token makes one version, and is refused with other data', async () => {
  const { add } = await template();
  const first = await add({ UserData: 'dHdv' }, { ClientToken: 'token' });
  expect(await add({ UserData: 'dHdv' }, { ClientToken: 'token' })).toBe(first);
  await expect(add({ UserData: 'dGhyZWU=' }, { ClientToken: 'token' })).rejects.toMatchObject({ name: 'IdempotentParameterMismatch' });
});

test('the default version stays, numbers are not given again, and every version has its result', async () => {
  const { on, add } = await template();
  await add({ UserData: 'dHdv' });
  const answer = await on('DeleteLaunchTemplateVersions', { Versions: ['1', '2', '7'] });
  expect(answer.SuccessfullyDeletedLaunchTemplateVersions.map((each: Properties) => each.VersionNumber)).toEqual([2]);
  expect(answer.UnsuccessfullyDeletedLaunchTemplateVersions.map((each: Properties) => each.VersionNumber)).toEqual([1, 7]);
  expect(await add({ UserData: 'dGhyZWU=' })).toBe(3);
  await on('ModifyLaunchTemplate', { DefaultVersion: '3' });
  expect((await on('DeleteLaunchTemplateVersions', { Versions: ['1'] })).SuccessfullyDeletedLaunchTemplateVersions).toHaveLength(1);
});

test('an image named by a parameter is resolved when asked for, with version or label', async () => {
  const { world, on, add } = await template();
  const ssm = world.get(SsmService);
  ssm.put({ Name: '/web/image', Type: 'String', Value: 'ami-0aaaaaaaaaaaaaaaa' });
  ssm.put({ Name: '/web/image', Type: 'String', Value: 'ami-0bbbbbbbbbbbbbbbb', Overwrite: true });
  const image = async (ImageId: string, ResolveAlias: boolean): Promise<string> => {
    const version = await add({ ImageId });
    return (await on('DescribeLaunchTemplateVersions', { Versions: [String(version)], ResolveAlias })).LaunchTemplateVersions[0].LaunchTemplateData.ImageId;
  };
  expect(await image('resolve:ssm:/web/image', false)).toBe('resolve:ssm:/web/image');
  expect(await image('resolve:ssm:/web/image', true)).toBe('ami-0bbbbbbbbbbbbbbbb');
  expect(await image('resolve:ssm:/web/image:1', true)).toBe('ami-0aaaaaaaaaaaaaaaa');
  await expect(image('resolve:ssm:/nothing', true)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('what does not exist is refused by its name', async () => {
  const { call, on } = await template();
  await expect(on('DescribeLaunchTemplateVersions', { Versions: ['9'] })).rejects.toMatchObject({ name: 'InvalidLaunchTemplateId.VersionNotFound' });
  await expect(call('DescribeLaunchTemplates', { LaunchTemplateIds: ['lt-0'] })).rejects.toMatchObject({ name: 'InvalidLaunchTemplateId.NotFound' });
  await expect(call('DescribeLaunchTemplates', { LaunchTemplateNames: ['x'] })).rejects
    .toMatchObject({ name: 'InvalidLaunchTemplateName.NotFoundException' });
  await expect(call('CreateLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: { ImageId: 'x' } })).rejects
    .toMatchObject({ name: 'InvalidLaunchTemplateName.AlreadyExistsException' });
  await expect(on('CreateLaunchTemplateVersion', { LaunchTemplateData: { Colour: 'red' } })).rejects.toMatchObject({ name: 'NotModelled' });
});
