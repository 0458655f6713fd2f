import type { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { ControlPlaneSettings } from '../../src/control-plane';
import { RoleImage } from '../../src/image';
import { echo, newBase } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

const appOf = (namespace: string) => (stack: Stack): void => {
  ControlPlaneSettings.apply(stack, { namespace });
  new RoleImage(stack, 'Role', { parent: newBase(stack), components: [echo()] });
};
const app = appOf('web');
const LATEST = ['base', 'role'].map((image) => `/imagebuilder/golden-images/web/${image}/latest`);

test('a second stack of a namespace is refused by name, and touches nothing of the first', async () => {
  const first = await Deployed.start('Web', app);
  const resources = () => [...first.local.world.get(CloudFormationService).stackState('Web')!.resources.values()].map(({ physicalId }) => physicalId);
  const before = resources();
  await expect(first.another('Second', app)).rejects.toThrow(
    /ROLLBACK_COMPLETE: .*the namespace 'web' belongs to another stack .* parameter \/golden-images\/web\/pause; .* docs\/guides\/moving\.md/,
  );
  expect(resources()).toEqual(before);
  expect(first.ssm.value('/golden-images/web/pause')).toBe('running');
  expect(first.ssm.value('/imagebuilder/golden-images/web/base/latest')).toBeDefined();
  await first.local.close();
});

test('a stack that takes the namespace of another one is refused by name, goes back, and touches nothing of either', async () => {
  const first = await Deployed.start('Web', app);
  expect(await first.until(() => LATEST.every((name) => first.release(name) !== undefined), 12)).toBe(true);
  const second = await first.another('Second', appOf('other'));
  const others = LATEST.map((name) => name.replace('/web/', '/other/'));
  await expect(second.deploy(app)).rejects.toThrow(/UPDATE_ROLLBACK_COMPLETE: .*the namespace 'web' belongs to another stack/);
  expect(LATEST.map((name) => first.release(name)?.image)).toEqual(['base', 'role']);
  expect(others.map((name) => first.ssm.value(name))).toEqual(others.map(() => expect.stringMatching(/^ami-/)));
  await first.local.close();
});

test('a stack may take a namespace that is free, and go back to its own where that deploy fails', async () => {
  const first = await Deployed.start('Web', app);
  expect(await first.until(() => LATEST.every((name) => first.release(name) !== undefined), 12)).toBe(true);
  const broken = (stack: Stack): void => {
    appOf('shop')(stack);
    const wrong = new StringParameter(stack, 'Wrong', { parameterName: LATEST[0]!, stringValue: 'taken' });
    wrong.node.addDependency(stack.node.findChild('Role'));
  };
  await expect(first.deploy(broken)).rejects.toThrow(/UPDATE_ROLLBACK_COMPLETE: Wrong/);
  expect(LATEST.map((name) => first.ssm.value(name))).toEqual(LATEST.map(() => expect.stringMatching(/^ami-/)));
  await first.deploy(appOf('shop'));
  expect(await first.until(() => first.release(LATEST[1]!.replace('/web/', '/shop/')) !== undefined, 12)).toBe(true);
  await first.local.close();
});
