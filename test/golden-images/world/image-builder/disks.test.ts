import { checkedImageBuilder } from './documents';
import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { World } from '../../../../golden-images/src/world/kernel';
import { S3Service } from '../../../../golden-images/src/world/s3';

const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'vmie.amazonaws.com' }, Condition: { StringEquals: { 'sts:ExternalId': 'vmimport' } } }] };
const data = 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Say\n        action: ExecuteBash\n        inputs:\n          commands: [\'echo x\']\n';
const HOUR = 3_600_000;

function setUp() {
  const world = new World();
  const service = checkedImageBuilder(world);
  const ec2 = world.get(Ec2Service);
  const s3 = world.get(S3Service);
  world.get(IamService).createRole({ RoleName: 'disks', AssumeRolePolicyDocument: trust });
  world.get(IamService).createInstanceProfile('builder', undefined);
  s3.create('disks');
  ['erp.vmdk', 'win11.ISO'].forEach((key) => s3.putObject('disks', key, Buffer.from('disk')));
  const infrastructureConfigurationArn = service.infrastructures.create({ name: 'shared', instanceProfileName: 'builder' }).arn;
  const call = (operation: string, input: object): Promise<any> => world.call(service, operation, { ...input });
  const later = async (hours = 2) => world.timeline.runUntil(world.now + hours * HOUR);
  const importTask = async (): Promise<string> => (await world.call(ec2, 'ImportImage', {
    DiskContainers: [{ Format: 'VMDK', UserBucket: { S3Bucket: 'disks', S3Key: 'erp.vmdk' } }], RoleName: 'disks',
  })).ImportTaskId as string;
  const importVm = async (semanticVersion = '1.0.0', more: object = {}) => (await call('ImportVmImage', {
    name: 'erp', semanticVersion, platform: 'Linux', vmImportTaskId: await importTask(), ...more,
  })).imageArn as string;
  const importIso = async (more: object = {}) => (await call('ImportDiskImage', {
    name: 'win11', semanticVersion: '1.0.0', platform: 'Windows', osVersion: 'Microsoft Windows 11', infrastructureConfigurationArn, uri: 's3://disks/win11.ISO', ...more,
  })).imageBuildVersionArn as string;
  const imageOf = async (arn: string) => (await call('GetImage', { imageBuildVersionArn: arn })).image;
  return { world, service, ec2, s3, infrastructureConfigurationArn, call, later, importVm, importIso, imageOf };
}

describe('importing a machine', () => {
  test('is an image once its task is done', async () => {
    const { world, importVm, imageOf, later } = setUp();
    const arn = await importVm();
    expect(arn).toMatch(/:image\/erp\/1\.0\.0\/1$/);
    await world.timeline.runUntil(world.now + 60_000);
    expect(await imageOf(arn)).toMatchObject({ state: { status: 'CREATING' }, platform: 'Linux', buildType: 'IMPORT' });
    await later();
    expect(await imageOf(arn)).toMatchObject({ state: { status: 'AVAILABLE' }, outputResources: { amis: [{ image: expect.stringMatching(/^ami-/) }] } });
  });

  test('fails with its task, and says why', async () => {
    const { s3, importVm, imageOf, later } = setUp();
    const arn = await importVm();
    s3.required('disks').remove('erp.vmdk', 0);
    await later();
    expect(await imageOf(arn)).toMatchObject({ state: { status: 'FAILED', reason: expect.stringContaining('disks/erp.vmdk') } });
  });

  test('the newest version of a pattern is the highest, not the last', async () => {
    const { service, importVm, later, world } = setUp();
    await importVm('1.10.0');
    await importVm('1.9.0');
    await later();
    const [newest] = service.builds.images;
    expect(service.builds.parentAmi({ parentImage: world.arn('imagebuilder', 'image/erp/1.x.x') } as never)).toBe(newest!.ami!.id);
  });

  test.each([
    ['another platform', { platform: 'BeOS' }], ['a version with x', { semanticVersion: '1.0.x' }],
  ])('%s is refused', async (_what, more) => {
    await expect(setUp().importVm('1.0.0', more)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });
});

describe('installing Windows from an ISO file', () => {
  test('is an image that carries its own license', async () => {
    const { ec2, importIso, imageOf, later } = setUp();
    const arn = await importIso({ windowsConfiguration: { imageIndex: 3 } });
    await later();
    const { outputResources: { amis: [{ image }] } } = await imageOf(arn);
    expect(ec2.image(image)).toMatchObject({ platform: 'windows', traits: { ownLicense: true } });
  });

  test('fails when the file is not there', async () => {
    const { importIso, imageOf, later } = setUp();
    const arn = await importIso({ uri: 's3://disks/other.ISO' });
    await later();
    expect((await imageOf(arn)).state).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('other.ISO') });
  });

  test.each([
    ['a lower-case extension', { uri: 's3://disks/win11.iso' }, 'InvalidParameterValueException'],
    ['another version', { osVersion: 'Microsoft Windows 10' }, 'InvalidParameterValueException'],
    ['Linux', { platform: 'Linux' }, 'InvalidParameterValueException'],
    ['an unknown infrastructure', { infrastructureConfigurationArn: 'arn:aws:imagebuilder:eu-central-1:123456789012:infrastructure-configuration/x' }, 'ResourceNotFoundException'],
    ['what is not modelled', { registerImageOptions: { secureBootEnabled: true } }, 'NotModelled'],
  ])('%s is refused', async (_what, more, code) => {
    await expect(setUp().importIso(more)).rejects.toMatchObject({ code });
  });
});

