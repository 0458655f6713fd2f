import type { Scenario } from './harness/step';

/** Random sequences of calls, the same for the same seed. */
export const sequences = (_seed: number, _runs: number): Scenario[] => [];
