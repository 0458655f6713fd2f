import type { Mapping } from './shape';

/** A valid component document, with every default written out. */
export interface ComponentDocument {
  readonly name?: string;
  readonly description?: string;
  readonly parameters: readonly Variable[];
  readonly constants: readonly Variable[];
  readonly phases: readonly DocumentPhase[];
}

/** A constant, or a parameter with its default if it has one. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
}

export interface DocumentPhase {
  readonly name: string;
  readonly steps: readonly DocumentStep[];
}

export interface DocumentStep {
  readonly name: string;
  readonly action: string;
  /** Infinity for −1. */
  readonly timeoutSeconds: number;
  readonly onFailure: 'Abort' | 'Continue' | 'Ignore';
  readonly maxAttempts: number;
  /** What the step prints is kept out of the logs. */
  readonly quiet: boolean;
  /** As written, references and all. */
  readonly inputs: unknown;
  readonly condition?: StepCondition;
  readonly loop?: StepLoop;
}

export type ConditionOutcome = 'Abort' | 'Execute' | 'Skip';

export interface StepCondition {
  readonly comparison: Mapping;
  readonly whenTrue: ConditionOutcome;
  readonly whenFalse: ConditionOutcome;
}

export type StepLoop =
  | { readonly kind: 'numbers'; readonly name?: string; readonly start: number; readonly end: number; readonly updateBy: number }
  | { readonly kind: 'list'; readonly name?: string; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly name?: string; readonly text: string; readonly delimiter: string };
