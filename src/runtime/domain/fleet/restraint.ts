import type { Action, Decision } from './decision';
import { wait } from './decision';
import type { FleetObservation } from './observation';
import type { Attempt, FleetState } from './state';
import { isActive } from './versions';

/** Before the second, third, … attempt at the same step. The first is free: as a rule the next look sees what it did. */
const PAUSES_SECONDS = [10, 30, 90, 300];
const LONGEST_PAUSE_SECONDS = 900;
/** What takes away a version that is sick, or keeps launches from one that nobody has proven, is never delayed by more. */
const URGENT = ['adopt', 'cancel', 'roll-back', 'end-instance'];
const LONGEST_PAUSE_OF_URGENT_SECONDS = 60;
/** A step that was not asked for again for so long has had its effect. */
const FORGOTTEN_SECONDS = 4 * 3600;

/** Attempts at a step after which an operator must look. */
const ATTEMPTS_THAT_ALARM = 5;

/**
 * No step is repeated without a pause: one whose effect no observation shows backs off, whatever the reason, and is alarmed in the end
 * (`needsOperator`). So the calls of an hour are bounded, also for faults that nobody thought of. The effect itself is never remembered:
 * only that the step was asked for.
 */
export function restrain(decision: Decision, observation: FleetObservation): Decision {
  const { state, action } = decision;
  if (action.type === 'wait' || action.type === 'record') return { state: withAttempts(state, closed(state.attempts)), action };
  const step = nameOf(action, state, observation);
  const attempts = remembered(state, observation.now);
  const before = attempts.find((each) => each.step === step);
  const until = before ? before.at + pauseAfter(before.count, action) * 1000 : 0;
  if (before && observation.now < until) {
    return wait(withAttempts(state, attempts), `${describe(before)}; it is asked for again later`, Math.ceil((until - observation.now) / 1000));
  }
  const attempt: Attempt = { step, count: (before?.count ?? 0) + 1, at: observation.now, open: true };
  return { state: withAttempts(state, [...closed(attempts.filter((each) => each !== before)), attempt]), action };
}

/** Steps that were asked for so often that something must be wrong. */
export const fruitless = (state: FleetState, now: number): string[] =>
  remembered(state, now).filter(({ count, open }) => open && count >= ATTEMPTS_THAT_ALARM).map(describe);

/** Something else is wanted now: what was asked for has had its effect, or is given up. */
const closed = (attempts: readonly Attempt[] = []): readonly Attempt[] =>
  attempts.map(({ step, count, at }) => ({ step, count, at }));

const withAttempts = (state: FleetState, attempts: readonly Attempt[]): FleetState =>
  (attempts.length === 0 && !state.attempts ? state : { ...state, attempts });

const remembered = (state: FleetState, now: number): Attempt[] => (state.attempts ?? []).filter(({ at }) => now - at < FORGOTTEN_SECONDS * 1000);

const describe = ({ step, count, refusal }: Attempt): string =>
  `${refusal === undefined ? '' : `${refusal}: `}'${step}' was asked for ${count} times without an effect`;

/** AWS said no to the step that was asked for last: whoever reads why the fleet waits is told. */
export const noteRefusal = (state: FleetState, refusal: string): FleetState =>
  withAttempts(state, (state.attempts ?? []).map((each) => (each.open ? { ...each, refusal } : each)));

function pauseAfter(count: number, { type }: Action): number {
  const pause = PAUSES_SECONDS[count - 1] ?? LONGEST_PAUSE_SECONDS;
  return URGENT.includes(type) ? Math.min(pause, LONGEST_PAUSE_OF_URGENT_SECONDS) : pause;
}

/** What makes a step the same: never anything that its own attempts change, such as the number of a version that they made. */
function nameOf(action: Exclude<Action, { type: 'wait' | 'record' }>, { rollout }: FleetState, observation: FleetObservation): string {
  switch (action.type) {
    case 'adopt': return `adopt ${action.group.name} ${action.version}`;
    case 'create-version': return `create-version ${action.templateId} ${configurationOf(observation, action)} ${action.ami}`;
    case 'start-refresh': return `start-refresh ${action.kind} ${action.group.name} ${action.version} ${rollout?.startedAt}`;
    case 'cancel':
    case 'roll-back': return `${action.type} ${action.group.name} ${activeRefresh(observation, action.group.name)}`;
    case 'end-instance': return `end-instance ${action.instance}`;
    case 'write-parameter': return `write-parameter ${action.ami}`;
    case 'delete-versions': return `delete-versions ${action.templateId} ${action.versions.join(' ')}`;
  }
}

/** What the source has, not its number: the version that an attempt made may be the source of the next one. */
const configurationOf = ({ targets }: FleetObservation, { templateId, source }: Extract<Action, { type: 'create-version' }>): string =>
  targets.find(({ group }) => group?.templateId === templateId)?.versions.find(({ number }) => number === source)?.configurationHash ?? source;

const activeRefresh = ({ targets }: FleetObservation, groupName: string): string =>
  targets.find((each) => each.groupName === groupName)?.refreshes.find(isActive)?.id ?? '';
