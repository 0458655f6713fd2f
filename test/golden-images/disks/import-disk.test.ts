import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { DiskError, readDisk } from '../../../golden-images/src/disks/disk';
import { followImport, startImport, type DiskRequest, type ImportPorts } from '../../../golden-images/src/disks/import-disk';
import type { DiskTarget } from '../../../golden-images/src/disks/target';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../golden-images/src/world/iam';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { S3Service } from '../../../golden-images/src/world/s3';

const trust = {
  Statement: [{
    Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'vmie.amazonaws.com' }, Condition: { StringEquals: { 'sts:ExternalId': 'vmimport' } },
  }],
};

function setUp() {
  const world = new World();
  world.get(IamService).createRole({ RoleName: 'disks', AssumeRolePolicyDocument: trust });
  world.get(IamService).createInstanceProfile('builder', undefined);
  const s3 = world.get(S3Service);
  s3.create('disks');
  ['erp.vmdk', 'win11.ISO'].forEach((key) => s3.putObject('disks', key, Buffer.from('disk')));
  const infrastructure = world.get(ImageBuilderService).infrastructures.create({ name: 'shared', instanceProfileName: 'builder' }).arn;
  const target: DiskTarget = { bucket: 'disks', role: 'disks', infrastructure };
  const settings = { region: world.region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: inProcessHandler(world) as never };
  const said: string[] = [];
  const ports: ImportPorts = {
    ec2: new EC2Client(settings),
    imageBuilder: new ImagebuilderClient(settings),
    wait: () => world.timeline.runUntil(world.now + 600_000),
    say: (text) => said.push(text),
  };
  const request = (disk: string, more: Partial<DiskRequest> = {}): DiskRequest =>
    ({ disk: readDisk(disk), name: 'erp', version: '1.0.0', platform: 'Linux', ...more });
  const bring = async (disk: string, more: Partial<DiskRequest> = {}, at = target) =>
    followImport(await startImport(request(disk, more), at, ports), ports);
  return { world, s3, target, said, bring, ec2: world.get(Ec2Service) };
}

test('a disk becomes an AMI, and progress is told once', async () => {
  const { bring, ec2, said } = setUp();
  expect(ec2.image(await bring('s3://disks/erp.vmdk'))).toMatchObject({ platform: 'linux', description: 'erp 1.0.0', blockDevices: [{ encrypted: false }] });
  expect(said).toEqual([expect.stringMatching(/^import-ami-\w+ converting 27 %$/)]);
});

test('Windows keeps its license, and is encrypted with the key of the stack', async () => {
  const { bring, ec2, target } = setUp();
  const ami = await bring('erp.vmdk', { platform: 'Windows', license: 'BYOL', bootMode: 'uefi', osVersion: 'Microsoft Windows Server 2022' }, { ...target, key: 'key' });
  expect(ec2.image(ami)).toMatchObject({ platform: 'windows', traits: { ownLicense: true }, blockDevices: [{ encrypted: true }] });
});

test('Windows is installed from an ISO file', async () => {
  const { bring, ec2 } = setUp();
  expect(ec2.image(await bring('win11.ISO', { platform: 'Windows', imageIndex: 3 }))).toMatchObject({ platform: 'windows', traits: { ownLicense: true } });
});

test('a failed task says what the service said', async () => {
  const { bring, s3 } = setUp();
  s3.required('disks').remove('erp.vmdk', 0);
  await expect(bring('erp.vmdk')).rejects.toThrow(/ClientError: Disk validation failed: disks\/erp\.vmdk/);
});

test.each([
  ['a bucket that the role does not read', 's3://other/erp.vmdk', {}, /reads disks and not other: copy the disk there/],
  ['an ISO file where none is installed', 'win11.ISO', { infrastructure: undefined }, /give it isoInfrastructure/],
])('%s is refused before anything is called', async (_what, disk, more, text) => {
  const { bring, target, world } = setUp();
  const journal = world.journal.length;
  await expect(bring(disk, {}, { ...target, ...more } as DiskTarget)).rejects.toThrow(text);
  expect(world.journal).toHaveLength(journal);
});

describe('names of disks', () => {
  test.each([
    ['a/b.ova', 'OVA'], ['b.VMDK', 'VMDK'], ['b.vhd', 'VHD'], ['b.vhdx', 'VHDX'], ['b.raw', 'RAW'], ['b.img', 'RAW'], ['b.ISO', 'ISO'],
  ])('%s is %s', (key, format) => expect(readDisk(key)).toEqual({ key, format }));

  test('may name their bucket', () => expect(readDisk('s3://disks/a/b.ova')).toEqual({ bucket: 'disks', key: 'a/b.ova', format: 'OVA' }));

  test.each([
    ['disk.qcow2', /must end in \.ova/], ['disk', /must end in/], ['s3://disks', /names no object|must end in/],
    ['s3://b/win11.iso', /aws s3 mv s3:\/\/b\/win11\.iso s3:\/\/b\/win11\.ISO/],
  ])('%s is refused', (text, why) => {
    expect(() => readDisk(text)).toThrow(DiskError);
    expect(() => readDisk(text)).toThrow(why);
  });
});
