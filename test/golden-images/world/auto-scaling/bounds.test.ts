import { boundsOf } from '../../../../golden-images/src/world/auto-scaling/refresh/bounds';
import { Candidate, planStep } from '../../../../golden-images/src/world/auto-scaling/refresh/plan';

describe('the bounds of a refresh', () => {
  test.each([
    // desired, minimum %, maximum % (undefined: not set) → healthy that must stay, most there may be, one at a time against the minimum
    [6, 100, 100, 6, 7, false],
    [6, 100, 110, 6, 7, false],
    [10, 100, 110, 10, 11, false],
    [10, 100, 150, 10, 15, false],
    [10, 100, 200, 10, 20, false],
    [10, 90, 110, 9, 11, false],
    [10, 80, 100, 8, 10, false],
    [10, 0, 100, 0, 10, false],
    [5, 90, 100, 5, 6, false],
    [1, 50, 100, 1, 2, false],
    [3, 50, 150, 2, 4, false],
    [10, 90, undefined, 9, 10, false],
    [6, 90, undefined, 6, 6, true],
    [1, 90, undefined, 1, 1, true],
    [2, 50, undefined, 1, 2, false],
    [4, 100, undefined, 4, 4, true],
    [0, 90, undefined, 0, 0, true],
  ])('of %i instances, %i–%s percent', (desired, minimum, maximum, least, most, oneAtATime) => {
    const percentages = { minimum, maximum: maximum ?? 100, explicit: maximum !== undefined };
    expect(boundsOf(percentages, desired)).toEqual({ minimum: least, maximum: most, oneAtATime });
  });
});

describe('one step of a replacement', () => {
  const instance = (id: string, given: Partial<Candidate> = {}): Candidate =>
    ({ id, old: true, replaceable: true, ready: true, ...given });
  const old = (count: number): Candidate[] => Array.from({ length: count }, (_, index) => instance(`old-${index}`));
  const fresh = (count: number, ready: boolean): Candidate[] =>
    Array.from({ length: count }, (_, index) => instance(`new-${index}`, { old: false, ready }));
  const bounds = (desired: number, minimum: number, maximum?: number) =>
    boundsOf({ minimum, maximum: maximum ?? 100, explicit: maximum !== undefined }, desired);

  test.each([
    ['launches first where both bounds are 100', old(6), 6, bounds(6, 100, 100), 6, 0, 1],
    ['waits for the new instance', [...old(6), ...fresh(1, false)], 6, bounds(6, 100, 100), 6, 0, 0],
    ['then takes an old one and launches the next', [...old(6), ...fresh(1, true)], 6, bounds(6, 100, 100), 6, 1, 1],
    ['terminates and launches two of ten at 80 percent', old(10), 10, bounds(10, 80, 100), 10, 2, 2],
    ['launches ten more at 200 percent', old(10), 10, bounds(10, 100, 200), 10, 0, 10],
    ['takes one of a small group without an explicit maximum', old(4), 4, bounds(4, 100), 4, 1, 1],
    ['and then no other before the new one is ready', [...old(3), ...fresh(1, false)], 4, bounds(4, 100), 4, 0, 0],
    ['replaces everything at once at 0 percent', old(5), 5, bounds(5, 0, 100), 5, 5, 5],
    ['stops at the goal of a checkpoint', old(10), 10, bounds(10, 0, 100), 2, 2, 2],
    ['finishes the pairs of a checkpoint', [...old(10), ...fresh(1, true)], 10, bounds(10, 100, 100), 1, 1, 0],
    ['fills up after a scale-out with new ones', old(4), 6, bounds(6, 100, 100), 6, 0, 3],
  ])('%s', (_name, instances, desired, bound, goal, terminated, launched) => {
    const plan = planStep(instances, desired, bound, goal);
    expect({ terminated: plan.terminate.length, launched: plan.launch }).toEqual({ terminated, launched });
  });

  test('an unhealthy old instance goes first and costs nothing', () => {
    const instances = [...old(5), instance('ill', { ready: false })];
    expect(planStep(instances, 6, bounds(6, 90), 6).terminate).toEqual(['ill']);
  });

  test('what may not be replaced stays', () => {
    const instances = old(4).map((each) => ({ ...each, replaceable: false }));
    expect(planStep(instances, 4, bounds(4, 0, 100), 0)).toEqual({ terminate: [], launch: 0 });
  });
});
