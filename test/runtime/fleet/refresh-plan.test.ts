import { canaryOut, instance, observation, rolling, target } from './table';
import { canaryPlan, checkpointPercentage, instancesAtCheckpoint, wavesPlan } from '../../../src/runtime/domain/fleet';

describe('the checkpoint of a canary', () => {
  test.each([[1, 2, 1], [1, 6, 1], [1, 100, 1], [2, 6, 17], [2, 3, 34], [5, 6, 67]])('%i of %i: %i percent', (count, size, percentage) => {
    expect(checkpointPercentage(count, size)).toBe(percentage);
    expect(instancesAtCheckpoint(percentage, size)).toBe(count);
  });

  test('cannot be expressed where one percent is more than the canary, nor where it is the whole group', () => {
    expect(checkpointPercentage(1, 101)).toBeUndefined();
    expect(checkpointPercentage(1, 1)).toBeUndefined();
  });
});

describe('the plan of a refresh', () => {
  const { rollout } = rolling();

  test('a canary launches before it terminates, and stops', () => {
    expect(canaryPlan(observation(), target(), rollout!)).toEqual({
      minHealthyPercentage: 100, maxHealthyPercentage: 100, checkpoint: 1, bakeSeconds: 0, autoRollback: true, alarms: ['errors'],
    });
  });

  test('waves keep the bounds of the policy and bake inside the refresh', () => {
    expect(wavesPlan(observation(), canaryOut(), rollout!)).toEqual({
      minHealthyPercentage: 90, maxHealthyPercentage: 100, bakeSeconds: 600, autoRollback: true, alarms: ['errors'],
    });
  });

  test('where the canary is the whole group, one refresh is both, and bakes for both', () => {
    const one = target({ group: { ...target().group!, desired: 1, instances: [instance('i-1', 2, 'ami-1')] } });
    expect(wavesPlan(observation(), one, rollout!)).toMatchObject({ minHealthyPercentage: 100, maxHealthyPercentage: 100, bakeSeconds: 900 });
  });

  test('a bootstrapping fleet replaces at once after its canary, whatever the alarms say, and does not go back', () => {
    const bootstrapping = { ...rollout!, bootstrapping: true };
    const broken = target({ group: { ...target().group!, instances: [instance('i-1', 2, 'ami-1', { serving: false })] } });
    const free = { minHealthyPercentage: 0, autoRollback: false, alarms: [] };
    expect(canaryPlan(observation(), broken, bootstrapping)).toMatchObject({ ...free, checkpoint: 1 });
    expect(wavesPlan(observation(), broken, bootstrapping)).toMatchObject({ ...free, maxHealthyPercentage: 100 });
  });

  test('an alarm that was red before does not guard', () => {
    expect(canaryPlan(observation(), target(), { ...rollout!, redAtStart: ['errors'] }).alarms).toEqual([]);
  });
});
