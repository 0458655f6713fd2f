import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import type { Stack } from 'aws-cdk-lib';
import { readDisk } from '../../../golden-images/src/disks/disk';
import { followImport, startImport } from '../../../golden-images/src/disks/import-disk';
import { findTarget, type DiskTarget } from '../../../golden-images/src/disks/target';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { S3Service } from '../../../golden-images/src/world/s3';
import { channelParameterName } from '../../../src/contract';
import { BuildSchedule, DiskExport, DiskImport, ParentImage, PatchedBaseImage } from '../../../src/image';
import { Deployed } from '../../packer/build/deployed';

const app = (step: 'import' | 'build' | 'export' | 'raw') => (stack: Stack): void => {
  const { bucket } = new DiskImport(stack, 'Disks');
  if (step === 'import') return;
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.fromImportedDisk('erp-server'),
    schedule: BuildSchedule.patchTuesday(),
    encrypted: false,
    ...(step === 'export' ? { diskExport: DiskExport.vmdk({ bucket, prefix: 'vsphere' }) } : {}),
    ...(step === 'raw' ? { diskExport: DiskExport.raw({ bucket }) } : {}),
  });
};

describe('a virtual machine, from its disk to a new disk for vSphere', () => {
  let stack: Deployed;
  let target: DiskTarget;
  const release = () => stack.release(channelParameterName('erp', 'base', 'latest'));
  const keys = () => stack.local.world.get(S3Service).required(target.bucket).objects().map(({ key }) => key);
  const distributions = () => stack.local.world.get(ImageBuilderService).distributions.all();

  beforeAll(async () => { stack = await Deployed.start('Erp', app('import')); });
  afterAll(() => stack.local.close());

  test('is imported through what DiskImport made', async () => {
    const { world } = stack.local;
    const settings = { region: world.region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: inProcessHandler(world) as never };
    target = await findTarget(new CloudFormationClient(settings), 'Erp');
    world.get(S3Service).putObject(target.bucket, 'erp.vmdk', Buffer.from('disk'));
    const ports = {
      ec2: new EC2Client(settings),
      imageBuilder: new ImagebuilderClient(settings),
      wait: () => world.timeline.runUntil(world.now + 600_000),
      say: () => undefined,
    };
    const started = await startImport({ disk: readDisk('erp.vmdk'), name: 'erp-server', version: '1.0.0', platform: 'Linux' }, target, ports);
    expect(world.get(Ec2Service).image(await followImport(started, ports))).toBeDefined();
  });

  test('is the parent of a base, which is released with its disk in the bucket', async () => {
    await stack.deploy(app('export'));
    expect(await stack.until(() => release()?.version === '1.0.0/1', 6)).toBe(true);
    expect(keys()).toEqual(['erp.vmdk', expect.stringMatching(/^vsphere\/export-ami-[0-9a-f]{17}\.vmdk$/)]);
    const [ami] = Object.values(release()!.amis);
    expect(stack.local.world.get(Ec2Service).image(ami!)).toMatchObject({
      name: expect.stringMatching(/^erp--base 2026/), blockDevices: [{ deviceName: '/dev/sda1', encrypted: false }],
    });
  });

  test('another format deploys and builds nothing', async () => {
    await stack.deploy(app('raw'));
    expect(distributions()).toMatchObject([{ input: { distributions: [{ s3ExportConfiguration: { diskImageFormat: 'RAW', s3Prefix: 'erp/base/' } }] } }]);
    expect(await stack.until(() => release()?.version !== '1.0.0/1', 6)).toBe(false);
  });

  test('without the export the distribution is gone, and nothing is built', async () => {
    await stack.deploy(app('build'));
    expect(distributions()).toEqual([]);
    expect(await stack.until(() => release()?.version !== '1.0.0/1', 6)).toBe(false);
  });
});
