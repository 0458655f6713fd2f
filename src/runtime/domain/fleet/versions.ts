import type { FleetObservation, TargetObservation, TemplateVersion } from './observation';
import type { FleetState, Pair } from './state';
import { lastKnownGood } from './state';
import { OWNER_TAG } from '../../../contract';

/** Marks a launch template version as made by the controller of this fleet; in its description, since a version has no tags. */
export const ownerMark = (namespace: string, fleet: string): string => `${OWNER_TAG}=${namespace}/${fleet}`;

export const isOwn = (observation: FleetObservation, version: TemplateVersion): boolean =>
  version.description === ownerMark(observation.namespace, observation.intent.name);

/** What CloudFormation, or a person, made last. */
export const newestForeign = (target: TargetObservation): TemplateVersion | undefined =>
  [...target.versions].reverse().find((each) => !each.description.startsWith(`${OWNER_TAG}=`));

export const isLiteral = (version: TemplateVersion): boolean => version.image.startsWith('ami-');

/** The version that the group names, whether by number or alias. */
export function currentVersion(target: TargetObservation): TemplateVersion | undefined {
  const name = target.group?.templateVersion;
  if (name === '$Latest') return target.versions[target.versions.length - 1];
  if (name === '$Default') return target.versions.find((each) => each.isDefault);
  return target.versions.find((each) => each.number === name);
}

/** Our numbered version of a pair: found by content, so that none is made twice. */
export function versionOf(observation: FleetObservation, target: TargetObservation, pair: Pair): TemplateVersion | undefined {
  const hash = pair.configurations[target.groupName];
  return target.versions.find((each) => isOwn(observation, each) && each.image === pair.ami && each.configurationHash === hash);
}

/** A version with the wanted configuration, to derive ours from: CloudFormation's newest if it has it. */
export function sourceOf(target: TargetObservation, pair: Pair): TemplateVersion | undefined {
  const hash = pair.configurations[target.groupName];
  const foreign = newestForeign(target);
  if (foreign?.configurationHash === hash) return foreign;
  return [...target.versions].reverse().find((each) => each.configurationHash === hash);
}

/**
 * Own versions that nothing needs: neither default, nor named by a group, nor a pair in use, nor run by any instance, nor in a refresh.
 * Groups of a fleet may share a template.
 */
export function deletable(state: FleetState, observation: FleetObservation, target: TargetObservation): readonly string[] {
  if (!target.group) return [];
  const { templateId } = target.group;
  const sharers = observation.targets.filter(({ group }) => group?.templateId === templateId);
  const keep = new Set(sharers.flatMap((each) => needed(state, observation, each)));
  return target.versions.filter((each) => isOwn(observation, each) && !each.isDefault && !keep.has(each.number)).map((each) => each.number);
}

function needed(state: FleetState, observation: FleetObservation, target: TargetObservation): ReadonlyArray<string | undefined> {
  const good = lastKnownGood(state);
  return [
    currentVersion(target)?.number,
    good && versionOf(observation, target, good)?.number,
    state.rollout && !state.rollout.halt ? versionOf(observation, target, state.rollout)?.number : undefined,
    ...target.group!.instances.map((each) => each.templateVersion),
    ...target.refreshes.filter(isActive).map((each) => each.version),
  ];
}

const ACTIVE = ['Pending', 'InProgress', 'Baking', 'Cancelling', 'RollbackInProgress'];

export const isActive = (refresh: { readonly status: string }): boolean => ACTIVE.includes(refresh.status);

/** Can still be cancelled or rolled back. */
export const isRunning = (refresh: { readonly status: string }): boolean => ACTIVE.slice(0, 3).includes(refresh.status);
