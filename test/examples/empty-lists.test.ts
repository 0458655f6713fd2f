import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { emptyLists } from './empty-lists';
import { examples } from './examples';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { LinuxBaseline, WindowsBaseline } from '../../src/catalog';
import { Component, Step } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { newStack } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

const base = (stack: Stack, id: string, parent: ParentImage, components: Component[]): PatchedBaseImage =>
  new PatchedBaseImage(stack, id, { parent, schedule: BuildSchedule.daily(), components });

/** Both documents have more than 16,000 characters, so that they go to a bucket, and nothing in them is known only while deploying. */
function baselines(stack: Stack): void {
  base(stack, 'Linux', ParentImage.amazonLinux2023(), [LinuxBaseline.cis()]);
  base(stack, 'Windows', ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), [WindowsBaseline.cis()]);
}

function emptyOptions(stack: Stack): void {
  base(stack, 'Base', ParentImage.amazonLinux2023(), [
    Component.fromSteps('Echo', { buildSteps: [Step.bash('true')], validateSteps: [], testSteps: [], supportedOsVersions: [] }),
    Component.amazonManaged('update-linux', { parameters: {} }),
  ]).addChannel('free', { gates: [] });
}

const synthesized = (build: (stack: Stack) => void): Record<string, any> => {
  const stack = newStack();
  build(stack);
  return Template.fromStack(stack).toJSON();
};

test.each([
  ...examples.map(({ name, stack }) => ({ name, template: () => Template.fromStack(stack()).toJSON() })),
  { name: 'baselines', template: () => synthesized(baselines) },
  { name: 'empty options', template: () => synthesized(emptyOptions) },
])('no property of $name is an empty list', ({ template }) => {
  expect(emptyLists(template())).toEqual([]);
});

test('components in a bucket deploy, with and without a parameter', async () => {
  const deployed = await Deployed.start('Baselines', baselines);
  expect(deployed.local.world.get(CloudFormationService).stackState('Baselines')!.status).toBe('CREATE_COMPLETE');
  await deployed.local.close();
});
