import { customResource } from './custom-resource';
import { ownStack } from './own-stack';
import type { RegistryProperties } from '../../contract';
import { ledger, log, queue } from '../aws/connect';
import { namespaceIn, record, withdraw, type RegistryPorts } from '../controllers/registry';

const ports = (): RegistryPorts => ({ ledger: ledger(), log: log(), queue: queue() });

export const handler = customResource<RegistryProperties>({
  physicalId: ({ Document: text }) => `registry-${namespaceIn(text)}`,
  create: (properties) => record(properties, ports()),
  update: (properties) => record(properties, ports()),
  delete: async (properties) => {
    await withdraw(properties, ports());
    return undefined;
  },
}, ownStack);
