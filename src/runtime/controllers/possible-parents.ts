import { followedRelease } from './followed-release';
import { seededAmi } from './known-value';
import { everPublished } from './published';
import { ledgerKey, type FollowedChannel, type LookupIntent, type ParentIntent, type RegistryDocument } from '../../contract';
import type { ImageRecord } from '../domain/image';
import { seedTarget } from '../domain/seeds';
import { TransientError, type ImagePorts } from '../ports';

type Ports = Pick<ImagePorts, 'candidates' | 'ledger' | 'log' | 'region'>;

const UNREADABLE_SECONDS = 300;

/**
 * The AMIs that a build may stand on whose recipe names this parent; undefined where only AWS or a vendor can tell. A parameter
 * is no proof: what a channel of the namespace may have held is in the ledger, what a lookup may have found is what its owner publishes.
 */
export async function possibleParents(
  parentImage: string, parent: ParentIntent, registry: RegistryDocument, ports: Ports,
): Promise<readonly string[] | undefined> {
  if (parentImage.startsWith('ami-')) return [parentImage];
  const parameter = /^ssm:(.+)$/.exec(parentImage)?.[1];
  if (parameter === undefined) return undefined;
  const found = registry.lookups?.find(({ parameterName }) => parameterName === parameter);
  if (found) return ofLookup(found, ports);
  if (parent.type === 'image' && parent.publisher && parent.parameterName === parameter) return ofPublisher(parent, registry.namespace, ports);
  const target = seedTarget(parameter);
  if (target?.type !== 'channel' || target.namespace !== registry.namespace) return undefined;
  return ofChannel(ledgerKey.image(target.namespace, target.image), target.channel, parameter, ports);
}

/** Its owner may deprecate or remove an AMI while a build stands on it: what we had the parameter hold is in the ledger. */
async function ofLookup({ parameterName, lookup }: LookupIntent, ports: Ports): Promise<readonly string[]> {
  const matching = await ports.candidates.matching(lookup, { deprecated: true });
  const seeded = await seededAmi(parameterName, ports) ?? [];
  return [...new Set([...matching.map(({ id }) => id), ...await everPublished(parameterName, ports)].concat(seeded))];
}

/** An image of another stack. What its channel was seeded with, only that stack knows; no build of ours is started before the first release. */
async function ofPublisher(parent: FollowedChannel, namespace: string, { ledger, log, region }: Ports): Promise<readonly string[] | undefined> {
  const { record, release, unreadable } = await followedRelease(parent, namespace, ledger);
  // In doubt the build is not recorded, and so not released; the alarm says why.
  if (unreadable !== undefined) {
    log.alert('parent-unreadable', { image: parent.image, reason: unreadable });
    throw new TransientError(unreadable, UNREADABLE_SECONDS);
  }
  return record && release && record.versions.flatMap(({ amis }) => amis[region] ?? []);
}

/** Before its first release a channel holds what it was seeded with, which an earlier version of this library did not record. */
async function ofChannel(key: string, channel: string, parameter: string, { ledger, region }: Ports): Promise<readonly string[] | undefined> {
  const { document: image } = await ledger.read<ImageRecord>(key);
  const seeded = await seededAmi(parameter, { ledger });
  if (seeded === undefined && !image?.channels[channel]) return undefined;
  const amis = (image?.versions ?? []).flatMap(({ amis: byRegion }) => byRegion[region] ?? []);
  return seeded === undefined ? amis : [...amis, seeded];
}
