import { CloudWatchService } from '../../golden-images/src/world/cloudwatch';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { newRole } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

test('whoever switches the pause on, with the right to write that parameter alone, is seen until it ends', async () => {
  const deployed = await Deployed.start('Shop', (stack) => { newRole(stack); });
  try {
    const state = () => deployed.local.world.get(CloudWatchService).alarmState('shop-golden-images-paused');
    const pause = (Value: string) => deployed.call(SsmService, 'PutParameter', { Name: '/golden-images/shop/pause', Value, Overwrite: true });
    expect(await deployed.until(() => state() === 'OK', 1)).toBe(true);
    await pause('paused');
    expect(await deployed.until(() => state() === 'ALARM', 0.1)).toBe(true);
    // It is said again, and so it stays.
    expect(await deployed.until(() => state() !== 'ALARM', 3)).toBe(false);
    await pause('running');
    expect(await deployed.until(() => state() === 'OK', 1)).toBe(true);
  } finally {
    await deployed.local.close();
  }
});
