import * as fc from 'fast-check';
import { Harness } from '../runtime/fleet/model/harness';
import { activeRefresh } from '../runtime/fleet/model/refresh';
import { TICK_SECONDS, type ModelInstance } from '../runtime/fleet/model/world';

const MOMENTS = Array.from({ length: 48 }, (_, index) => index * 2);
/** From a canary that serves to the end of its refresh: one look. */
const LATENCY_MILLISECONDS = 20_000;

interface Shape {
  readonly by: number;
  readonly newestFirst: boolean;
  readonly hookSeconds: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({ by: fc.integer({ min: 1, max: 5 }), newestFirst: fc.boolean(), hookSeconds: fc.constantFrom(0, 120) });

async function fleetAtRest({ newestFirst, hookSeconds }: Shape): Promise<Harness> {
  const fleet = new Harness(4, { minHealthyPercentage: 100, canarySeconds: 180, bakeSeconds: 0 });
  Object.assign(fleet.world, { newestFirst, hookSeconds });
  await fleet.release('1.0.0/1');
  await fleet.until('the first commit', () => fleet.state.history.length === 1 && !fleet.state.rollout);
  return fleet;
}

/** Runs until the rollout has ended, looking on at each tick. */
async function watch(fleet: Harness, by: number, moment: number, look: (scaledAt: number | undefined) => void): Promise<void> {
  let scaledAt: number | undefined;
  for (let tick = 0; fleet.state.history.length < 2 || fleet.state.rollout; tick += 1) {
    if (tick > 2000) throw new Error(`no end: ${JSON.stringify(fleet.state.rollout)}`);
    if (tick === moment) {
      fleet.world.desired += by;
      fleet.world.lastDisturbance = scaledAt = fleet.world.now;
    }
    await fleet.run(TICK_SECONDS / 60);
    look(scaledAt);
  }
}

const launchedBy = (fleet: Harness, ami: string): ModelInstance[] => fleet.world.launches.filter((each) => each.ami === ami && each.cause === 'scale');

describe.each(MOMENTS.map((moment) => [moment * TICK_SECONDS, moment] as const))('a scale-out %i seconds after the release', (_, moment) => {
  test('of a good image: once the canary serves, it gets the last known good image; nobody is blamed', async () => {
    await fc.assert(fc.asyncProperty(shape, async ({ by, ...group }) => {
      const fleet = await fleetAtRest({ by, ...group });
      const ami = await fleet.release('1.0.1/1');
      let servedSince: number | undefined;
      await watch(fleet, by, moment, () => {
        const canary = fleet.world.present.find((each) => each.ami === ami && each.cause === 'refresh');
        const left = !group.newestFirst || fleet.world.present.length <= fleet.world.desired;
        servedSince = canary && fleet.world.serving(canary) && left ? servedSince ?? fleet.world.now : undefined;
        if (fleet.state.rollout?.stage !== 'canary') return;
        const late = launchedBy(fleet, ami).filter((each) => servedSince !== undefined && each.launchedAt > servedSince + LATENCY_MILLISECONDS);
        expect(late).toEqual([]);
      });
      expect(fleet.state.blocked).toEqual([]);
      await fleet.until('the commit', () => fleet.state.committed[0]?.version === '1.0.1/1' && !fleet.state.rollout, 600);
      await fleet.run(5);
      expect(fleet.world.present.filter((each) => each.ami === ami && fleet.world.serving(each))).toHaveLength(fleet.world.desired);
    }), { numRuns: 2, seed: moment });
  });

  test('of a sick image: what serves is never less than before, and all that got the image is gone in minutes', async () => {
    await fc.assert(fc.asyncProperty(shape, async ({ by, ...group }) => {
      const fleet = await fleetAtRest({ by, ...group });
      const ami = await fleet.release('1.0.1/1', true);
      let most = 0;
      await watch(fleet, by, moment, (scaledAt) => {
        const { world } = fleet;
        most = Math.max(most, world.present.filter((each) => each.ami === ami).length);
        expect(world.instances.filter((each) => world.serving(each)).length).toBeGreaterThanOrEqual(4);
        // Launched before the refresh has launched any, it is the canary itself.
        const tooMany = scaledAt !== undefined && launchedBy(fleet, ami).length > 0 && most > 1;
        const bad = String(world.versions.find((each) => each.image === ami)?.number);
        if (tooMany && world.now > scaledAt! + 60_000) expect(activeRefresh(world)?.launches).not.toBe(bad);
      });
      expect(most).toBeLessThanOrEqual(1 + by);
      expect(fleet.state.committed[0]!.version).toBe('1.0.0/1');
      expect(fleet.world.present.map((each) => each.ami)).toEqual(Array(fleet.world.desired).fill('ami-1'));
    }), { numRuns: 2, seed: moment });
  });
});
