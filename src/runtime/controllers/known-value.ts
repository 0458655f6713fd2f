import { ledgerKey } from '../../contract';
import type { FleetState } from '../domain/fleet/state';
import type { ImageRecord } from '../domain/image';
import { seedTarget } from '../domain/seeds';
import type { SeedPorts } from '../ports';

/** What the ledger knows a parameter should hold: the head of the channel, or the fleet's last known good AMI. */
export async function knownValue(name: string, { ledger, region }: SeedPorts): Promise<string | undefined> {
  const target = seedTarget(name);
  if (target?.type === 'channel') {
    const { document } = await ledger.read<ImageRecord>(ledgerKey.image(target.namespace, target.image));
    return document?.channels[target.channel]?.document.amis[region];
  }
  if (target?.type === 'fleet') {
    const { document } = await ledger.read<FleetState>(ledgerKey.fleet(target.namespace, target.fleet));
    return document?.committed[0]?.ami;
  }
  return undefined;
}