describe('exporting what is built', () => {
  const exportTo = (s3Bucket: string, more: object = {}) => ({ roleName: 'disks', diskImageFormat: 'VHD', s3Bucket, s3Prefix: 'web/', ...more });

  async function build(s3ExportConfiguration: object, ebs: object = {}) {
    const { world, service, infrastructureConfigurationArn, later, ...rest } = setUp();
    const component = service.components.create({ name: 'hello', semanticVersion: '1.0.0', platform: 'Linux', data }).arn;
    const recipe = service.recipes.create({
      name: 'web',
      semanticVersion: '1.0.x',
      parentImage: 'ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      components: [{ componentArn: component }],
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs }],
    });
    const distribution = service.distributions.create({ name: 'web', distributions: [{ region: world.region, s3ExportConfiguration }] });
    const pipeline = service.pipelines.create({
      name: 'web', imageRecipeArn: recipe.arn, infrastructureConfigurationArn, distributionConfigurationArn: distribution.arn,
    });
    const image = service.pipelines.execute(pipeline.arn, world.random.uuid());
    await world.timeline.runUntil(world.now + 30 * 60_000);
    const whileExporting = image.status;
    await later();
    return { world, image, whileExporting, ...rest };
  }

  test('is part of the distribution, and its disk is in the bucket', async () => {
    const { image, whileExporting, s3 } = await build(exportTo('disks'));
    expect([whileExporting, image.status]).toEqual(['DISTRIBUTING', 'AVAILABLE']);
    expect(s3.required('disks').objects('web/').map(({ key }) => key)).toEqual([expect.stringMatching(/^web\/export-ami-[0-9a-f]{17}\.vhd$/)]);
  });

  test('fails the build where it is refused', async () => {
    const { image, ec2 } = await build(exportTo('disks'), { encrypted: true });
    expect(image).toMatchObject({ status: 'FAILED', reason: expect.stringMatching(/^Export of ami-.* NotExportable: /) });
    expect(image.ami).toBeUndefined();
    expect(ec2.images.all().at(-1)!.blockDevices).toMatchObject([{ deviceName: '/dev/xvda', encrypted: true }]);
  });

  test('members that are not known are refused', async () => {
    await expect(build(exportTo('disks', { kmsKeyId: 'key' }))).rejects.toMatchObject({ code: 'NotModelled' });
  });
});
