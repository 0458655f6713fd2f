import type { Stack } from 'aws-cdk-lib';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { ControlPlaneSettings } from '../../src/control-plane';
import { RoleImage } from '../../src/image';
import { echo, newBase } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

const app = (stack: Stack): void => {
  ControlPlaneSettings.apply(stack, { namespace: 'web' });
  new RoleImage(stack, 'Role', { parent: newBase(stack), components: [echo()] });
};

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
}, 60_000);
