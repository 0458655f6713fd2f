import type { History } from './history';

/** Histories that once broke an invariant, as they were shrunk. */
export const counterexamples: ReadonlyArray<{ readonly name: string; readonly script: History }> = [
  {
    name: 'an operator cancels the replacement of the only instance',
    script: {
      size: 1,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'release', sick: true }, minutes: 2 },
        { happening: { type: 'cancel' }, minutes: 0 },
        { happening: { type: 'stale-lists', count: 1 }, minutes: 4 },
      ],
    },
  },
];
