import { canaryOut, committed, decide, foreignVersion, group, instance, NOW, observation, ownVersion, recognized, release, rolling, target } from './table';
import {
  decideFleet, needsOperator, rememberWaiting, restrain, type Decision, type FleetObservation, type FleetState, type TemplateVersion,
} from '../../../src/runtime/domain/fleet';

const LOST: FleetObservation = observation({ parameterValue: 'ami-0', release: release('1.0.1/1', 'ami-1') });

function look(before: FleetState, seen: FleetObservation): Decision {
  const { state, observation: known } = recognized(before, seen);
  return rememberWaiting(restrain(decideFleet(state, known), known), known);
}

/** Looks every ten seconds at the same, as if no step had any effect; gives the moments (in seconds) at which the step was taken. */
function fruitless(state: FleetState, seen: FleetObservation, hours: number): { readonly at: number[]; readonly state: FleetState } {
  const at: number[] = [];
  let now = state;
  for (let seconds = 0; seconds < hours * 3600; seconds += 10) {
    const decision = look(now, { ...seen, now: NOW + seconds * 1000 });
    now = decision.state;
    if (decision.action.type !== 'wait') at.push(seconds);
  }
  return { at, state: now };
}

describe('a step without an effect', () => {
  test('is taken again after pauses that grow, and then every quarter of an hour', () => {
    expect(fruitless(committed, LOST, 1).at).toEqual([0, 10, 40, 130, 430, 1330, 2230, 3130]);
  });

  test('is said to an operator after five attempts, until it has its effect', () => {
    const { state } = fruitless(committed, LOST, 1);
    const later = { ...LOST, now: NOW + 3_600_000 };
    expect(needsOperator(state, later)).toEqual([{ kind: 'stuck', reason: "'write-parameter ami-1' was asked for 8 times without an effect" }]);
    expect(needsOperator(fruitless(committed, LOST, 0.1).state, later)).toEqual([]);
    const seen = { ...later, parameterValue: 'ami-1' };
    expect(needsOperator(look(state, seen).state, seen)).toEqual([]);
    expect(needsOperator(state, { ...LOST, now: NOW + 5 * 3_600_000 })).toEqual([]);
  });

  test.each([
    ['takes back a sick version', rolling({ stage: 'halting', halt: { at: NOW, reason: 'sick', outcome: 'rolled-back', after: 'block', refreshesBefore: ['r-1'] } }),
      observation({ release: release('1.0.2/1', 'ami-2'), targets: [canaryOut()] })],
    ['keeps launches from an unproven one', committed, observation({ targets: [target({ group: group({ templateVersion: '1' }) })] })],
  ])('that %s is never delayed by more than a minute', (_, state, seen) => {
    const { at } = fruitless(state, seen, 1);
    expect(Math.max(...at.slice(1).map((each, index) => each - at[index]!))).toBe(60);
  });

  test.each([
    ['create-version', rolling({ stage: 'preparing' }), observation({ release: release('1.0.2/1', 'ami-2') })],
    ['start-refresh', rolling(), observation({ release: release('1.0.2/1', 'ami-2'), targets: [canaryOut({}, { refreshes: [], group: group() })] }, { timeoutSeconds: 86_400 })],
    ['delete-versions', rolling({ stage: 'committing', newestBefore: { 'lt-1': 2 } }),
      observation({ parameterValue: 'ami-2', targets: [target({ versions: [...target().versions, ownVersion(3, 'ami-9'), ownVersion(4, 'ami-2')] })] })],
  ])('%s is asked for eight times in an hour, and not for every look', (type, state, seen) => {
    expect(decide(state, seen).action.type).toBe(type);
    expect(fruitless(state, seen, 1).at).toHaveLength(8);
  });

  /** Versions that 200 looks make, ten seconds apart, where each comes out like this. */
  function versionsMade(before: readonly TemplateVersion[], ami: string, configuration: string): number {
    let versions = [...before];
    let state: FleetState = rolling({ stage: 'preparing' });
    for (let count = 0; count < 200; count += 1) {
      const seen = observation({ release: release('1.0.2/1', 'ami-2'), targets: [target({ versions })], now: NOW + count * 10_000 });
      const decision = look(state, seen);
      state = decision.state;
      if (decision.action.type === 'create-version') versions = [...versions, ownVersion(versions.length + 1, ami, configuration)];
    }
    return versions.length - before.length;
  }

  test('whose attempts make versions that are not recognized is the same step: 199 versions had been made in 200 looks', () => {
    expect(versionsMade(target().versions, 'ami-2', 'mutilated')).toBeLessThanOrEqual(7);
  });

  test('whose attempts become the source of the next is the same step', () => {
    const made = versionsMade([...target().versions, foreignVersion(3, 'c2')], 'ami-9', 'c0');
    expect(made).toBeGreaterThan(1);
    expect(made).toBeLessThanOrEqual(7);
  });

  test('that keeps what nobody has proven from a scale-out is taken within a minute, however often deploys ask for it', () => {
    const proven = observation({ release: release('1.0.1/1', 'ami-1') });
    const deployed = { ...proven, targets: [target({ group: group({ templateVersion: '1' }) })] };
    let state: FleetState = committed;
    for (let deploys = 0; deploys < 12; deploys += 1) {
      const now = NOW + deploys * 480_000;
      const actions = [0, 10, 20, 30, 40, 50, 60].map((seconds) => {
        const decision = look(state, { ...deployed, now: now + seconds * 1000 });
        state = decision.state;
        return decision.action.type;
      });
      expect(actions).toContain('adopt');
      ({ state } = look(state, { ...proven, now: now + 70_000 }));
    }
  });
});

