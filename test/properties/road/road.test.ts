import * as fc from 'fast-check';
import { happen, heal, history, minutes, type Step } from './history';
import { Invariants } from './invariants';
import { unrest } from './rest';
import { HOUR, Road } from './road';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';

// SOAK=1: more and longer histories of random seeds. ROAD_SEED replays one, ROAD_LOG=1 tells it.
const { SOAK: soak, ROAD_SEED: seed, ROAD_LOG: log } = process.env;
const runs = { numRuns: soak && !seed ? 20 : 1, seed: seed ? Number(seed) : soak ? Date.now() % 1_000_000 : 42 };
const LENGTH = soak ? 12 : 6;
const say = (text: string): void => { if (soak || log) process.stderr.write(`${text}\n`); };

/** What groups and handlers do, as it happens. */
function narrate({ world }: Road): void {
  const write = world.log.bind(world);
  world.log = (service, text, data) => {
    if (['lambda', 'autoscaling'].includes(service)) say(`${new Date(world.now).toISOString()}   ${text}`);
    write(service, text, data);
  };
}

/** The last words of the handlers. */
function lastWords({ world }: Road): void {
  const lambda = world.get(LambdaService);
  const lines = [...lambda.functions.keys()].flatMap((name) => lambda.logs(name)).filter(({ at }) => at > world.now - 5 * 60_000);
  lines.forEach(({ at, text }) => say(`${new Date(at).toISOString()}     ${text.slice(0, 600)}`));
}

/** The first deployment, a history of faults, and then time without any until all is at rest. */
async function live(steps: readonly Step[]): Promise<string[]> {
  const road = await Road.start(1);
  try {
    narrate(road);
    const invariants = new Invariants(road);
    const pass = (milliseconds: number, done = (): boolean => false): Promise<boolean> => road.local.until(() => {
      invariants.check();
      return done();
    }, milliseconds);
    await pass(24 * HOUR, () => unrest(road).length === 0);
    expect(unrest(road)).toEqual([]);
    invariants.promise();
    for (const { faults, happening, minutes: count } of steps) {
      for (const fault of faults) await happen(road, fault);
      if (['build', 'sick-build', 'parent', 'deploy'].includes(happening.type)) invariants.cause();
      const outcome = await happen(road, happening);
      say(`${new Date(road.world.now).toISOString()} ${JSON.stringify([...faults, happening])} ${outcome ?? ''}`);
      if (outcome && !/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(outcome)) throw new Error(`the stack is ${outcome}`);
      await pass(minutes(count));
    }
    heal(road);
    // Builds that are under way end, and soak; a rollout that ended for want of capacity backs off.
    await pass(3 * HOUR);
    await pass(30 * HOUR, () => unrest(road).length === 0);
    return unrest(road);
  } catch (error) {
    lastWords(road);
    throw error;
  } finally {
    await road.local.close();
  }
}

describe('the whole road under any history', () => {
  test('keeps its promises at every step, and comes to rest once the faults stop', async () => {
    await fc.assert(fc.asyncProperty(history(LENGTH), async (steps) => {
      expect(await live(steps)).toEqual([]);
    }), { ...runs, endOnFailure: true });
  }, soak ? 3_600_000 : 240_000);
});
