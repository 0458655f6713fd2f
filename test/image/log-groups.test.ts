import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newRole } from './fixture';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { LogsService } from '../../golden-images/src/world/logs';
import { examples } from '../examples/examples';
import { Deployed } from '../packer/build/deployed';

const shop = (stack: Stack): void => { newRole(stack); };

test('a stack that was destroyed during a build is deployed again', async () => {
  const deployed = await Deployed.start('Shop', shop);
  try {
    const builder = deployed.local.world.get(ImageBuilderService);
    expect(await deployed.until(() => builder.builds.images.length > 0, 1)).toBe(true);
    await deployed.destroy();
    // The build goes on, and Image Builder makes its log group once more.
    expect(await deployed.until(() => !builder.builds.images.some((image) => builder.builds.inProgress(image)), 3)).toBe(true);
    await deployed.deploy(shop, 'CreateStack');
    const groups = deployed.local.world.get(LogsService);
    const built = builder.builds.images.length;
    const newest = () => builder.builds.images.slice(built).at(-1);
    expect(await deployed.until(() => newest()?.status === 'AVAILABLE', 3)).toBe(true);
    const pipeline = builder.pipelines.all()[0]!;
    expect(groups.lines('/aws/imagebuilder/pipeline/shop--base')).toEqual([]);
    const { imageLogGroupName } = pipeline.input.loggingConfiguration as { imageLogGroupName: string };
    expect(groups.lines(imageLogGroupName).map(({ text }) => text)).toContainEqual(expect.stringContaining('AVAILABLE'));
  } finally {
    await deployed.local.close();
  }
});

test('a function that is invoked when its log group is gone makes none', async () => {
  const deployed = await Deployed.start('Shop', shop);
  try {
    const { world } = deployed.local;
    const logs = world.get(LogsService);
    const functions = [...world.get(LambdaService).functions.values()];
    const groups = new Set(functions.map(({ latest }) => latest.configuration.LoggingConfig.LogGroup as string));
    groups.forEach((logGroupName) => logs.operations.DeleteLogGroup!({ logGroupName }));
    await deployed.until(() => false, 1);
    expect([...groups].filter((group) => logs.has(group))).toEqual([]);
  } finally {
    await deployed.local.close();
  }
});

test.each(examples)('$name: no log group has a name that a later one could need again', ({ stack }) => {
  const template = Template.fromStack(stack());
  const names = Object.values(template.findResources('AWS::Logs::LogGroup')).map(({ Properties }) => JSON.stringify(Properties.LogGroupName));
  expect(names.filter((name) => name !== undefined && !name.includes('RoleId'))).toEqual([]);
  expect(names.length).toBeGreaterThan(1);
});
