import { declarationOf, rememberDeploys, unrecorded } from './declared';
import { isLasting, keyOfDeclaration, keyOfVersion } from './deploys';
import type { FleetObservation, Origin, TargetObservation, TemplateVersion } from './observation';
import { stackObstacle } from './obstacles';
import { isStrangersTemplate, otherTemplate } from './other-template';
import type { FleetState } from './state';
import { strangenessIn, type Strangeness } from './strangers';
import { isFound, recordOf, rememberTemplates, strangeOverrides } from './templates';
import { SCHEMA_VERSION } from '../../../contract';

/** What a look found, with what the ledger knows of each version and each instance; and what the ledger shall know from now on. */
export interface Recognized {
  readonly state: FleetState;
  readonly observation: FleetObservation;
}

/**
 * Tells what is ours, what a deploy recorded, and what is foreign. Everything after this asks nothing else: neither descriptions nor who
 * named a version.
 */
export function recognize(recorded: FleetState, seen: FleetObservation): Recognized {
  if (recorded.schemaVersion > SCHEMA_VERSION) return { state: recorded, observation: seen };
  const noted = rememberSeed(rememberTemplates(rememberDeploys(recorded, seen), seen), seen, recorded);
  const known: FleetObservation = { ...seen, targets: seen.targets.map((target) => withOrigins(noted, seen, target)) };
  const state = takeOver(recorded, noted, known);
  const strangeness = strangenessIn(state, known);
  return { state, observation: { ...known, targets: known.targets.map((target) => withStrangers(state, known, target, strangeness)) } };
}

function withOrigins(state: FleetState, observation: FleetObservation, target: TargetObservation): TargetObservation {
  if (isStrangersTemplate(state, target)) {
    // A deploy that replaces the template may be about to declare it.
    const origin = stackObstacle(observation) ? 'pending' : 'foreign';
    return { ...target, versions: target.versions.map((version) => ({ ...version, origin })) };
  }
  const { own } = recordOf(state, target);
  const strange = new Set(target.anyVersion ? [] : unrecorded(state, target));
  const originOf = (version: TemplateVersion): Origin => {
    if (own[version.number] === version.contentHash) return 'own';
    return strange.has(version) ? unrecordedOrigin(state, observation, target, version) : 'recorded';
  };
  return { ...target, versions: target.versions.map((version) => ({ ...version, origin: originOf(version) })) };
}

/** A deploy that is not at its end may still declare it, or be rolled back; what it leaves behind is nobody's attack. */
function unrecordedOrigin(state: FleetState, { stackEvents = [] }: FleetObservation, target: TargetObservation, version: TemplateVersion): Origin {
  const declaration = declarationOf(target, version);
  const ended = state.deploys?.[declaration ? keyOfDeclaration(target, declaration) : keyOfVersion(target, version)];
  if (ended === false) return 'left-over';
  return declaration || isLasting(version.createdAt, stackEvents) ? 'pending' : 'foreign';
}

/** Noted once, so that nothing that is written to the parameter later counts. For a fleet of a former controller the parameter is all there is. */
function rememberSeed(state: FleetState, { initialAmi, parameterValue }: FleetObservation, before: FleetState): FleetState {
  if (state.initialAmi !== undefined) return state;
  const ami = initialAmi ?? (before.templates === undefined ? parameterValue : undefined);
  return ami === undefined ? state : { ...state, initialAmi: ami };
}

/** Instances that are there with a template that is taken over stay what they are; of those that are gone nothing is kept. */
function takeOver(before: FleetState, state: FleetState, observation: FleetObservation): FleetState {
  const present = observation.targets.flatMap(({ group }) => (group?.instances ?? []).map(({ id }) => id));
  const strangeness = strangenessIn(state, observation);
  const found = observation.targets.filter((target) => isFound(before, target)).flatMap((target) => (target.group?.instances ?? [])
    .filter((each) => each.ami === undefined || strangeness(target, each)).map(({ id }) => id));
  const takenOver = [...(before.takenOver ?? []).filter((id) => present.includes(id)), ...found];
  const { takenOver: _, ...rest } = state;
  return takenOver.length > 0 ? { ...rest, takenOver } : rest;
}

function withStrangers(
  state: FleetState, observation: FleetObservation, target: TargetObservation, strangeness: Strangeness,
): TargetObservation {
  // What a deploy is just about to record is not known yet.
  if (!target.group || stackObstacle(observation)) return target;
  const instances = target.group.instances.map((each) => {
    const foreign = strangeness(target, each);
    return foreign ? { ...each, foreign } : each;
  });
  const unsupported = target.group.unsupported ?? otherTemplate(target) ?? strangeOverrides(state, target);
  return { ...target, group: { ...target.group, instances, ...(unsupported ? { unsupported } : {}) } };
}
