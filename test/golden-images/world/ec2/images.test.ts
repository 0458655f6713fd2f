import { Ec2Service } from '../../../../golden-images/src/world/ec2';
import { Properties, World } from '../../../../golden-images/src/world/kernel';

const world = () => {
  const made = new World();
  const ec2 = made.get(Ec2Service);
  const call = async (operation: string, input: Properties = {}): Promise<Properties> => made.call(ec2, operation, input);
  return { made, ec2, call };
};

describe('images', () => {
  test('are found by owner, name pattern and tag', async () => {
    const { ec2, call } = world();
    const mine = ec2.registerImage({ name: 'web-1', architecture: 'x86_64', tags: { role: 'web' } });
    ec2.registerImage({ name: 'al2023', architecture: 'arm64', owner: '137112412989', public: true });
    const found = async (input: Properties): Promise<string[]> => (await call('DescribeImages', input)).Images.map((image: Properties) => image.Name);
    expect(await found({ Owners: ['self'] })).toEqual(['web-1']);
    expect(await found({ Owners: ['amazon'] })).toEqual(['al2023']);
    expect(await found({ Filters: [{ Name: 'name', Values: ['web-*'] }] })).toEqual(['web-1']);
    expect(await found({ Filters: [{ Name: 'tag:role', Values: ['web'] }, { Name: 'architecture', Values: ['arm64'] }] })).toEqual([]);
    await expect(call('DescribeImages', { Filters: [{ Name: 'colour', Values: ['red'] }] })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(call('DescribeImages', { ImageIds: ['ami-00000000000000000'] })).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await expect(call('DescribeImages', { ImageIds: ['web'] })).rejects.toMatchObject({ name: 'InvalidAMIID.Malformed' });
    expect((await call('DescribeImages', { ImageIds: [mine] })).Images[0]).toMatchObject({ State: 'available', Architecture: 'x86_64', Public: false });
  });

  test('lose their launch permissions when they are disabled, and do not get them back', async () => {
    const { ec2, call } = world();
    const ImageId = ec2.registerImage({ name: 'web', architecture: 'x86_64' });
    await call('ModifyImageAttribute', { ImageId, LaunchPermission: { Add: [{ UserId: '999999999999' }] }, ImdsSupport: { Value: 'v2.0' } });
    await call('DisableImage', { ImageId });
    expect((await call('DescribeImages', { Owners: ['self'] })).Images).toEqual([]);
    await expect(call('RunInstances', { ImageId, MinCount: 1, MaxCount: 1 })).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
    await call('EnableImage', { ImageId });
    expect((await call('DescribeImageAttribute', { ImageId, Attribute: 'launchPermission' })).LaunchPermissions).toEqual([]);
    expect((await call('DescribeImages', { ImageIds: [ImageId] })).Images[0].ImdsSupport).toBe('v2.0');
  });

  test('that are protected cannot be deregistered, with a cool-down not for a day either', async () => {
    const { made, ec2, call } = world();
    const ImageId = ec2.registerImage({ name: 'web', architecture: 'x86_64' });
    await call('EnableImageDeregistrationProtection', { ImageId, WithCooldown: true });
    await expect(call('DeregisterImage', { ImageId })).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    await call('DisableImageDeregistrationProtection', { ImageId });
    await expect(call('DeregisterImage', { ImageId })).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    await made.timeline.runUntil(made.now + 24 * 3_600_000);
    await call('DeregisterImage', { ImageId, DeleteAssociatedSnapshots: true });
    expect(ec2.image(ImageId)).toBeUndefined();
    expect((await call('DescribeSnapshots', { OwnerIds: ['self'] })).Snapshots).toEqual([]);
  });

  test('are still named by their instances after they were deregistered', async () => {
    const { ec2, call } = world();
    const ImageId = ec2.registerImage({ name: 'web', architecture: 'x86_64' });
    const { Instances } = await call('RunInstances', { ImageId, InstanceType: 't3.small', MinCount: 1, MaxCount: 1 });
    await call('DeregisterImage', { ImageId });
    const { InstanceImageMetadata } = await call('DescribeInstanceImageMetadata', { InstanceIds: [Instances[0].InstanceId] });
    expect(InstanceImageMetadata[0].ImageMetadata).toMatchObject({ ImageId, State: 'deregistered' });
    await expect(call('RunInstances', { ImageId, MinCount: 1, MaxCount: 1 })).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await expect(call('DeregisterImage', { ImageId })).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
  });

  test('know their parents', async () => {
    const { ec2, call } = world();
    const base = ec2.registerImage({ name: 'base', architecture: 'x86_64' });
    const role = ec2.registerImage({ name: 'role', architecture: 'x86_64', sourceImageId: base });
    const { ImageAncestryEntries } = await call('GetImageAncestry', { ImageId: role });
    expect(ImageAncestryEntries.map((entry: Properties) => entry.ImageId)).toEqual([role, base]);
    const { ImageId } = await call('CopyImage', { Name: 'copy', SourceImageId: role, SourceRegion: 'eu-central-1' });
    expect((await call('GetImageAncestry', { ImageId })).ImageAncestryEntries).toHaveLength(3);
  });

  test('are copied once for one client token, and launch nothing while they are pending', async () => {
    const { ec2, call, made } = world();
    const id = ec2.registerImage({ name: 'base', architecture: 'x86_64' });
    ec2.imageChanges.copyMinutes = 5;
    const copy = { Name: 'copy', SourceImageId: id, SourceRegion: 'eu-central-1', ClientToken: 'token' };
    const { ImageId } = await call('CopyImage', copy);
    expect(await call('CopyImage', copy)).toEqual({ ImageId });
    await expect(call('CopyImage', { ...copy, Name: 'other' })).rejects.toMatchObject({ name: 'IdempotentParameterMismatch' });
    const launch = (): Promise<Properties> => call('RunInstances', { ImageId, InstanceType: 't3.small', MinCount: 1, MaxCount: 1 });
    await expect(launch()).rejects.toMatchObject({ name: 'InvalidAMIID.Unavailable' });
    await made.timeline.runUntil(made.now + 5 * 60_000);
    expect(ec2.image(ImageId)!.state).toBe('available');
    await expect(launch()).resolves.toBeDefined();
  });

  test('have one name each', () => {
    const { ec2 } = world();
    ec2.registerImage({ name: 'web', architecture: 'x86_64' });
    expect(() => ec2.registerImage({ name: 'web', architecture: 'x86_64' })).toThrow(expect.objectContaining({ name: 'InvalidAMIName.Duplicate' }));
  });
});

describe('instances', () => {
  test('are pending, running, shutting down, terminated, and then forgotten', async () => {
    const { made, ec2, call } = world();
    const ImageId = ec2.registerImage({ name: 'web', architecture: 'x86_64' });
    const { Instances } = await call('RunInstances', { ImageId, InstanceType: 't3.small', MinCount: 1, MaxCount: 1 });
    const InstanceIds = [Instances[0].InstanceId];
    const state = async (): Promise<string> => (await call('DescribeInstances', { InstanceIds })).Reservations[0].Instances[0].State.Name;
    expect(await state()).toBe('pending');
    await made.timeline.runUntil(made.now + 60_000);
    expect(await state()).toBe('running');
    await call('TerminateInstances', { InstanceIds });
    expect(await state()).toBe('shutting-down');
    await made.timeline.runUntil(made.now + 60_000);
    expect(await state()).toBe('terminated');
    await made.timeline.runUntil(made.now + 2 * 3_600_000);
    expect((await call('DescribeInstances')).Reservations).toEqual([]);
  });

  test('refuse what the model does not know', async () => {
    const { ec2, call } = world();
    const ImageId = ec2.registerImage({ name: 'web', architecture: 'x86_64' });
    await expect(call('RunInstances', { ImageId, MinCount: 1, MaxCount: 1, LicenseSpecifications: [] })).rejects
      .toMatchObject({ name: 'NotModelled', message: expect.stringContaining('LicenseSpecifications') });
  });
});
