import type { ComponentDocument, DocumentStep } from '../../../../src/component/document';

/** "Use looping constructs", Step fields: what a step comes to. A skipped step counts as a success. */
export type StepStatus = 'Success' | 'Failed' | 'IgnoredFailure' | 'Skipped';

/** What a phase or a document comes to. */
export type RunStatus = 'Success' | 'SuccessWithIgnoredFailure' | 'Failed';

export type Outputs = Readonly<Record<string, string>>;

/** A step that is over. */
export interface StepResult {
  readonly phase: string;
  readonly step: string;
  readonly action: string;
  readonly status: StepStatus;
  readonly attempts: number;
  /** Iterations of its loop that succeeded in the last attempt. */
  readonly iterations?: number;
  readonly reboots: number;
  readonly seconds: number;
  readonly exitCode?: number;
  readonly message?: string;
  /** As they were given to the module; of a loop, in its last iteration. */
  readonly inputs?: unknown;
  readonly outputs: Outputs;
  /** Its step keeps what it prints to itself. */
  readonly quiet?: true;
  /** What a failed step printed last. */
  readonly printed?: string;
  /** Steps of the document that ExecuteDocument ran. */
  readonly nested?: readonly StepResult[];
}

/** The step that is being run. */
export interface Current {
  /** The condition has been evaluated, which happens once, whatever reboots come. */
  readonly decided: boolean;
  readonly attempt: number;
  readonly iteration: number;
  /** Values of a loop over a list, taken when the step began. */
  readonly values?: readonly string[];
  /** Of the iterations of this attempt that succeeded. */
  readonly outputs: readonly Outputs[];
  /** Seconds of this attempt since the last reboot, which the step's timeout bounds. */
  readonly spent: number;
  readonly seconds: number;
  readonly reboots: number;
  readonly exitCode?: number;
  readonly inputs?: unknown;
  readonly printed?: string;
  readonly nested?: readonly StepResult[];
}

/** A document that is being run; ExecuteDocument puts another one on top of it. */
export interface Frame {
  /** Where the document came from: a document may not run itself again. */
  readonly source: string;
  readonly document: ComponentDocument;
  readonly steps: readonly PlacedStep[];
  readonly variables: Readonly<Record<string, string>>;
  /** Values of Parameter Store, by name. */
  readonly stored: Readonly<Record<string, string>>;
  /** Of the steps that are over, in order. */
  readonly results: readonly StepResult[];
  readonly current: Current;
}

export interface PlacedStep {
  readonly phase: string;
  readonly step: DocumentStep;
}

/** A run that asks for more is given up: it would most likely never end. */
export interface Limits {
  readonly reboots: number;
  /** How often modules may be run, each iteration of a loop counted. */
  readonly runs: number;
}

/** Why a run was given up. */
export interface Refusal {
  /** It might never end; or its machine went away. */
  readonly kind: 'endless' | 'lost';
  readonly message: string;
}

/** All that is known of a run. It outlives reboots. */
export interface State {
  readonly frames: readonly Frame[];
  readonly reboots: number;
  readonly runs: number;
  readonly limits: Limits;
  /** A reboot that must come before anything else. */
  readonly rebooting?: { readonly delaySeconds: number; readonly again: boolean };
  /** Why the runner, not the document, gave up. */
  readonly refusal?: Refusal;
  readonly over?: { readonly status: RunStatus; readonly results: readonly StepResult[] };
}

export const FRESH: Current = { decided: false, attempt: 1, iteration: 0, outputs: [], spent: 0, seconds: 0, reboots: 0 };
