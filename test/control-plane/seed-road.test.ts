import type { Stack } from 'aws-cdk-lib';
import type { World } from '../../golden-images/src/world/kernel';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { channelParameterName } from '../../src/contract';
import { ParentImage, RegisteredImage } from '../../src/image';
import { Deployed, MINUTE } from '../packer/build/deployed';

/** A stack with as many seeded parameters, deployed with its real handlers. */
const images = (count: number, initialAmi = ParentImage.amazonLinux2023()) => (stack: Stack): void => {
  for (let index = 0; index < count; index += 1) new RegisteredImage(stack, `Image${index}`, { initialAmi });
};
const validating = (seconds: number) => (world: World): void => {
  Object.assign(world.get(SsmService).imageValidation, { seconds: [seconds, seconds], oneAfterAnother: true });
};

async function deployed<T>(start: Promise<Deployed>, look: (deployed: Deployed) => T): Promise<T> {
  const stack = await start;
  try {
    return look(stack);
  } finally {
    await stack.local.close();
  }
}

describe('parameters that exist only once AWS has validated them', () => {
  test.each([[1, 5], [5, 4], [7, 0.5], [40, 10]])('%d of them, %d seconds each, one after another, deploy', async (count, seconds) => {
    await deployed(Deployed.start('Shop', images(count), validating(seconds)), ({ ssm, local }) => {
      const versions = Array.from({ length: count }, (_, index) => ssm.find(channelParameterName('shop', `image${index}`, 'latest'))?.versions.length);
      expect(versions).toEqual(Array(count).fill(1));
      expect(local.world.now - Date.UTC(2026, 0, 6, 9)).toBeGreaterThan(count * seconds * 1000);
      expect(local.world.now - Date.UTC(2026, 0, 6, 9)).toBeLessThan(15 * MINUTE);
    });
  }, 120_000);
});
void LambdaService;
