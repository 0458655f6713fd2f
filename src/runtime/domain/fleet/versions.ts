import { isRetained } from './instances';
import type { FleetObservation, TargetObservation, TemplateVersion } from './observation';
import type { FleetState, Pair } from './state';
import { lastKnownGood } from './state';

export const isOwn = ({ origin }: TemplateVersion): boolean => origin === 'own';

/** Ours, or a deploy's: the only ones that are ever rolled, or the base of one of ours. */
export const isBelieved = ({ origin }: TemplateVersion): boolean => origin === 'own' || origin === 'recorded';

export const isLiteral = (version: TemplateVersion): boolean => version.image.startsWith('ami-');

/** The version that the group names, whether by number or alias. */
export function currentVersion(target: TargetObservation): TemplateVersion | undefined {
  const name = target.group?.templateVersion;
  if (name === '$Latest') return target.versions[target.versions.length - 1];
  if (name === '$Default') return target.versions.find((each) => each.isDefault);
  return target.versions.find((each) => each.number === name);
}

/** Our numbered version of a pair: found by content, so that none is made twice. */
export function versionOf(target: TargetObservation, pair: Pair): TemplateVersion | undefined {
  const hash = pair.configurations[target.groupName];
  return target.versions.find((each) => isOwn(each) && each.image === pair.ami && each.configurationHash === hash);
}

/** A version with the wanted configuration, to derive ours from: the newest that a deploy recorded, if any has it. */
export function sourceOf({ groupName, versions }: TargetObservation, pair: Pair): TemplateVersion | undefined {
  const fitting = [...versions].reverse().filter((each) => isBelieved(each) && each.configurationHash === pair.configurations[groupName]);
  return fitting.find((each) => !isOwn(each)) ?? fitting[0];
}

/**
 * Own versions that the present rollout made and nothing needs: neither default, nor named by a group, nor a pair in use, nor run by any
 * instance, nor in a refresh. Groups of a fleet may share a template.
 *
 * Only those of the present rollout, which no deploy can have seen: the guard keeps deploys out while it lasts. What was the newest
 * version of its template when no rollout was active may be what `LatestVersionNumber` gave a deploy; its stack names it again in any
 * later rollback, and fails where it is gone ("You must use a valid fully-formed launch template"). So it is kept for good: one version
 * a committed rollout, of the 10,000 that a template may have (`MOST_VERSIONS`).
 */
export function deletable(state: FleetState, observation: FleetObservation, target: TargetObservation): readonly string[] {
  const before = target.group && state.rollout?.newestBefore?.[target.group.templateId];
  if (!target.group || before === undefined) return [];
  const { templateId } = target.group;
  const sharers = observation.targets.filter(({ group }) => group?.templateId === templateId);
  const keep = new Set(sharers.flatMap((each) => needed(state, each)));
  return target.versions
    .filter((each) => isOwn(each) && Number(each.number) > before && !each.isDefault && !keep.has(each.number))
    .map((each) => each.number);
}

function needed(state: FleetState, target: TargetObservation): ReadonlyArray<string | undefined> {
  const good = lastKnownGood(state);
  return [
    currentVersion(target)?.number,
    good && versionOf(target, good)?.number,
    state.rollout && !state.rollout.halt ? versionOf(target, state.rollout)?.number : undefined,
    // One that is retained is on its way out for good: nothing launches from its version.
    ...target.group!.instances.filter((each) => !isRetained(each)).map((each) => each.templateVersion),
    ...target.refreshes.filter(isActive).map((each) => each.version),
  ];
}

/** Number of the newest version of a launch template. */
export const newest = ({ versions }: TargetObservation): number => Number(versions[versions.length - 1]?.number ?? 0);

/** Number of the newest version of each launch template. */
export const newestVersions = (observation: FleetObservation): Record<string, number> => Object.fromEntries(
  observation.targets.flatMap((target) => (target.group ? [[target.group.templateId, newest(target)]] : [])));

/** Versions a launch template may have (EC2 user guide, "Restrictions for Amazon EC2 launch templates"), and from when on that is said. */
export const MOST_VERSIONS = 10_000;
export const MANY_VERSIONS = 9_000;

const ACTIVE = ['Pending', 'InProgress', 'Baking', 'Cancelling', 'RollbackInProgress'];

export const isActive = (refresh: { readonly status: string }): boolean => ACTIVE.includes(refresh.status);

/** Can still be cancelled or rolled back. */
export const isRunning = (refresh: { readonly status: string }): boolean => ACTIVE.slice(0, 3).includes(refresh.status);
