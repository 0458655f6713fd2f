import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { World } from '../../../../golden-images/src/world/kernel';
import { S3Service } from '../../../../golden-images/src/world/s3';

const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'vmie.amazonaws.com' }, Condition: { StringEquals: { 'sts:ExternalId': 'vmimport' } } }] };
const HOUR = 3_600_000;

function setUp() {
  const world = new World();
  const ec2 = world.get(Ec2Service);
  const s3 = world.get(S3Service);
  world.get(IamService).createRole({ RoleName: 'disks', AssumeRolePolicyDocument: trust });
  s3.create('disks');
  s3.putObject('disks', 'erp.ova', Buffer.from('disk'));
  const call = (operation: string, input: object): any => world.call(ec2, operation, { ...input });
  const importing = (more: object = {}, key = 'erp.ova') => call('ImportImage', {
    DiskContainers: [{ Format: 'OVA', UserBucket: { S3Bucket: 'disks', S3Key: key } }], RoleName: 'disks', ...more,
  });
  const exporting = (ImageId: string, more: object = {}) => call('ExportImage', {
    ImageId, DiskImageFormat: 'VMDK', RoleName: 'disks', S3ExportLocation: { S3Bucket: 'disks', S3Prefix: 'out/' }, ...more,
  });
  const later = async (hours = 1) => world.timeline.runUntil(world.now + hours * HOUR);
  const imports = async () => (await call('DescribeImportImageTasks', {})).ImportImageTasks;
  const exports = async () => (await call('DescribeExportImageTasks', {})).ExportImageTasks;
  return { world, ec2, s3, call, importing, exporting, later, imports, exports };
}

describe('importing', () => {
  test('a disk in a bucket becomes an AMI of ours', async () => {
    const { ec2, importing, later, imports } = setUp();
    const { ImportTaskId, Status } = await importing({ Platform: 'Windows', LicenseType: 'BYOL', Description: 'ERP' });
    expect([ImportTaskId, Status]).toEqual([expect.stringMatching(/^import-ami-[0-9a-f]{17}$/), 'active']);
    expect((await imports())[0].ImageId).toBeUndefined();
    await later();
    const [task] = await imports();
    expect(task).toMatchObject({ Status: 'completed', ImageId: expect.stringMatching(/^ami-/) });
    expect(ec2.image(task.ImageId)).toMatchObject({ platform: 'windows', architecture: 'x86_64', name: ImportTaskId, blockDevices: [{ deviceName: '/dev/sda1', encrypted: false }] });
  });

  test('is encrypted where asked for', async () => {
    const { ec2, importing, later, imports } = setUp();
    await importing({ Encrypted: true, KmsKeyId: 'key' });
    await later();
    expect(ec2.image((await imports())[0].ImageId)!.blockDevices[0]!.encrypted).toBe(true);
  });

  test('a disk that is not there fails the task', async () => {
    const { importing, later, imports } = setUp();
    await importing({}, 'missing.ova');
    await later();
    expect((await imports())[0]).toMatchObject({ Status: 'deleted', StatusMessage: expect.stringMatching(/^ClientError: .*disks\/missing\.ova/) });
  });

  test('the same token is the same task', async () => {
    const { importing, imports } = setUp();
    await importing({ ClientToken: 'once' });
    await importing({ ClientToken: 'once' });
    expect(await imports()).toHaveLength(1);
  });

  test.each([
    ['a role that does not exist', { RoleName: 'other' }, 'InvalidParameter'],
    ['no disks', { DiskContainers: [] }, 'MissingParameter'],
    ['another format', { DiskContainers: [{ Format: 'QCOW2', UserBucket: { S3Bucket: 'disks', S3Key: 'erp.ova' } }] }, 'InvalidParameterValue'],
    ['arm64', { Architecture: 'arm64' }, 'InvalidParameterValue'],
    ['a key without encryption', { KmsKeyId: 'key' }, 'InvalidParameter'],
    ['what is not modelled', { UsageOperation: 'RunInstances:0800' }, 'NotModelled'],
  ])('%s is refused', async (_what, more, code) => {
    await expect(setUp().importing(more)).rejects.toMatchObject({ code });
  });
});

