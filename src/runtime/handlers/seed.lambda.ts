import { customResource, Refusal } from './custom-resource';
import { ownStack } from './own-stack';
import type { SeedProperties } from '../../contract';
import { candidates, clock, ledger, log, machineImages, parameters, parentAmis, references, region, stacks } from '../aws/connect';
import { wait } from '../aws/system';
import { namespaceMoved, namespaceTaken } from '../controllers/namespace-taken';
import { declare, withdraw } from '../controllers/seed';
import type { SeedPorts } from '../ports';

const ports = (): SeedPorts => ({
  candidates: candidates(),
  clock,
  ledger: ledger(),
  log: log(),
  machineImages: machineImages(),
  parameters: parameters(),
  parentAmis: parentAmis(),
  references: references(),
  region: region(),
  stacks: stacks(),
  wait,
});

export const handler = customResource<SeedProperties>({
  physicalId: ({ Namespace: namespace }) => `seed-${namespace}`,
  create: async (properties) => {
    const reason = await namespaceTaken(properties, ports());
    if (reason) throw new Refusal(reason);
    await declare(properties, ports());
  },
  update: async (properties, stackId, before) => {
    const reason = await namespaceMoved(properties, before, stackId, ports());
    if (reason) throw new Refusal(reason);
    await declare(properties, ports());
  },
  delete: async (properties, stackId) => {
    const left = await withdraw(properties, stackId, ports());
    return left.length > 0 ? `left behind, since something reads them or that cannot be told: ${left.join(', ')}` : undefined;
  },
}, ownStack);
