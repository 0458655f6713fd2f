import type { Follower } from './observation';
import type { ChannelRecord, ImageRecord, VersionRecord } from './record';
import { newestFirst } from './versions';
import { SCHEMA_VERSION, type ReleaseDocument } from '../../../contract';

/** A parameter holds 4,096 characters. */
const LISTED_REVOCATIONS = 20;

/** The document with which a channel points to a version; the next revision where anything differs from what it says now. */
export function releaseDocument(
  record: ImageRecord, channelName: string, version: VersionRecord, followers: readonly Follower[],
): ReleaseDocument {
  const channel = record.channels[channelName];
  const canary = canaryFleet(channel, version.version, followers);
  const content = {
    version: version.version,
    builtAt: version.builtAt,
    amis: version.amis,
    revoked: revoked(record),
    ...(canary ? { canaryFleet: { name: canary.fleet.name, statusName: canary.fleet.statusName } } : {}),
  };
  const head = { schemaVersion: SCHEMA_VERSION, image: record.image, channel: channelName };
  const current = channel?.document;
  if (current && JSON.stringify({ ...head, revision: current.revision, ...content }) === JSON.stringify(current)) return current;
  return { ...head, revision: (current?.revision ?? 0) + 1, ...content };
}

/** Versions that were released somewhere and then withdrawn; the others nobody can stand on. */
function revoked(record: ImageRecord): string[] {
  const withdrawn = record.versions.filter((version) => version.withdrawal && Object.keys(version.heads).length > 0);
  return newestFirst(withdrawn).slice(0, LISTED_REVOCATIONS).map(({ version }) => version);
}

/** One fleet tries a version while no fleet of the channel was committed on it; it stays the same one as long as it follows. */
function canaryFleet(channel: ChannelRecord | undefined, version: string, followers: readonly Follower[]): Follower | undefined {
  if (channel?.committed.includes(version)) return undefined;
  const current = channel?.document.version === version ? channel.document.canaryFleet?.name : undefined;
  return followers.find(({ fleet }) => fleet.name === current) ?? followers[0];
}
