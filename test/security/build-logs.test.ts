import { Template } from 'aws-cdk-lib/assertions';
import { everyKind } from './app';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import { LogsService } from '../../golden-images/src/world/logs';
import { newRole } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

test('what a build logged can be read after its stack is gone, and the stack is deployed again beside it', async () => {
  const deployed = await Deployed.start('Shop', (stack) => { newRole(stack); });
  try {
    const { world } = deployed.local;
    const { builds, pipelines } = world.get(ImageBuilderService);
    const groupOf = () => (pipelines.all()[0]!.input.loggingConfiguration as { imageLogGroupName: string }).imageLogGroupName;
    expect(await deployed.until(() => builds.images.some(({ status }) => status === 'AVAILABLE'), 30)).toBe(true);
    const former = groupOf();
    await deployed.destroy();
    expect(world.get(LogsService).lines(former).map(({ text }) => text)).toContainEqual(expect.stringContaining('AVAILABLE'));
    await deployed.deploy((stack) => { newRole(stack); }, 'CreateStack');
    expect(groupOf()).not.toBe(former);
  } finally {
    await deployed.local.close();
  }
});

test('every log group is kept, and forgets in time', () => {
  const app = everyKind();
  const groups = app.node.children.flatMap((stack) => Object.values(Template.fromStack(stack as never).findResources('AWS::Logs::LogGroup')));
  expect(groups.length).toBeGreaterThanOrEqual(5);
  expect(groups.filter((each) => each.DeletionPolicy !== 'RetainExceptOnCreate' || (each.UpdateReplacePolicy === 'Retain') === (each.Properties.LogGroupName !== undefined) || each.Properties.RetentionInDays === undefined)).toEqual([]);
});
