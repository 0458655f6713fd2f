import { ledgerKey, type RegistryDocument } from '../../contract';
import type { ImageRecord } from '../domain/image';
import { seedTarget, type SeedsRecord } from '../domain/seeds';
import type { ImagePorts } from '../ports';

type Ports = Pick<ImagePorts, 'candidates' | 'ledger' | 'region'>;

/**
 * The AMIs that a build may stand on whose recipe names this parent; undefined where only AWS, a vendor or another stack can tell. A parameter
 * is no proof: what a channel of the namespace may have held is in the ledger, what a lookup may have found is what its owner publishes.
 */
export async function possibleParents(parentImage: string, registry: RegistryDocument, ports: Ports): Promise<readonly string[] | undefined> {
  if (parentImage.startsWith('ami-')) return [parentImage];
  const parameter = /^ssm:(.+)$/.exec(parentImage)?.[1];
  if (parameter === undefined) return undefined;
  const found = registry.lookups?.find(({ parameterName }) => parameterName === parameter);
  if (found) return (await ports.candidates.matching(found.lookup)).map(({ id }) => id);
  const target = seedTarget(parameter);
  if (target?.type !== 'channel' || target.namespace !== registry.namespace) return undefined;
  return ofChannel(ledgerKey.image(target.namespace, target.image), target.channel, parameter, ports);
}

/** Before its first release a channel holds what it was seeded with, which an earlier version of this library did not record. */
async function ofChannel(key: string, channel: string, parameter: string, { ledger, region }: Ports): Promise<readonly string[] | undefined> {
  const { document: image } = await ledger.read<ImageRecord>(key);
  const { document: seeds } = await ledger.read<SeedsRecord>(ledgerKey.seeds);
  const seeded = seeds?.parameters[parameter]?.ami;
  if (seeded === undefined && !image?.channels[channel]) return undefined;
  const amis = (image?.versions ?? []).flatMap(({ amis: byRegion }) => byRegion[region] ?? []);
  return seeded === undefined ? amis : [...amis, seeded];
}
