import type { StackEvent, TargetObservation, TemplateVersion } from './observation';
import type { TemplateDeclaration } from '../../../contract';

/** EC2 tells when a version was made in whole seconds, CloudFormation its events more exactly. */
const PRECISION_MILLISECONDS = 1000;

export const keyOfVersion = ({ group }: TargetObservation, { number }: TemplateVersion): string => `${group?.templateId}#${number}`;

export const keyOfDeclaration = ({ group }: TargetObservation, { operation }: TemplateDeclaration): string => `${group?.templateId}@${operation}`;

/** An operation that stopped half-way (`UPDATE_FAILED`, `UPDATE_ROLLBACK_FAILED`) is decided by the one that goes on from there. */
const isEnd = (status: string): boolean => status.endsWith('_COMPLETE');

const isWell = (status: string): boolean => !status.includes('ROLLBACK');

/** How the operation of the stack ended that began then: undefined while it lasts, or where the events do not reach back. */
export function endedSince(operation: number, events: readonly StackEvent[]): boolean | undefined {
  if ((events[0]?.at ?? Infinity) > operation + PRECISION_MILLISECONDS) return undefined;
  const end = events.find(({ at, status }) => at > operation && isEnd(status));
  return end && isWell(end.status);
}

/**
 * How the operation ended in which a version was made: undefined while it lasts, or where the events do not reach back. One that was made
 * outside of any operation was made by hand: no operation has taken it back.
 */
export function endedAround(createdAt: number | undefined, events: readonly StackEvent[]): boolean | undefined {
  const { last, end } = operationAround(createdAt, events);
  if (last === undefined) return undefined;
  return isEnd(last.status) ? true : end && isWell(end.status);
}

/** Whether a version was made in an operation that has not ended. */
export function isLasting(createdAt: number | undefined, events: readonly StackEvent[]): boolean {
  const { last, end } = operationAround(createdAt, events);
  return last !== undefined && !isEnd(last.status) && end === undefined;
}

/** The last event before a version was made, and the end of an operation after that. */
interface Around {
  readonly last?: StackEvent | undefined;
  readonly end?: StackEvent | undefined;
}

function operationAround(createdAt: number | undefined, events: readonly StackEvent[]): Around {
  if (createdAt === undefined) return {};
  const before = events.filter(({ at, status }) => at <= createdAt + (isEnd(status) ? 0 : PRECISION_MILLISECONDS));
  return { last: before[before.length - 1], end: events.slice(before.length).find(({ status }) => isEnd(status)) };
}
