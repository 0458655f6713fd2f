import { iterationOf, loopValues } from './loop';
import { resolve, type Iteration } from './references';
import type { Frame, PlacedStep, Refusal, RunStatus, State, StepResult } from './state';
import type { Mapping } from '../../../../src/component/document';

/** Which step an instruction is about. */
export interface StepReference {
  readonly phase: string;
  readonly step: string;
  readonly action: string;
  /** Documents around this one: 0 in the document that was given. */
  readonly depth: number;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly iteration?: Iteration;
  /** Reboots that this step had so far. */
  readonly reboots: number;
  /** What it prints is kept to itself. */
  readonly quiet: boolean;
}

/** The next thing to do. */
export type Instruction =
  | { readonly type: 'decide'; readonly at: StepReference; readonly comparison: Mapping }
  | {
    readonly type: 'run';
    readonly at: StepReference;
    readonly inputs: unknown;
    readonly unresolved: readonly string[];
    /** Seconds that are left; Infinity where there is no limit. */
    readonly seconds: number;
    /** Documents that are being run, the outermost first. */
    readonly sources: readonly string[];
  }
  | { readonly type: 'reboot'; readonly at?: StepReference; readonly delaySeconds: number; readonly again: boolean }
  | { readonly type: 'end'; readonly status: RunStatus; readonly results: readonly StepResult[]; readonly refusal?: Refusal };

/** Reads the next thing to do from all that is known. */
export function next(state: State): Instruction {
  if (state.rebooting) {
    const at = state.frames.length > 0 ? referenceOf(state) : undefined;
    return { type: 'reboot', ...state.rebooting, ...at ? { at } : {} };
  }
  if (state.over) {
    return { type: 'end', ...state.over, ...state.refusal === undefined ? {} : { refusal: state.refusal } };
  }
  const frame = state.frames.at(-1)!;
  const { step } = stepOf(frame)!;
  const at = referenceOf(state)!;
  if (step.condition && !frame.current.decided) {
    return { type: 'decide', at, comparison: resolve(step.condition.comparison, frame).value as Mapping };
  }
  const { value, unresolved } = resolve(step.inputs, frame, at.iteration);
  return { type: 'run', at, inputs: value, unresolved, seconds: secondsLeft(state), sources: state.frames.map(({ source }) => source) };
}

/** The step that a frame has come to. */
export const stepOf = (frame: Frame): PlacedStep | undefined => frame.steps[frame.results.length];

function referenceOf(state: State): StepReference | undefined {
  const frame = state.frames.at(-1)!;
  const placed = stepOf(frame);
  if (!placed) {
    return undefined;
  }
  const { phase, step } = placed;
  const iteration = iterationOf(step, frame.current, frame.current.values ?? loopValues(step, frame));
  const { attempt, reboots } = frame.current;
  return {
    phase,
    step: step.name,
    action: step.action,
    depth: state.frames.length - 1,
    attempt,
    maxAttempts: step.maxAttempts,
    reboots,
    quiet: step.quiet,
    ...iteration ? { iteration } : {},
  };
}

/** Of the tightest timeout: the step's own, or that of a step which runs this document. */
const secondsLeft = (state: State): number => Math.min(...state.frames.map((frame) => stepOf(frame)!.step.timeoutSeconds - frame.current.spent));
