import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { AwsError } from '../../../golden-images/src/world/kernel';
import { ImageBuilderDistributions } from '../../../src/runtime/aws/distributions';
import { TransientError } from '../../../src/runtime/ports';

function setUp() {
  const world = new World();
  const client = new ImagebuilderClient({
    region: world.region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: inProcessHandler(world) as never,
  });
  const arn = world.arn('imagebuilder', 'distribution-configuration/web--base');
  const definition = (diskImageFormat: 'VMDK' | 'RAW') => ({
    name: 'web--base', description: 'Web/Base', distributions: [{ region: world.region, s3ExportConfiguration: { diskImageFormat, roleName: 'role', s3Bucket: 'disks' } }],
  });
  const all = (): any[] => world.get(ImageBuilderService).distributions.all();
  return { distributions: new ImageBuilderDistributions(client), arn, definition, all, world };
}

test('makes a distribution, again and differently', async () => {
  const { distributions, arn, definition, all } = setUp();
  await distributions.put(arn, definition('VMDK'));
  await distributions.put(arn, definition('VMDK'));
  await distributions.put(arn, definition('RAW'));
  expect(all()).toMatchObject([{ arn, input: { distributions: [{ s3ExportConfiguration: { diskImageFormat: 'RAW' } }] } }]);
});

test('removes it, also when it is gone', async () => {
  const { distributions, arn, definition, all } = setUp();
  await distributions.put(arn, definition('VMDK'));
  await distributions.remove(arn);
  await distributions.remove(arn);
  expect(all()).toEqual([]);
});

test('one that a pipeline names, which is gone, is tried again', async () => {
  const { distributions, arn, definition, all, world } = setUp();
  await distributions.put(arn, definition('VMDK'));
  world.faults.failCalls('imagebuilder', 'DeleteDistributionConfiguration', 1, new AwsError('ResourceDependencyException', 'a pipeline depends on it'));
  await expect(distributions.remove(arn)).rejects.toThrow(TransientError);
  await distributions.remove(arn);
  expect(all()).toEqual([]);
});

test('what AWS refuses surfaces', async () => {
  const { distributions, arn, definition } = setUp();
  await expect(distributions.put(arn, { ...definition('RAW'), name: '!' })).rejects.toThrow(/CreateDistributionConfiguration: InvalidParameter/);
});
