import * as fc from 'fast-check';
import { counterexamples } from './fleets/counterexamples';
import { forge, happen, history, type History } from './fleets/history';
import { Invariants } from './fleets/invariants';
import { Harness } from '../runtime/fleet/model/harness';

const runs = process.env.SOAK ? { numRuns: 2000 } : { numRuns: 100, seed: 42 };

/** Lives through a history under the invariants, then without faults, until all is at rest. */
async function live(script: History, validationSeconds: number): Promise<{ fleet: Harness; invariants: Invariants }> {
  const { size, graceSeconds = 300, savedMatches = false, newestFirst = false, hookSeconds = 0, rollout, happenings } = script;
  let invariants!: Invariants;
  const fleet = new Harness(size, rollout, (harness) => (invariants = new Invariants(harness)));
  fleet.ports.validationSeconds = validationSeconds;
  Object.assign(fleet.world, { graceSeconds, savedMatches, newestFirst, hookSeconds });
  const check = () => invariants.check();
  await fleet.run(1, check);
  for (const { happening, minutes } of happenings) {
    await happen(fleet, happening, check);
    await fleet.run(minutes, check);
  }
  fleet.heal(size);
  await fleet.repair(check);
  await fleet.run(60, check);
  await fleet.release(fleet.nextVersion());
  const atRest = () => fleet.state.committed[0]?.version === fleet.lastVersion && !fleet.state.rollout;
  for (let hour = 0; hour < 28 && !atRest(); hour += 1) await fleet.run(60, check);
  await fleet.run(90, check);
  return { fleet, invariants };
}

/** Under the invariants at every moment, and at the end everywhere on the newest release. */
async function holds(script: History, validationSeconds = 0): Promise<void> {
  const { fleet, invariants } = await live(script, validationSeconds);
  const { state, world } = fleet;
  const good = state.committed[0];
  expect({ rollout: state.rollout, frozen: state.frozen, version: good?.version }).toEqual({ version: fleet.lastVersion });
  expect(world.parameters.get(world.intent.parameterName)).toBe(good!.ami);
  expect(world.present.map((each) => each.ami)).toEqual(world.present.map(() => good!.ami));
  expect(world.present.filter((each) => world.serving(each))).toHaveLength(world.desired);
  expect(world.version(world.savedVersion)).toMatchObject({ image: good!.ami, configuration: good!.configurations.web });
  const own = invariants.own().map((each) => `${each.image} ${each.configuration}`);
  expect(own.filter((each) => each === `${good!.ami} ${good!.configurations.web}`)).toHaveLength(1);
  expect(own.length).toBeLessThanOrEqual(1 + 2 * state.history.length);
  expect(state.history.filter((each) => each.outcome === 'rolled-back' || each.outcome === 'aborted').every((each) => each.reason)).toBe(true);
}

describe('a fleet under any history', () => {
  test.each(counterexamples)('$name', async ({ script }) => holds(script));

  test('keeps the invariants, and converges on the newest release once the faults stop', async () => {
    await fc.assert(fc.asyncProperty(history, (script) => holds(script)), { ...runs, endOnFailure: false });
  });

  test('says to an operator what somebody else has written, and puts it right; what it publishes itself is no alarm', async () => {
    const quiet = history.filter(({ happenings }) => happenings.every(({ happening }) => happening.type !== 'forge' && happening.type !== 'foreign-pointer'));
    await fc.assert(fc.asyncProperty(quiet, async (script) => {
      const { fleet } = await live(script, 0);
      const { parameterName, statusName } = fleet.world.intent;
      const overwritten = (name: string): number => fleet.ports.alerts.filter(({ event, fields }) => event === 'parameter-overwritten' && fields.parameter === name).length;
      expect([overwritten(parameterName), overwritten(statusName)]).toEqual([0, 0]);
      forge(fleet, 'pointer');
      forge(fleet, 'status');
      await fleet.run(60);
      expect([overwritten(parameterName) > 0, overwritten(statusName) > 0]).toEqual([true, true]);
      expect(fleet.world.parameters.get(parameterName)).toBe(fleet.state.committed[0]!.ami);
      expect(JSON.parse(fleet.status())).toMatchObject({ schemaVersion: 1, lastKnownGood: { ami: fleet.state.committed[0]!.ami } });
    }), { ...runs, numRuns: process.env.SOAK ? 500 : 25, endOnFailure: false });
  });

  test.each([8, 50])('does so where AWS takes %d seconds to write a pointer, too', async (seconds) => {
    const parameters = { ...runs, numRuns: process.env.SOAK ? 500 : 25, endOnFailure: false };
    await fc.assert(fc.asyncProperty(history, (script) => holds(script, seconds)), parameters);
  });
});
