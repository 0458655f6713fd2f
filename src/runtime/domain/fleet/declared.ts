import { endedAround, endedSince, keyOfDeclaration, keyOfVersion } from './deploys';
import type { FleetObservation, StackEvent, TargetObservation, TemplateVersion } from './observation';
import { isStrangersTemplate } from './other-template';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { recordOf } from './templates';
import { currentVersion, isBelieved } from './versions';
import type { TemplateDeclaration } from '../../../contract';

/** Versions of a template of which it is remembered how their deploy ended; anybody who may make versions makes 10,000, and the ledger holds 400 KB. */
const REMEMBERED = 200;

/** What a group should be launched with, by the last deploy that ended well; or why that is not known. */
export type Declared = { readonly version: TemplateVersion } | { readonly unknown: TemplateVersion } | undefined;

/**
 * What the last deploy declared that ended well, and EC2 has with just this content. Where a target says that versions made elsewhere
 * count, its newest one that did not come from a deploy of this stack which was rolled back.
 *
 * A rollback may leave the version of the failed deploy as the newest one (aws-cloudformation/cloudformation-coverage-roadmap issue 1912),
 * or make another one with the old content (assumption: rollback-template-version). Neither counts.
 */
export function declared(state: FleetState, target: TargetObservation): Declared {
  const good = lastKnownGood(state)?.configurations[target.groupName];
  for (const { key, version } of candidates(state, target)) {
    if (version.configurationHash === good) return { version };
    const ended = isAccepted(state, target, version) ? true : state.deploys?.[key];
    if (ended === undefined) return { unknown: version };
    if (ended) return { version };
  }
  return undefined;
}

/** What a group should launch before anything was committed: what it names, if that is believed, else what was declared last. */
export function basis(state: FleetState, target: TargetObservation): TemplateVersion | undefined {
  const current = currentVersion(target);
  if (current && isBelieved(current)) return current;
  const found = declared(state, target);
  return found && !isUnknown(found) ? found.version : [...target.versions].reverse().find(({ origin }) => origin === 'recorded');
}

export const isUnknown = (what: Declared): what is { readonly unknown: TemplateVersion } => what !== undefined && 'unknown' in what;

/** The version of a declaration: its number must have the content that was declared. */
export const versionOfDeclaration = ({ versions }: TargetObservation, { number, contentHash }: TemplateDeclaration): TemplateVersion | undefined =>
  versions.find((each) => each.number === number && each.contentHash === contentHash);

export const declarationOf = ({ declarations = [] }: TargetObservation, { number, contentHash }: TemplateVersion): TemplateDeclaration | undefined =>
  declarations.find((each) => each.number === number && each.contentHash === contentHash);

/** What may be declared, newest first, with where it is remembered how its operation ended. */
function candidates(state: FleetState, target: TargetObservation): ReadonlyArray<{ key: string; version: TemplateVersion }> {
  if (isStrangersTemplate(state, target)) return [];
  if (target.anyVersion) return madeElsewhere(state, target).map((version) => ({ key: keyOfVersion(target, version), version }));
  return [...target.declarations ?? []].reverse().flatMap((each) => {
    const version = versionOfDeclaration(target, each);
    return version ? [{ key: keyOfDeclaration(target, each), version }] : [];
  });
}

function isAccepted(state: FleetState, target: TargetObservation, { number, contentHash }: TemplateVersion): boolean {
  return !target.anyVersion && recordOf(state, target).declared?.[number] === contentHash;
}

function madeElsewhere(state: FleetState, target: TargetObservation): TemplateVersion[] {
  const { own, former = [] } = recordOf(state, target);
  return [...target.versions].reverse().filter(({ number, contentHash }) => own[number] !== contentHash && !former.includes(Number(number)));
}

/** A moment of which it must be known how the operation of the stack ended. */
interface Question {
  readonly key: string;
  readonly at?: number;
  readonly answer: (events: readonly StackEvent[]) => boolean | undefined;
}

/** Since when the events of the stack are needed; undefined where they are not. */
export function asksForEventsSince(state: FleetState, targets: readonly TargetObservation[]): number | undefined {
  const open = targets.flatMap((target) => questions(state, target)).filter(({ key }) => state.deploys?.[key] === undefined);
  const moments = open.flatMap(({ at }) => at ?? []);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** Remembers how the operations in question ended: CloudFormation keeps its events for 90 days. */
export function rememberDeploys(state: FleetState, { targets, stackEvents }: FleetObservation): FleetState {
  if (!stackEvents) return state;
  const deploys: Record<string, boolean> = {};
  for (const { key, answer } of targets.flatMap((target) => questions(state, target))) {
    const ended = state.deploys?.[key] ?? answer(stackEvents);
    if (ended !== undefined) deploys[key] = ended;
  }
  return JSON.stringify(deploys) === JSON.stringify(state.deploys) ? state : { ...state, deploys };
}

function questions(state: FleetState, target: TargetObservation): Question[] {
  if (isStrangersTemplate(state, target)) return [];
  return target.anyVersion ? questionsElsewhere(state, target) : [...questionsDeclared(state, target), ...questionsUnrecorded(state, target)];
}

function questionsDeclared(state: FleetState, target: TargetObservation): Question[] {
  const { declared: accepted, overrides } = recordOf(state, target);
  const open = (target.declarations ?? []).filter(({ number, contentHash, overridesHash = '' }) => accepted?.[number] !== contentHash || overrides !== overridesHash);
  return open.map((each) => {
    const at = Date.parse(each.operation);
    return { key: keyOfDeclaration(target, each), at, answer: (events) => endedSince(at, events) };
  });
}

/** Whoever made one within an operation that was rolled back is no stranger; what nobody declared is never rolled for that. */
const questionsUnrecorded = (state: FleetState, target: TargetObservation): Question[] => unrecorded(state, target)
  .filter((version) => !declarationOf(target, version))
  .slice(-REMEMBERED)
  .map((version) => aboutVersion(target, version));

/** Newer than any with the configuration that the fleet was committed on. */
function questionsElsewhere(state: FleetState, target: TargetObservation): Question[] {
  const good = lastKnownGood(state)?.configurations[target.groupName];
  if (good === undefined || state.rollout) return [];
  const versions = madeElsewhere(state, target);
  const end = versions.findIndex(({ configurationHash }) => configurationHash === good);
  return (end < 0 ? versions : versions.slice(0, end)).slice(0, REMEMBERED).map((version) => aboutVersion(target, version));
}

const aboutVersion = (target: TargetObservation, version: TemplateVersion): Question => (
  { key: keyOfVersion(target, version), at: version.createdAt, answer: (events) => endedAround(version.createdAt, events) });

/** Versions of which neither number nor content is in the record. */
export function unrecorded(state: FleetState, target: TargetObservation): TemplateVersion[] {
  const { takenOver, own, declared: accepted = {}, former = [] } = recordOf(state, target);
  const isTakenOver = ({ number }: TemplateVersion): boolean => Number(number) <= takenOver || former.includes(Number(number));
  const contents = new Set([
    ...Object.values(own), ...Object.values(accepted), ...target.ofOtherFleets ?? [],
    ...target.versions.filter(isTakenOver).map(({ contentHash }) => contentHash),
  ]);
  return target.versions.filter((each) => !isTakenOver(each) && !contents.has(each.contentHash));
}
