import { customResource } from './custom-resource';
import type { RegistryDocument, RegistryProperties } from '../../contract';
import { ledger, log, queue } from '../aws/connect';
import { record, withdraw, type RegistryPorts } from '../controllers/registry';

const ports = (): RegistryPorts => ({ ledger: ledger(), log: log(), queue: queue() });
const namespaceOf = ({ Document: text }: RegistryProperties): string => (JSON.parse(text) as RegistryDocument).namespace;

export const handler = customResource<RegistryProperties>({
  physicalId: (properties) => `registry-${namespaceOf(properties)}`,
  create: async (properties) => { await record(properties, ports()); },
  update: async (properties) => { await record(properties, ports()); },
  delete: async (properties) => {
    await withdraw(namespaceOf(properties), ports());
    return undefined;
  },
});
