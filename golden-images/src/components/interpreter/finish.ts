import { iterationCount, joinOutputs, loopValues } from './loop';
import { stepOf } from './next';
import { FRESH, type Current, type Frame, type Outputs, type State, type StepResult, type StepStatus } from './state';

/** One run of the step succeeded: its loop goes on, or the step is over. */
export function succeed(state: State, outputs: Outputs): State {
  const frame = state.frames.at(-1)!;
  const { step } = stepOf(frame)!;
  const values = frame.current.values ?? loopValues(step, frame);
  const current = { ...frame.current, iteration: frame.current.iteration + 1, outputs: [...frame.current.outputs, outputs] };
  return current.iteration < iterationCount(step, values)
    ? replaceTop(state, { ...frame, current: { ...current, ...values ? { values } : {} } })
    : finish(replaceTop(state, { ...frame, current }), 'Success');
}

/** One run of the step failed: the whole step is tried again, with all iterations, or it has failed. */
export function fail(state: State, { message, final = false }: { readonly message: string; readonly final?: boolean }): State {
  const frame = state.frames.at(-1)!;
  const { step } = stepOf(frame)!;
  const { current } = frame;
  if (!final && current.attempt < step.maxAttempts) {
    return replaceTop(state, { ...frame, current: { ...current, attempt: current.attempt + 1, iteration: 0, outputs: [], spent: 0 } });
  }
  const where = step.loop ? `iteration ${current.iteration}: ` : '';
  return finish(state, step.onFailure === 'Ignore' ? 'IgnoredFailure' : 'Failed', `${where}${message}`);
}

/** Writes down what the step came to, and goes on to the next one. */
export function finish(state: State, status: StepStatus, message?: string): State {
  const frame = state.frames.at(-1)!;
  return replaceTop(state, { ...frame, results: [...frame.results, resultOf(frame, status, message)], current: FRESH });
}

export const replaceTop = (state: State, frame: Frame): State => ({ ...state, frames: [...state.frames.slice(0, -1), frame] });

function resultOf(frame: Frame, status: StepStatus, message: string | undefined): StepResult {
  const { phase, step } = stepOf(frame)!;
  const { attempt, reboots, seconds, outputs, exitCode, inputs, nested, printed } = frame.current;
  const optional: Partial<Current> & { message?: string; iterations?: number } = {
    exitCode, inputs, nested, message, ...status === 'Success' ? {} : { printed }, ...step.loop && status !== 'Skipped' ? { iterations: outputs.length } : {},
  };
  return {
    phase,
    step: step.name,
    action: step.action,
    status,
    attempts: status === 'Skipped' ? 0 : attempt,
    reboots,
    seconds,
    outputs: joinOutputs(outputs),
    ...step.quiet ? { quiet: true } : {},
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
