import { frameOf, type RunOptions } from './begin';
import { fail, finish, replaceTop, succeed } from './finish';
import { loopValues } from './loop';
import { stepOf } from './next';
import { settle } from './settle';
import type { Outputs, Refusal, State } from './state';
import type { ComponentDocument, ConditionOutcome } from '../../../../src/component/document';

interface Ran {
  readonly seconds: number;
  readonly exitCode?: number;
  readonly inputs?: unknown;
  readonly printed?: string;
}

/** What came of an instruction. */
export type Answer =
  | { readonly type: 'decided'; readonly holds: boolean }
  | Ran & { readonly type: 'done'; readonly outputs: Outputs }
  | Ran & { readonly type: 'failed'; readonly message: string }
  | Ran & { readonly type: 'timed-out' }
  /** The step asks for a reboot: to be run again after it, or to be done. */
  | Ran & { readonly type: 'reboot'; readonly again: boolean; readonly delaySeconds?: number; readonly outputs?: Outputs }
  | { readonly type: 'rebooted' }
  /** ExecuteDocument: the document that it named. */
  | { readonly type: 'document'; readonly document: ComponentDocument; readonly options: RunOptions; readonly inputs: unknown }
  /** The machine is gone, or the user has had enough. */
  | { readonly type: 'lost'; readonly message: string };

/** Adds what came of the last instruction to all that is known. */
export function record(state: State, answer: Answer): State {
  return settle(apply(state, answer));
}

function apply(state: State, answer: Answer): State {
  switch (answer.type) {
    case 'decided': return decide(state, answer.holds);
    case 'document': return enter(state, answer);
    case 'rebooted': return omit(state);
    case 'lost': return giveUp(state, { kind: 'lost', message: answer.message });
    default: return counted(state) ?? ran(spend(begun(state, answer), answer.seconds), answer);
  }
}

/** Gives up when too much was run. */
function counted(state: State): State | undefined {
  return state.runs < state.limits.runs ? undefined : giveUp(state, { kind: 'endless', message: `modules ran more than ${state.limits.runs} times` });
}

function ran(before: State, answer: Exclude<Answer, { type: 'decided' | 'document' | 'rebooted' | 'lost' }>): State {
  const state = { ...before, runs: before.runs + 1 };
  switch (answer.type) {
    case 'done': return succeed(state, answer.outputs);
    case 'failed': return fail(state, answer);
    case 'timed-out': return timeOut(state);
    case 'reboot': return reboot(state, answer);
  }
}

function decide(state: State, holds: boolean): State {
  const frame = state.frames.at(-1)!;
  const condition = stepOf(frame)!.step.condition!;
  const outcome: ConditionOutcome = holds ? condition.whenTrue : condition.whenFalse;
  switch (outcome) {
    case 'Execute': return replaceTop(state, { ...frame, current: { ...frame.current, decided: true } });
    case 'Skip': return finish(state, 'Skipped');
    // "AWSTOE marks the step as failed": trying again would decide nothing else, as a condition is evaluated once.
    case 'Abort': return fail(state, { message: `its condition is ${holds}, which aborts`, final: true });
  }
}

/** A run of the step has taken place: values of its loop and its inputs are kept. */
function begun(state: State, { exitCode, inputs, printed }: Ran): State {
  const frame = state.frames.at(-1)!;
  const values = frame.current.values ?? loopValues(stepOf(frame)!.step, frame);
  const { exitCode: _, printed: __, ...current } = frame.current;
  const told = Object.fromEntries(Object.entries({ values, inputs, exitCode, printed }).filter(([, value]) => value !== undefined));
  return replaceTop(state, { ...frame, current: { ...current, ...told } });
}

const spend = (state: State, seconds: number): State => ({
  ...state,
  frames: state.frames.map((frame) => ({
    ...frame, current: { ...frame.current, spent: frame.current.spent + seconds, seconds: frame.current.seconds + seconds },
  })),
});

/** Sums of seconds are not exact. */
const ROUNDING = 1e-6;

/** Ends the outermost step whose time is over, with all the documents in it. */
function timeOut(state: State): State {
  const late = state.frames.findIndex((frame) => frame.current.spent >= stepOf(frame)!.step.timeoutSeconds - ROUNDING);
  const frames = late < 0 ? state.frames : state.frames.slice(0, late + 1);
  const { step } = stepOf(frames.at(-1)!)!;
  return fail({ ...state, frames }, { message: `timed out after ${step.timeoutSeconds} s` });
}

/** The time of an attempt counts from its last start: how the agent counts over a reboot is not documented (assumption: reboot-restarts-clock). */
function reboot(state: State, { again, delaySeconds = 0, outputs = {} }: { again: boolean; delaySeconds?: number; outputs?: Outputs }): State {
  if (state.reboots >= state.limits.reboots) {
    return giveUp(state, { kind: 'endless', message: `it asks for reboot ${state.reboots + 1}; a run may have ${state.limits.reboots}` });
  }
  const next = { ...state, reboots: state.reboots + 1, rebooting: { delaySeconds, again } };
  const frames = next.frames.map((frame, index) => ({
    ...frame, current: { ...frame.current, spent: 0, reboots: frame.current.reboots + (index === next.frames.length - 1 ? 1 : 0) },
  }));
  return again ? { ...next, frames } : succeed({ ...next, frames }, outputs);
}

function enter(state: State, { document, options, inputs }: { document: ComponentDocument; options: RunOptions; inputs: unknown }): State {
  const kept = begun(state, { seconds: 0, inputs });
  return { ...kept, frames: [...kept.frames, frameOf(document, { ...options, stored: state.frames[0]!.stored })] };
}

/** Closes every document as failed. */
function giveUp(state: State, refusal: Refusal): State {
  const top = state.frames.at(-1);
  if (top === undefined) return omit({ ...state, refusal });
  const { step } = stepOf(top)!;
  const results = finish(state, 'Failed', refusal.message).frames.at(-1)!.results;
  const nested = state.frames.slice(0, -1).reduceRight((inner, frame) => (
    finish({ ...state, frames: [{ ...frame, current: { ...frame.current, nested: inner } }] }, 'Failed', `step ${step.name} in it was given up`)
      .frames[0]!.results
  ), results);
  return omit({ ...state, frames: [], refusal: { ...refusal, message: `step '${step.name}': ${refusal.message}` }, over: { status: 'Failed', results: nested } });
}

function omit({ rebooting: _, ...state }: State): State {
  return state;
}
