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
  {
    name: 'the controller is away when the short grace of a sick canary ends',
    script: {
      size: 6,
      graceSeconds: 60,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: true }, minutes: 1 },
        { happening: { type: 'crash', calls: 33, after: false }, minutes: 40 },
      ],
    },
  },
  {
    name: 'the canary would be the whole group, and is sick',
    script: {
      size: 2,
      graceSeconds: 60,
      rollout: { canaryInstances: 2, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 0 },
        { happening: { type: 'crash', calls: 0, after: false }, minutes: 40 },
        { happening: { type: 'deploy', change: 'sick-configuration', minutes: 1 }, minutes: 0 },
      ],
    },
  },
  {
    name: 'a canary is interrupted',
    script: {
      size: 3,
      graceSeconds: 60,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 1 },
        { happening: { type: 'interrupt' }, minutes: 0 },
      ],
    },
  },
  {
    name: 'the group is scaled out while its canary stands at a checkpoint',
    script: {
      size: 6,
      graceSeconds: 300,
      rollout: { canaryInstances: 2, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'scale', size: 3 }, minutes: 0 },
        { happening: { type: 'deploy', change: 'sick-configuration', minutes: 1 }, minutes: 0 },
        { happening: { type: 'interrupt' }, minutes: 0 },
        { happening: { type: 'release', sick: false }, minutes: 4 },
        { happening: { type: 'stall' }, minutes: 4 },
        { happening: { type: 'release', sick: false }, minutes: 2 },
      ],
    },
  },
  {
    name: 'the group is scaled to zero while its canary is out, and up again',
    script: {
      size: 1,
      graceSeconds: 60,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'scale', size: 2 }, minutes: 0 },
        { happening: { type: 'release', sick: false }, minutes: 15 },
        { happening: { type: 'release', sick: false }, minutes: 1 },
        { happening: { type: 'scale', size: 0 }, minutes: 0 },
        { happening: { type: 'stale-lists', count: 1 }, minutes: 8 },
      ],
    },
  },
  ...(['rolled-back-newest-left', 'rolled-back'] as const).map((change) => ({
    name: `a deploy of another configuration is rolled back (${change}), and a deploy of the group follows`,
    script: {
      size: 3,
      graceSeconds: 300,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'deploy', change, minutes: 1 }, minutes: 40 },
        { happening: { type: 'deploy', change: 'group', minutes: 1 }, minutes: 40 },
      ],
    } satisfies History,
  })),
  {
    name: 'a stack that named a version of ours is rolled back long after',
    script: {
      size: 3,
      graceSeconds: 300,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'deploy', change: 'group', minutes: 1 }, minutes: 15 },
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'deploy', change: 'rolled-back', minutes: 1 }, minutes: 15 },
      ],
    },
  },
  {
    name: 'the first release of a group of fifty that serves',
    script: {
      size: 50,
      rollout: { canaryInstances: 1, minHealthyPercentage: 90, canarySeconds: 60, bakeSeconds: 0 },
      happenings: [{ happening: { type: 'release', sick: false }, minutes: 40 }],
    },
  },
  {
    name: 'a sick first release is superseded, in a group of one that serves with a launch configuration of its own',
    script: {
      size: 1,
      graceSeconds: 60,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 0, bakeSeconds: 0, protectedInstances: 'wait' },
      happenings: [
        { happening: { type: 'release', sick: true }, minutes: 0 },
        { happening: { type: 'rebalance' }, minutes: 40 },
        { happening: { type: 'deploy', change: 'configuration', minutes: 1 }, minutes: 1 },
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'release', sick: false }, minutes: 0 },
      ],
    },
  },
  {
    name: 'all instances are protected once the refresh was started, and the group is scaled out',
    script: {
      size: 3,
      rollout: { canaryInstances: 1, minHealthyPercentage: 100, canarySeconds: 300, bakeSeconds: 0, protectedInstances: 'ignore' },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'release', sick: false }, minutes: 0 },
        { happening: { type: 'protect', protected: true }, minutes: 2 },
        { happening: { type: 'scale', size: 6 }, minutes: 15 },
      ],
    },
  },
  {
    name: 'zones are rebalanced over a canary, and a refresh back replaces nothing',
    script: {
      size: 6,
      savedMatches: true,
      rollout: { canaryInstances: 1, minHealthyPercentage: 50, canarySeconds: 300, bakeSeconds: 0 },
      happenings: [
        { happening: { type: 'release', sick: false }, minutes: 40 },
        { happening: { type: 'release', sick: false }, minutes: 4 },
        { happening: { type: 'rebalance' }, minutes: 40 },
        { happening: { type: 'release', sick: false }, minutes: 4 },
        { happening: { type: 'alarm', red: true }, minutes: 15 },
      ],
    },
  },
  {
    name: 'a launch hook of five minutes',
    script: {
      size: 3,
      hookSeconds: 300,
      rollout: { canaryInstances: 1, minHealthyPercentage: 100, canarySeconds: 60, bakeSeconds: 0 },
      happenings: [{ happening: { type: 'release', sick: false }, minutes: 40 }, { happening: { type: 'release', sick: false }, minutes: 40 }],
    },
  },
];