describe('exporting', () => {
  const plain = { name: 'plain', architecture: 'x86_64' };

  test('writes an object named after the task', async () => {
    const { ec2, s3, exporting, later, exports } = setUp();
    const { ExportImageTaskId: id } = await exporting(ec2.registerImage(plain));
    expect(id).toMatch(/^export-ami-/);
    await later();
    expect((await exports())[0]).toMatchObject({ ExportImageTaskId: id, Status: 'completed', S3ExportLocation: { S3Bucket: 'disks', S3Prefix: 'out/' } });
    expect(s3.object('disks', `out/${id}.vmdk`)).toBeDefined();
  });

  test('an AMI that is deregistered meanwhile fails the task', async () => {
    const { ec2, call, exporting, later, exports } = setUp();
    const ImageId = ec2.registerImage(plain);
    await exporting(ImageId);
    await call('DeregisterImage', { ImageId });
    await later();
    expect((await exports())[0]).toMatchObject({ Status: 'deleted' });
  });

  test('an encrypted AMI is refused', async () => {
    const { ec2, exporting } = setUp();
    const id = ec2.registerImage({ ...plain, blockDevices: [{ deviceName: '/dev/xvda', encrypted: true }] });
    await expect(exporting(id)).rejects.toMatchObject({ code: 'NotExportable' });
  });

  test('Windows is refused, but for what was imported with its own license', async () => {
    const { ec2, exporting, importing, later, imports } = setUp();
    await expect(exporting(ec2.registerImage({ ...plain, platform: 'windows' }))).rejects.toMatchObject({ code: 'NotExportable' });
    await importing({ Platform: 'Windows', LicenseType: 'BYOL' });
    await importing({ Platform: 'Windows', LicenseType: 'AWS' });
    await later();
    const [own, ofAws] = (await imports()).map(({ ImageId }: any) => ImageId);
    await exporting(ec2.registerImage({ name: 'child', architecture: 'x86_64', platform: 'windows', sourceImageId: own }));
    await expect(exporting(ofAws)).rejects.toMatchObject({ code: 'NotExportable' });
  });

  test('a second export of the AMI waits for the first, and a sixth task for another', async () => {
    const { ec2, exporting, later } = setUp();
    const ids = [1, 2, 3, 4, 5, 6].map((number) => ec2.registerImage({ ...plain, name: `plain ${number}` }));
    for (const id of ids.slice(0, 5)) await exporting(id);
    await expect(exporting(ids[0]!)).rejects.toMatchObject({ code: 'IncorrectState' });
    await expect(exporting(ids[5]!)).rejects.toMatchObject({ code: 'ResourceCountLimitExceeded' });
    await later();
    await exporting(ids[5]!);
  });

  test.each([
    ['a bucket with SSE-KMS', (s3: S3Service) => { s3.required('disks').settings.encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] }; }, {}, 'InvalidParameter'],
    ['a bucket that does not exist', () => undefined, { S3ExportLocation: { S3Bucket: 'nowhere' } }, 'InvalidParameter'],
    ['a role that VM Import/Export cannot take', () => undefined, { RoleName: 'other' }, 'InvalidParameter'],
    ['what is not modelled', () => undefined, { DryRun: true }, 'NotModelled'],
  ])('%s is refused', async (_what, prepare, more, code) => {
    const { ec2, s3, exporting } = setUp();
    prepare(s3);
    await expect(exporting(ec2.registerImage(plain), more)).rejects.toMatchObject({ code });
  });

  test('the AMI of somebody else is refused', async () => {
    const { ec2, exporting } = setUp();
    await expect(exporting(ec2.registerImage({ ...plain, owner: '999999999999', public: true }))).rejects.toMatchObject({ code: 'AuthFailure' });
  });
});
