import { succeed, fail } from './finish';
import { stepOf } from './next';
import type { Frame, RunStatus, State, StepResult } from './state';

/** What results come to, for a phase or for a document. */
export function statusOf(results: readonly Pick<StepResult, 'status'>[]): RunStatus {
  if (results.some(({ status }) => status === 'Failed')) {
    return 'Failed';
  }
  return results.some(({ status }) => status === 'IgnoredFailure') ? 'SuccessWithIgnoredFailure' : 'Success';
}

/** Closes documents that have come to their end; the outermost one's end is the end of the run. */
export function settle(state: State): State {
  const frame = state.frames.at(-1);
  if (state.over || frame === undefined || !isOver(frame)) {
    return state;
  }
  const status = statusOf(frame.results);
  const frames = state.frames.slice(0, -1);
  const around = frames.at(-1);
  if (around === undefined) {
    return { ...state, frames, over: { status, results: frame.results } };
  }
  const told = { ...around, current: { ...around.current, nested: frame.results } };
  const rest = { ...state, frames: [...frames.slice(0, -1), told] };
  return settle(status === 'Failed' ? fail(rest, { message: `the document ${frame.source} failed` }) : succeed(rest, {}));
}

/**
 * A document ends after its last step, at a failure that aborts, and before a phase that follows a failed one: the service runs phase
 * by phase and stops a build whose phase failed (assumption: phase-after-failure).
 */
function isOver(frame: Frame): boolean {
  const last = frame.results.at(-1);
  const placed = stepOf(frame);
  if (placed === undefined) {
    return true;
  }
  const failed = frame.results.some(({ status }) => status === 'Failed');
  return failed && (frame.steps[frame.results.length - 1]!.step.onFailure === 'Abort' && last?.status === 'Failed' || placed.phase !== last?.phase);
}
