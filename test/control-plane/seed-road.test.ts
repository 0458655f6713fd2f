import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { World } from '../../golden-images/src/world/kernel';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { channelParameterName } from '../../src/contract';
import { BuildSchedule, DiskExport, ParentImage, PatchedBaseImage, RegisteredImage } from '../../src/image';
import { addFleet, Deployed, MINUTE } from '../packer/build/deployed';

const START = Date.UTC(2026, 0, 6, 9);
const latest = (index: number): string => channelParameterName('shop', `image${index}`, 'latest');

/** A stack with as many seeded parameters, deployed with its real handlers. */
const images = (count: number, initialAmi = ParentImage.amazonLinux2023()) => (stack: Stack): void => {
  for (let index = 0; index < count; index += 1) new RegisteredImage(stack, `Image${index}`, { initialAmi });
};

/** All four functions behind custom resources, the guard before a group that changes. */
const everything = (changed: boolean) => (stack: Stack): void => {
  const base = new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), encrypted: false, diskExport: DiskExport.raw({ bucket: new Bucket(stack, 'Disks') }),
  });
  addFleet(stack, base.addChannel('production'), changed ? 6 : 4);
};

const validating = (seconds: number) => (world: World): void => {
  Object.assign(world.get(SsmService).imageValidation, { seconds: [seconds, seconds], oneAfterAnother: true });
};

async function deployed<T>(start: Promise<Deployed>, look: (deployed: Deployed) => T): Promise<T> {
  const stack = await start;
  try {
    return await look(stack);
  } finally {
    await stack.local.close();
  }
}

/** Kills every handler before its call number `call`, counted anew in each invocation, as often as `times` says. */
function kill(world: World, call: number, times: number): void {
  if (times === 0) return;
  world.faults.killAfter(call, () => {
    void world.get(LambdaService).killRunning();
    kill(world, call, times - 1);
  });
}

describe('parameters that exist only once AWS has validated them', () => {
  test.each([[1, 5], [5, 4], [7, 0.5], [40, 10]])('%d of them, %d seconds each, one after another, deploy', async (count, seconds) => {
    await deployed(Deployed.start('Shop', images(count), { prepare: validating(seconds) }), ({ ssm, local }) => {
      const versions = Array.from({ length: count }, (_, index) => ssm.find(latest(index))?.versions.length);
      expect(versions).toEqual(Array(count).fill(1));
      expect(local.world.now - START).toBeGreaterThan(count * seconds * 1000);
      expect(local.world.now - START).toBeLessThan(15 * MINUTE);
    });
  });

  test('an AMI that AWS refuses fails the deploy, which says whose it is and why', async () => {
    await expect(Deployed.start('Shop', images(2, ParentImage.fromAmiId('ami-0123456789abcdef0')))).rejects.toThrow(
      `Shop/Image0: ${latest(0)} cannot hold ami-0123456789abcdef0: AWS has no available AMI of this id for this account in this region`,
    );
  });
});

describe('a function that dies', () => {
  test.each([1, 4, 7, 11])('before call %d of each of its first two invocations: Lambda calls it again, and the deploy succeeds', async (call) => {
    await deployed(Deployed.start('Shop', images(3), { prepare: (world) => kill(world, call, 2) }), ({ ssm, local }) => {
      expect([0, 1, 2].map((index) => ssm.find(latest(index))?.versions.length)).toEqual([1, 1, 1]);
      expect(local.world.now - START).toBeGreaterThan(MINUTE);
    });
  });

  test('each time: the stack does not wait for an hour', async () => {
    let world!: World;
    await expect(Deployed.start('Shop', images(1), {
      prepare: (made) => {
        world = made;
        kill(made, 0, 6);
      },
    })).rejects.toThrow(/CloudFormation did not receive a response/);
    expect(world.now - START).toBeLessThan(45 * MINUTE);
  });
});

describe('roles whose changes take their time', () => {
  test('every function behind a custom resource waits up to two minutes for its rights, at the first deploy and when they grow', async () => {
    await deployed(Deployed.start('Shop', everything(false), { prepare: (world) => { world.faults.roleChangesTakeSeconds = 100; } }), async (shop) => {
      await shop.until(() => false, 1);
      shop.ssm.put({ Name: '/other/ami', Type: 'String', Value: shop.ami() });
      await shop.deploy((stack) => {
        everything(true)(stack);
        images(1, ParentImage.fromSsmParameter('/other/ami'))(stack);
      });
      expect(shop.ssm.value(latest(0))).toMatch(/^ami-/);
    });
  });

  test('a denial that lasts is told, with the action', async () => {
    await expect(Deployed.start('Shop', images(1), { prepare: (world) => { world.faults.roleChangesTakeSeconds = 3000; } }))
      .rejects.toThrow(/not authorized to perform: (ssm:GetParameter|dynamodb:GetItem) /);
  });
});
