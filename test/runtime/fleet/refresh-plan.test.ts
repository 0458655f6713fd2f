import { canaryOut, instance, observation, rolling, target } from './table';
import { canaryPlan, checkpointPercentage, instancesAtCheckpoint, wavesPlan, type GroupInstance } from '../../../src/runtime/domain/fleet';

describe('the checkpoint of a canary', () => {
  test.each([[1, 2, 1], [1, 6, 1], [1, 100, 1], [2, 6, 17], [2, 3, 34], [5, 6, 67]])('%i of %i: %i percent', (count, size, percentage) => {
    expect(checkpointPercentage(count, size)).toBe(percentage);
    expect(instancesAtCheckpoint(percentage, size)).toBe(count);
  });

  test('stops a refresh of a large group after one percent, where nobody stops it before', () => {
    expect(checkpointPercentage(1, 150)).toBe(1);
    expect(instancesAtCheckpoint(1, 150)).toBe(2);
  });

  test('is none where the canary is the whole group', () => {
    expect(checkpointPercentage(1, 1)).toBeUndefined();
  });
});

describe('the plan of a refresh', () => {
  const { rollout } = rolling();

  test('a canary launches before it terminates, and stops', () => {
    expect(canaryPlan(observation(), target(), rollout!)).toEqual({
      minHealthyPercentage: 100, maxHealthyPercentage: 100, checkpoint: 1, bakeSeconds: 0, autoRollback: true, alarms: ['errors'], skipMatching: true,
    });
  });

  test('waves keep the bounds of the policy and bake inside the refresh', () => {
    expect(wavesPlan(observation(), canaryOut(), rollout!)).toEqual({
      minHealthyPercentage: 90, maxHealthyPercentage: 100, bakeSeconds: 600, autoRollback: true, alarms: ['errors'], skipMatching: true,
    });
  });

  test('where the canary is the whole group, one refresh is both, and bakes for both', () => {
    const one = target({ group: { ...target().group!, desired: 1, instances: [instance('i-1', 2, 'ami-1')] } });
    expect(wavesPlan(observation(), one, rollout!)).toMatchObject({ minHealthyPercentage: 100, maxHealthyPercentage: 100, bakeSeconds: 900 });
  });

  describe('of a bootstrapping fleet', () => {
    const bootstrapping = { ...rollout!, bootstrapping: true };
    const versions = canaryOut().versions;
    const group = (instances: GroupInstance[], desired = 3) => target({ versions, group: { ...target().group!, desired, instances } });
    const old = (id: string, serving: boolean) => instance(id, 2, 'ami-1', { serving });

    test('where nothing serves: at once after its canary, whatever the alarms say, and no way back', () => {
      const dead = group([old('i-1', false)]);
      const free = { minHealthyPercentage: 0, autoRollback: false, alarms: [] };
      const seen = observation({ targets: [dead] });
      expect(canaryPlan(seen, dead, bootstrapping)).toMatchObject({ ...free, checkpoint: 1 });
      expect(wavesPlan(seen, dead, bootstrapping)).toMatchObject({ ...free, maxHealthyPercentage: 100 });
    });

    test('where nothing serves but the canary: at once, guarded by the alarms', () => {
      const saved = group([old('i-1', false), old('i-2', false), instance('i-4', 3, 'ami-2')]);
      const plan = { minHealthyPercentage: 0, maxHealthyPercentage: 100, autoRollback: false, alarms: ['errors'] };
      expect(wavesPlan(observation({ targets: [saved] }), saved, bootstrapping)).toMatchObject(plan);
    });

    test('where all serve: as any other rollout, one canary first, bounds, alarms and the way back', () => {
      const fifty = group(Array.from({ length: 50 }, (_, index) => old(`i-${index}`, true)), 50);
      expect(canaryPlan(observation(), fifty, bootstrapping)).toEqual(canaryPlan(observation(), fifty, rollout!));
      expect(wavesPlan(observation(), fifty, bootstrapping)).toEqual(wavesPlan(observation(), fifty, rollout!));
      expect(wavesPlan(observation(), fifty, rollout!)).toMatchObject({ minHealthyPercentage: 90, autoRollback: true, alarms: ['errors'] });
    });

    test('where some serve: those are kept', () => {
      const some = group([old('i-1', true), old('i-2', true), old('i-3', false)]);
      expect(canaryPlan(observation(), some, bootstrapping).minHealthyPercentage).toBe(66);
      const plan = wavesPlan(observation({}, { maxHealthyPercentage: 190 }), some, bootstrapping);
      expect(plan).toMatchObject({ minHealthyPercentage: 66, maxHealthyPercentage: 166 });
    });
  });

  test('an alarm that was red before does not guard', () => {
    expect(canaryPlan(observation(), target(), { ...rollout!, redAtStart: ['errors'] }).alarms).toEqual([]);
  });
});
