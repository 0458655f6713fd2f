import type { RecordChange } from './decision';
import { forgetInputs } from './forget-inputs';
import type { ChannelRecord, ImageRecord, VersionRecord } from './record';
import { compareVersions, sameCause } from './versions';

/** How many versions and definitions a record keeps; a DynamoDB item holds 400 KB. */
const KEPT_VERSIONS = 100;
const KEPT_DEFINITIONS = 50;
const KEPT_COMMITS = 20;

/** The record after a change. */
export const applyChange = (record: ImageRecord, change: RecordChange): ImageRecord => forgetInputs(changed(record, change));

function changed(record: ImageRecord, change: RecordChange): ImageRecord {
  switch (change.type) {
    case 'accept-intent': return acceptIntent(record, change);
    case 'record-version': return forgetOldest(endBuild(addVersion(record, change.version), change.version.arn, change.endedAt));
    case 'withdraw-version': return mapVersion(record, change.version, (version) => ({ ...version, withdrawal: change.withdrawal }));
    case 'adopt-build': return { ...record, building: record.building && { ...record.building, arn: change.arn } };
    case 'give-up-build': return endBuild(record, record.building?.arn, change.endedAt);
    case 'commit-version': return mapChannel(record, change.channel, (channel) => ({
      ...channel, committed: [...channel.committed.filter((each) => each !== change.version), change.version].slice(-KEPT_COMMITS),
    }));
    case 'move-channel': return moveChannel(record, change);
    case 'update-document': return mapChannel(record, change.channel, (channel) => ({ ...channel, document: change.document }));
    case 'plan-build': return planBuild(record, change);
  }
}

function acceptIntent(record: ImageRecord, change: Extract<RecordChange, { type: 'accept-intent' }>): ImageRecord {
  const { recipeArn, contentHash, inputs, at } = change;
  const last = record.definitions[record.definitions.length - 1];
  const known = last?.recipeArn === recipeArn && last.contentHash === contentHash && JSON.stringify(last.inputs) === JSON.stringify(inputs);
  const definitions = known ? record.definitions : [...record.definitions, { recipeArn, contentHash, acceptedAt: at, ...(inputs ? { inputs } : {}) }];
  return { ...record, acceptedIntent: change.text, definitions: definitions.slice(-KEPT_DEFINITIONS) };
}

function addVersion(record: ImageRecord, version: VersionRecord): ImageRecord {
  return { ...record, versions: [...record.versions, version].sort(compareVersions) };
}

/** A version that a channel points to, or may return to, is never forgotten. */
function forgetOldest(record: ImageRecord): ImageRecord {
  const pinned = new Set(Object.values(record.channels).flatMap((channel) => [channel.document.version, ...channel.committed]));
  const surplus = record.versions.slice(0, -KEPT_VERSIONS);
  if (surplus.length === 0) return record;
  return {
    ...record,
    versions: record.versions.filter((version) => !surplus.includes(version) || pinned.has(version.version)),
    forgottenUntil: surplus[surplus.length - 1]!.builtAt,
  };
}

function endBuild(record: ImageRecord, arn: string | undefined, endedAt: string): ImageRecord {
  if (!record.building || record.building.arn !== arn) return record;
  const { building, ...rest } = record;
  return { ...rest, attempts: rest.attempts && { ...rest.attempts, lastEndedAt: endedAt } };
}

function moveChannel(record: ImageRecord, change: Extract<RecordChange, { type: 'move-channel' }>): ImageRecord {
  const channel: ChannelRecord = { document: change.document, committed: record.channels[change.channel]?.committed ?? [] };
  const moved = { ...record, channels: { ...record.channels, [change.channel]: channel } };
  return mapVersion(moved, change.document.version, (version) => ({ ...version, heads: { [change.channel]: change.at, ...version.heads } }));
}

function planBuild(record: ImageRecord, { cause, at }: Extract<RecordChange, { type: 'plan-build' }>): ImageRecord {
  const before = record.attempts && sameCause(record.attempts.cause, cause) ? record.attempts.count : 0;
  const sequence = record.sequence + 1;
  return { ...record, sequence, building: { cause, plannedAt: at, sequence }, attempts: { cause, count: before + 1 } };
}

function mapVersion(record: ImageRecord, version: string, map: (version: VersionRecord) => VersionRecord): ImageRecord {
  return { ...record, versions: record.versions.map((each) => each.version === version ? map(each) : each) };
}

function mapChannel(record: ImageRecord, name: string, map: (channel: ChannelRecord) => ChannelRecord): ImageRecord {
  const channel = record.channels[name];
  return channel ? { ...record, channels: { ...record.channels, [name]: map(channel) } } : record;
}
