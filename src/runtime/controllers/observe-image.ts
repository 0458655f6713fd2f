import { followedRelease } from './followed-release';
import { possibleParents } from './possible-parents';
import { ledgerKey, releaseDocumentName, type ImageIntent, type RegistryDocument } from '../../contract';
import { standingOf, type FleetState } from '../domain/fleet';
import { isCyclic } from '../domain/graph';
import { isGood, unrecorded, withInfrastructure, type BuildDetails, type Follower, type ImageObservation, type ImageRecord, type ParentRelease, type PublishedChannel } from '../domain/image';
import { stackVerdict } from '../domain/stack';
import type { ImagePorts } from '../ports';

/** Reads what the next decision about an image depends on. */
export async function observeImage(
  intent: ImageIntent, registry: RegistryDocument, record: ImageRecord, ports: ImagePorts,
): Promise<ImageObservation> {
  const stack = stackVerdict(await ports.stacks.state(registry.stackId));
  const now = ports.clock.now();
  const cyclic = isCyclic(intent, registry.images);
  const common = { now, region: ports.region, intent: withInfrastructure(intent, registry), stack, cyclic };
  // Nothing is decided then, and what is being deployed may not be readable.
  if (stack === 'busy' || stack === 'gone') return { ...common, builds: [], details: {}, channels: {}, followers: {} };
  const builds = await ports.images.builds(intent.pipelineArn);
  const parent = await observeParent(intent, registry, ports);
  return {
    ...common,
    ...(builds ? { builds } : { builds: [], pipelineMissing: true }),
    details: await observeDetails(record, builds ?? [], intent, registry, ports),
    channels: await observeChannels(intent, ports),
    followers: await observeFollowers(intent, registry, ports),
    ...(parent ? { parent } : {}),
  };
}

/** Only the next one to be recorded is read: each costs two calls, and one for each of its components. */
async function observeDetails(
  record: ImageRecord, builds: ImageObservation['builds'], intent: ImageIntent, registry: RegistryDocument, ports: ImagePorts,
): Promise<ImageObservation['details']> {
  const next = unrecorded(record, builds)[0];
  if (next?.status !== 'available') return {};
  const details = await ports.images.details(next.arn);
  const parentAmis = await parentAmisOf(details, intent, registry, ports);
  return { [next.arn]: { ...details, ...(parentAmis ? { parentAmis } : {}) } };
}

/** By the parent that the build's own recipe names: a deploy may have given the image another one meanwhile. */
async function parentAmisOf(
  { ami, inputs }: BuildDetails, intent: ImageIntent, registry: RegistryDocument, ports: ImagePorts,
): Promise<readonly string[] | undefined> {
  const parent = inputs?.recipe['parent image'];
  return ami && typeof parent === 'string' ? possibleParents(parent, intent.parent, registry, ports) : undefined;
}

async function observeParent({ parent }: ImageIntent, registry: RegistryDocument, ports: ImagePorts): Promise<ParentRelease | undefined> {
  if (parent.type !== 'image') return undefined;
  const { release, record, unreadable } = await followedRelease(parent, registry.namespace, ports.ledger);
  const pointer = unreadable === undefined ? (await ports.parameters.get(parent.parameterName))?.value : undefined;
  const versions = (record?.versions ?? []).map((version) => ({
    amis: version.amis, builtAt: version.builtAt, withdrawn: !isGood(version),
  }));
  return {
    versions,
    ...(release ? { release } : {}),
    ...(pointer === undefined ? {} : { pointer }),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

async function observeChannels({ channels }: ImageIntent, { parameters }: ImagePorts): Promise<Record<string, PublishedChannel>> {
  const seen: Record<string, PublishedChannel> = {};
  for (const { name, parameterName } of channels) {
    const ami = (await parameters.get(parameterName))?.value;
    const document = (await parameters.get(releaseDocumentName(parameterName)))?.value;
    seen[name] = { ...(ami === undefined ? {} : { ami }), ...(document === undefined ? {} : { document }) };
  }
  return seen;
}

async function observeFollowers(
  intent: ImageIntent, { fleets, namespace }: RegistryDocument, { ledger }: ImagePorts,
): Promise<Record<string, Follower[]>> {
  const seen: Record<string, Follower[]> = {};
  const following = fleets.filter(({ follows }) => follows.image === intent.name && !follows.publisher).sort((a, b) => a.name < b.name ? -1 : 1);
  for (const fleet of following) {
    const { document } = await ledger.read<FleetState>(ledgerKey.fleet(namespace, fleet.name));
    (seen[fleet.follows.channel] ??= []).push({ fleet, ...(document ? { standing: standingOf(document) } : {}) });
  }
  return seen;
}
