import fc from 'fast-check';
import { Fleet } from './fleet';

const runs = process.env.SOAK ? { numRuns: 2000 } : { numRuns: 60, seed: 42 };

const preferences = fc.record({
  minimum: fc.integer({ min: 0, max: 100 }),
  room: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  warmup: fc.integer({ min: 0, max: 300 }),
  checkpoints: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }), { nil: undefined }),
  autoRollback: fc.boolean(),
}).map(({ minimum, room, warmup, checkpoints, autoRollback }) => ({
  MinHealthyPercentage: minimum,
  ...(room === undefined ? {} : { MaxHealthyPercentage: Math.max(100, Math.min(200, minimum + room)) }),
  InstanceWarmup: warmup,
  ...(checkpoints ? { CheckpointPercentages: [...checkpoints.sort((a, b) => a - b), 100], CheckpointDelay: 300 } : {}),
  AutoRollback: autoRollback,
}));

type Step = 'step' | 'fail' | 'cancel' | 'rollback';
const steps = fc.array(fc.constantFrom<Step>('step', 'step', 'step', 'step', 'fail', 'cancel', 'rollback'), { maxLength: 25 });

/** Healthy instances that must stay: one fewer where the bounds cannot be kept and no maximum was set. */
function floor(given: { MinHealthyPercentage: number; MaxHealthyPercentage?: number }, desired: number): number {
  const least = Math.ceil((given.MinHealthyPercentage * desired) / 100);
  return given.MaxHealthyPercentage === undefined ? Math.min(least, desired - 1) : least;
}

async function act(fleet: Fleet, step: Step): Promise<void> {
  if (step === 'fail') fleet.world.faults.launchFailures += 1;
  if (step === 'cancel') await fleet.asg('CancelInstanceRefresh').catch(() => undefined);
  if (step === 'rollback') await fleet.asg('RollbackInstanceRefresh').catch(() => undefined);
  for (let count = 0; count < 8 && fleet.world.timeline.next !== undefined; count += 1) await fleet.world.timeline.step();
}

test('health never falls below the minimum, whatever the size, preferences, image, launch failures and operators', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 9 }), preferences, fc.boolean(), steps, async (size, given, isSick, actions) => {
    const fleet = await Fleet.start({ size });
    await fleet.refresh(isSick ? fleet.sick : fleet.next, given);
    for (const step of actions) {
      await act(fleet, step);
      const refresh = await fleet.latest();
      if (refresh.Status === 'InProgress' || refresh.Status === 'RollbackInProgress') {
        expect(fleet.serving()).toBeGreaterThanOrEqual(floor(given, size));
      }
    }
    await followToTheEnd(fleet, given, size);
  }), runs);
});

async function followToTheEnd(fleet: Fleet, given: { MinHealthyPercentage: number; MaxHealthyPercentage?: number }, size: number): Promise<void> {
  const most = Math.max(size + 1, Math.floor(((given.MaxHealthyPercentage ?? 100) * size) / 100));
  for (let refresh = await fleet.latest(); refresh.EndTime === undefined; refresh = await fleet.latest()) {
    expect(fleet.serving()).toBeGreaterThanOrEqual(floor(given, size));
    expect(fleet.group.live.length).toBeLessThanOrEqual(most);
    await fleet.world.timeline.step();
  }
}

test('a sick image never gets beyond the first batch', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 9 }), preferences, async (size, given) => {
    const fleet = await Fleet.start({ size });
    await fleet.refresh(fleet.sick, given);
    await fleet.minutes(1);
    const batch = Math.max(1, size - Math.ceil((given.MinHealthyPercentage * size) / 100));
    for (let count = 0; count < 40; count += 1) {
      await fleet.minutes(1);
      expect(size - (fleet.images().good ?? 0)).toBeLessThanOrEqual(batch);
    }
  }), runs);
});

test('the same seed gives the same history, and a scale-out during a refresh ends on the new configuration', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 6 }), preferences, fc.integer(), async (size, given, seed) => {
    const history = async (): Promise<string> => {
      const fleet = await Fleet.start({ size, seed });
      await fleet.refresh(fleet.next, given);
      await fleet.minutes(3);
      await fleet.asg('SetDesiredCapacity', { DesiredCapacity: size + 1 });
      const end = await fleet.finished(48 * 60);
      expect(end.Status).toBe('Successful');
      await fleet.minutes(5);
      expect(fleet.images()).toEqual({ next: size + 1 });
      return JSON.stringify(fleet.world.journal);
    };
    expect(await history()).toBe(await history());
  }), { ...runs, numRuns: runs.numRuns / 2 });
});
