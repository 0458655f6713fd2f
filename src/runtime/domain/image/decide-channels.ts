import { change, wait, type Direction, type ImageDecision } from './decision';
import { gateVerdict } from './gates';
import type { Follower, ImageObservation } from './observation';
import type { ImageRecord, VersionRecord } from './record';
import { releaseDocument } from './release-document';
import { compareVersions, iso, isGood, newestFirst, versionOf } from './versions';
import type { ChannelIntent } from '../../../contract';

/** How often an unproven version is looked after, beside the events that its canary fleet causes. */
const CANARY_LOOK_SECONDS = 300;
const LONGEST_WAIT_SECONDS = 900;

/** The next step of one channel: hear its fleets, move it, publish it. */
export function decideChannel(record: ImageRecord, look: ImageObservation, channel: ChannelIntent): ImageDecision | undefined {
  const followers = look.followers[channel.name] ?? [];
  return hearFleets(record, channel.name, followers)
    ?? forward(record, look, channel)
    ?? back(record, look, channel)
    ?? refreshDocument(record, channel.name, followers)
    ?? publish(record, look, channel)
    ?? lookLater(record, look, channel);
}

/** A fleet that was committed on the head proves it; the canary fleet that refuses it withdraws it. Other fleets' refusals are their own. */
function hearFleets(record: ImageRecord, name: string, followers: readonly Follower[]): ImageDecision | undefined {
  const channel = record.channels[name];
  if (!channel || channel.committed.includes(channel.document.version)) return undefined;
  const { version, canaryFleet } = channel.document;
  if (followers.some(({ standing }) => standing?.lastKnownGood?.version === version)) return change({ type: 'commit-version', channel: name, version });
  const refusal = followers.find(({ fleet }) => fleet.name === canaryFleet?.name)?.standing?.blocked.find((each) => each.version === version);
  const head = versionOf(record, version);
  if (!refusal || !head || !isGood(head)) return undefined;
  return change({ type: 'withdraw-version', version, withdrawal: { type: 'blocked', fleet: canaryFleet!.name, reason: refusal.reason } });
}

function forward(record: ImageRecord, look: ImageObservation, channel: ChannelIntent): ImageDecision | undefined {
  const next = newerVersions(record, channel.name).find((version) => gateVerdict(channel, version, look.intent.regions, look.now).type === 'open');
  return next && move(record, look, channel.name, next, 'forward');
}

/** Good versions after the head, newest first. */
function newerVersions(record: ImageRecord, name: string): VersionRecord[] {
  const head = record.channels[name]?.document;
  return newestFirst(record.versions.filter((version) => isGood(version) && (!head || compareVersions(version, head) > 0)));
}

/**
 * A head that was withdrawn gives way to the newest version that the channel released before and that is still good; where fleets
 * follow, one of them must have been committed on it (invariant 29). Without any the channel stays, marked as revoked, and nobody starts.
 */
function back(record: ImageRecord, look: ImageObservation, { name }: ChannelIntent): ImageDecision | undefined {
  const channel = record.channels[name];
  const head = channel && versionOf(record, channel.document.version);
  if (!channel || !head || isGood(head)) return undefined;
  const followed = (look.followers[name] ?? []).length > 0;
  const earlier = newestFirst(record.versions.filter((version) =>
    isGood(version) && version.heads[name] && compareVersions(version, head) < 0
    && look.intent.regions.every((region) => version.amis[region])));
  const answer = earlier.find(({ version }) => !followed || channel.committed.includes(version));
  return answer && move(record, look, name, answer, 'back');
}

function move(record: ImageRecord, look: ImageObservation, name: string, version: VersionRecord, direction: Direction): ImageDecision {
  const document = releaseDocument(record, name, version, look.followers[name] ?? []);
  return change({ type: 'move-channel', channel: name, document, at: iso(look.now), direction });
}

/** What the document says beside its version: revocations and the canary. */
function refreshDocument(record: ImageRecord, name: string, followers: readonly Follower[]): ImageDecision | undefined {
  const channel = record.channels[name];
  const head = channel && versionOf(record, channel.document.version);
  if (!channel || !head) return undefined;
  const document = releaseDocument(record, name, head, followers);
  return document === channel.document ? undefined : change({ type: 'update-document', channel: name, document });
}

/** The ledger is the truth: whatever else stands in the parameters is put right. */
function publish(record: ImageRecord, look: ImageObservation, { name, parameterName }: ChannelIntent): ImageDecision | undefined {
  const document = record.channels[name]?.document;
  const ami = document?.amis[look.region];
  if (!document || !ami) return undefined;
  const seen = look.channels[name];
  if (seen?.ami === ami && seen.document === JSON.stringify(document)) return undefined;
  return { type: 'publish', channel: name, parameterName, ami, document };
}

/** Channels whose head was withdrawn with nothing to go back to: an operator decides (invariant 29). */
export function frozenChannels(record: ImageRecord): string[] {
  return Object.keys(record.channels).filter((name) => versionOf(record, record.channels[name]!.document.version)?.withdrawal);
}

function lookLater(record: ImageRecord, look: ImageObservation, channel: ChannelIntent): ImageDecision | undefined {
  const gates = newerVersions(record, channel.name).map((version) => gateVerdict(channel, version, look.intent.regions, look.now));
  const opening = gates.map((gate) => gate.type === 'opens-in' ? gate.seconds : Infinity);
  const canary = record.channels[channel.name]?.document.canaryFleet ? CANARY_LOOK_SECONDS : Infinity;
  const seconds = Math.min(canary, ...opening);
  return Number.isFinite(seconds) ? wait(Math.min(seconds, LONGEST_WAIT_SECONDS), `a gate or the canary of '${channel.name}'`) : undefined;
}