describe('what waits', () => {
  const red = observation({ release: release('1.0.2/1', 'ami-2'), alarms: [{ name: 'errors', red: true }] });
  const after = (hours: number, seen: FleetObservation, from: FleetState = committed): FleetState => {
    let state = from;
    for (let hour = 0; hour <= hours; hour += 1) ({ state } = look(state, { ...seen, now: NOW + hour * 3_600_000 }));
    return state;
  };
  const kinds = (state: FleetState, hours: number, seen: FleetObservation): string[] =>
    needsOperator(state, { ...seen, now: NOW + hours * 3_600_000 }).map(({ kind, reason }) => `${kind}: ${reason}`);

  test('for a day with something to roll is said, with what it waits for', () => {
    expect(kinds(after(23, red), 23, red)).toEqual([]);
    expect(kinds(after(25, red), 25, red)).toEqual(['waiting: for 25 hours it has waited: alarms are red already: errors']);
  });

  test('since nobody knows how a deploy ended is said, too', () => {
    const seen = observation({ release: release('1.0.1/1', 'ami-1'), stackEvents: [], targets: [target({ versions: [...target().versions, foreignVersion(3, 'c1')] })] });
    expect(kinds(after(25, seen), 25, seen)).toEqual([expect.stringMatching(/^waiting: for 25 hours .*not known whether the deploy that made version 3/)]);
  });

  test('no longer is forgotten', () => {
    const { state } = look(after(25, red), { ...red, alarms: [{ name: 'errors', red: false }], now: NOW + 26 * 3_600_000 });
    expect(state.waiting).toBeUndefined();
  });

  test('with nothing to roll, or at zero, waits for ever', () => {
    const idle = observation({ release: release('1.0.1/1', 'ami-1') });
    const zero = observation({ release: release('1.0.2/1', 'ami-2'), targets: [target({ group: group({ desired: 0, instances: [] }) })] });
    expect([kinds(after(60, idle), 60, idle), kinds(after(60, zero), 60, zero)]).toEqual([[], []]);
  });

  test('again and again for reasons outside the image is said after three rollouts', () => {
    const state = (attempts: number): FleetState => ({ ...committed, backoff: { attempts, until: NOW } });
    expect(needsOperator(state(2), observation())).toEqual([]);
    expect(needsOperator(state(3), observation())).toMatchObject([{ kind: 'waiting', reason: expect.stringContaining('3 rollouts in a row') }]);
  });
});

test.each([
  ['a group that cannot be rolled', { group: group({ unsupported: 'it has a warm pool' }) }, 'unsupported', /group web cannot be rolled: it has a warm pool/],
  ['instances that are retained', { group: group({ instances: [...group().instances, instance('i-9', 2, 'ami-1', { lifecycle: 'Terminating:Retained' })] }) }, 'retained', /retains i-9/],
  ['a template with 9,000 versions', { versions: Array.from({ length: 9000 }, (_, index) => foreignVersion(index + 1)) }, 'full', /lt-1 has 9000 versions of at most 10000/],
])('%s needs an operator', (_, change, kind, reason) => {
  const seen = observation({ targets: [target(change)] });
  expect(needsOperator(committed, seen)).toEqual([{ kind, reason: expect.stringMatching(reason) }]);
});
