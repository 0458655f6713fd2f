import type { FleetObservation, StackEvent, TargetObservation, TemplateVersion } from './observation';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { isForeign } from './versions';

/** EC2 tells when a version was made in whole seconds, CloudFormation its events more exactly. */
const PRECISION_MILLISECONDS = 1000;

/** What a group should be launched with, by the last deploy that ended well; or why that is not known. */
export type Declared = { readonly version: TemplateVersion } | { readonly unknown: TemplateVersion } | undefined;

/**
 * The newest version of CloudFormation, or of a person, that did not come from a deploy which was rolled back.
 *
 * A rollback may leave the version of the failed deploy as the newest one (aws-cloudformation/cloudformation-coverage-roadmap issue 1912),
 * or make another one with the old content (assumption: rollback-template-version). Neither counts: what counts is how the operation
 * ended in which a version was made.
 */
export function declared(state: FleetState, target: TargetObservation): Declared {
  const good = lastKnownGood(state)?.configurations[target.groupName];
  for (const version of newestFirst(target)) {
    if (version.configurationHash === good) return { version };
    const ended = state.deploys?.[keyOf(target, version)];
    if (ended === undefined) return { unknown: version };
    if (ended) return { version };
  }
  return undefined;
}

/** Since when the events of the stack are needed to tell what a deploy declares; undefined where they are not. */
export function asksForEventsSince(state: FleetState, targets: readonly TargetObservation[]): number | undefined {
  if (!lastKnownGood(state) || state.rollout || !targets.some((target) => isUnknown(declared(state, target)))) return undefined;
  const made = targets.flatMap((target) => inQuestion(state, target).flatMap(({ createdAt }) => createdAt ?? []));
  return made.length > 0 ? Math.min(...made) : undefined;
}

/** Remembers of each version in question how its deploy ended: CloudFormation keeps its events for 90 days. */
export function rememberDeploys(state: FleetState, { targets, stackEvents }: FleetObservation): FleetState {
  if (!stackEvents || !lastKnownGood(state)) return state;
  const deploys: Record<string, boolean> = {};
  for (const target of targets) {
    for (const version of inQuestion(state, target)) {
      const key = keyOf(target, version);
      const ended = state.deploys?.[key] ?? endedWell(version, stackEvents);
      if (ended !== undefined) deploys[key] = ended;
    }
  }
  return JSON.stringify(deploys) === JSON.stringify(state.deploys) ? state : { ...state, deploys };
}

export const isUnknown = (what: Declared): what is { readonly unknown: TemplateVersion } => what !== undefined && 'unknown' in what;

/**
 * How the operation ended in which a version was made: undefined while it lasts, or where the events do not reach back. One that was made
 * outside of any operation was made by hand, and is meant.
 */
function endedWell({ createdAt }: TemplateVersion, events: readonly StackEvent[]): boolean | undefined {
  if (createdAt === undefined) return undefined;
  const before = events.filter(({ at, status }) => at <= createdAt + (isEnd(status) ? 0 : PRECISION_MILLISECONDS));
  const last = before[before.length - 1];
  if (!last) return undefined;
  if (isEnd(last.status)) return true;
  const end = events.slice(before.length).find(({ status }) => isEnd(status));
  return end && !end.status.includes('ROLLBACK');
}

/** An operation that stopped half-way (`UPDATE_FAILED`, `UPDATE_ROLLBACK_FAILED`) is decided by the one that goes on from there. */
const isEnd = (status: string): boolean => status.endsWith('_COMPLETE');

/** Newer than any with the configuration that the fleet was committed on. */
function inQuestion(state: FleetState, target: TargetObservation): TemplateVersion[] {
  const good = lastKnownGood(state)?.configurations[target.groupName];
  const versions = newestFirst(target);
  const end = versions.findIndex(({ configurationHash }) => configurationHash === good);
  return end < 0 ? versions : versions.slice(0, end);
}

const newestFirst = (target: TargetObservation): TemplateVersion[] => [...target.versions].reverse().filter(isForeign);

const keyOf = ({ group }: TargetObservation, version: TemplateVersion): string => `${group?.templateId}#${version.number}`;
