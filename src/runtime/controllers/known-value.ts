import { lastPublished } from './published';
import { ledgerKey, type Publisher, type SeedSource } from '../../contract';
import type { FleetState } from '../domain/fleet/state';
import { releaseIn, type ImageRecord } from '../domain/image';
import { seedTarget, type SeedsRecord } from '../domain/seeds';
import type { SeedPorts } from '../ports';

/** What a parameter was seeded with; an earlier version of this library did not record it. */
export async function seededAmi(name: string, { ledger }: Pick<SeedPorts, 'ledger'>): Promise<string | undefined> {
  return (await ledger.read<SeedsRecord>(ledgerKey.seeds)).document?.parameters[name]?.ami;
}

/** What the ledger knows a parameter should hold: the head of the channel, or the fleet's last known good AMI. */
export async function knownValue(name: string, { ledger, region }: SeedPorts, publisher?: Publisher): Promise<string | undefined> {
  const target = seedTarget(name);
  if (target?.type === 'channel') {
    const { document } = await ledger.read<ImageRecord>(ledgerKey.image(target.namespace, target.image), publisher?.tableArn);
    return releaseIn(document, target.channel)?.amis[region];
  }
  if (target?.type === 'fleet') {
    const { document } = await ledger.read<FleetState>(ledgerKey.fleet(target.namespace, target.fleet));
    return document?.committed[0]?.ami;
  }
  return undefined;
}

/**
 * The value of a parameter as whoever publishes it has it in the ledger, whatever somebody else wrote into it; one that is not ours is what it
 * holds (a public parameter, say).
 */
export async function trustedValue({ name, publisher }: Extract<SeedSource, { type: 'parameter' }>, ports: SeedPorts): Promise<string | undefined> {
  return await knownValue(name, ports, publisher)
    ?? await lastPublished(name, ports, publisher?.tableArn)
    ?? (await ports.parameters.get(name))?.value;
}
