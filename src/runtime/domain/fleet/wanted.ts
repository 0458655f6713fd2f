import { basis, declared, isUnknown } from './declared';
import type { FleetObservation } from './observation';
import type { BlockedVersion, CommittedPair, FleetState, Pair, RolloutKind } from './state';
import { lastKnownGood } from './state';
import type { ReleaseDocument } from '../../../contract';

/** What a fleet should be brought to, or why to nothing. */
export interface Wanted {
  readonly pair?: Pair & { readonly kind: RolloutKind };
  readonly reason: string;
  readonly seconds?: number;
}

export const isRevoked = (release: ReleaseDocument | undefined, version: string | undefined): boolean =>
  version !== undefined && (release?.revoked ?? []).includes(version);

/** A newer image first, since it may be urgent; then a changed launch configuration. */
export function wanted(state: FleetState, observation: FleetObservation): Wanted {
  const image = wantedImage(state, observation);
  if (image.pair) return image;
  const configuration = wantedConfiguration(state, observation);
  return configuration?.pair ? configuration : { reason: [image.reason, configuration?.reason].filter(Boolean).join('; '), seconds: image.seconds ?? configuration?.seconds };
}

function wantedImage(state: FleetState, observation: FleetObservation): Wanted {
  const { release } = observation;
  if (!release) return observation.releaseUnreadable === undefined ? { reason: 'no release' } : { reason: observation.releaseUnreadable, seconds: 300 };
  const good = lastKnownGood(state);
  if (isRevoked(release, release.version)) return withdrawal(state, observation, release);
  const ami = release.amis[observation.region];
  if (!ami) return { reason: `version ${release.version} has no AMI in ${observation.region}`, seconds: 300 };
  if (good?.ami === ami) return { reason: 'up to date' };
  if (state.frozen && release.revision <= state.frozen.revision) return { reason: `frozen: ${state.frozen.reason}` };
  const configurations = configurationsFor(state, observation);
  const blocked = blockedVersion(state, release.version, configurations);
  if (blocked) return { reason: `version ${release.version} is blocked: ${blocked.reason}` };
  if (!observation.usableImages.includes(ami)) return { reason: `${ami} of version ${release.version} cannot be launched`, seconds: 300 };
  const canary = canaryGate(observation, release);
  if (canary) return { reason: canary, seconds: 120 };
  return { reason: `version ${release.version}`, pair: { kind: 'image', version: release.version, ami, configurations } };
}

const blockedVersion = (state: FleetState, version: string, configurations: Pair['configurations']): BlockedVersion | undefined =>
  state.blocked.find((each) => each.version === version
    && Object.entries(each.configurations ?? {}).every(([group, hash]) => configurations[group] === hash));

export const STRANDED = 'every version this fleet was committed on is revoked or gone';

/** The version that runs is revoked, and so is every one before it, or it is gone: there is nothing to go to (invariant 29). */
export function isStranded(state: FleetState, observation: FleetObservation): boolean {
  const { release } = observation;
  const good = lastKnownGood(state);
  return release !== undefined && isRevoked(release, release.version) && good !== undefined && isRevoked(release, good.version)
    && !refugePair(state, observation, release);
}

/** The newest committed version that is not revoked; if there is none, an operator decides. */
function withdrawal(state: FleetState, observation: FleetObservation, release: ReleaseDocument): Wanted {
  const good = lastKnownGood(state);
  if (!good || !isRevoked(release, good.version)) return { reason: `version ${release.version} is revoked` };
  const refuge = refugePair(state, observation, release);
  if (!refuge) return { reason: `frozen: ${STRANDED}` };
  return { reason: `version ${good.version} is revoked`, pair: { kind: 'image', version: refuge.version, ami: refuge.ami, configurations: good.configurations } };
}

const refugePair = (state: FleetState, observation: FleetObservation, release: ReleaseDocument): CommittedPair | undefined =>
  state.committed.find((each) => !isRevoked(release, each.version) && observation.usableImages.includes(each.ami));

/**
 * One fleet tries an unproven version first; others wait until it is committed there. Of a fleet of another stack the release says so itself: it
 * names no canary any more.
 */
function canaryGate(observation: FleetObservation, release: ReleaseDocument): string | undefined {
  const first = release.canaryFleet;
  if (!first || (first.name === observation.intent.name && !observation.intent.follows.publisher)) return undefined;
  const standing = observation.canary;
  if (standing?.lastKnownGood?.version === release.version) return undefined;
  const blocked = standing?.blocked.find((each) => each.version === release.version);
  return blocked ? `canary fleet ${first.name} blocked version ${release.version}: ${blocked.reason}` : `canary fleet ${first.name} has not committed version ${release.version}`;
}

/** A deploy changed the launch template. Only one that ended well is believed: a deploy that was rolled back is never released. */
function wantedConfiguration(state: FleetState, observation: FleetObservation): Wanted | undefined {
  const good = lastKnownGood(state);
  if (!good || observation.stack !== 'settled') return undefined;
  const unknown = observation.targets.map((target) => declared(state, target)).find(isUnknown)?.unknown;
  if (unknown) return { reason: `it is not known whether the deploy that made version ${unknown.number} of a launch template ended well`, seconds: 300 };
  const configurations = declaredConfigurations(state, good.configurations, observation);
  const changed = Object.entries(configurations).filter(([group, hash]) => good.configurations[group] !== hash).map(([, hash]) => hash);
  if (changed.length === 0) return undefined;
  const blocked = state.blockedConfigurations.find((each) => changed.includes(each.hash));
  if (blocked) return { reason: `the launch configuration of the last deploy is blocked: ${blocked.reason}` };
  if (state.frozen) return { reason: `frozen: ${state.frozen.reason}` };
  if (isRevoked(observation.release, good.version)) return { reason: `version ${good.version}, the last known good one, is revoked` };
  if (!observation.usableImages.includes(good.ami)) return { reason: `${good.ami}, the last known good AMI, cannot be launched` };
  return { reason: 'a changed launch configuration', pair: { kind: 'configuration', version: good.version, ami: good.ami, configurations } };
}

function declaredConfigurations(state: FleetState, base: Readonly<Record<string, string>>, observation: FleetObservation): Record<string, string> {
  return Object.fromEntries(observation.targets.map((target) => {
    const found = declared(state, target);
    return [target.groupName, (found && !isUnknown(found) ? found.version.configurationHash : base[target.groupName]) ?? ''];
  }));
}

/** An image is rolled out with the configuration that was committed; the first one with what the group has. */
const configurationsFor = (state: FleetState, { targets }: FleetObservation): Record<string, string> => Object.fromEntries(targets.map((target) =>
  [target.groupName, lastKnownGood(state)?.configurations[target.groupName] ?? basis(state, target)?.configurationHash ?? '']));
