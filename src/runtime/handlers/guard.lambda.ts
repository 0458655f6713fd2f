import { customResource, Refusal } from './custom-resource';
import { ownOrNested } from './own-stack';
import { environment, type GuardProperties } from '../../contract';
import { ledgerReader, log, parameters, stacks } from '../aws/connect';
import { refusal } from '../controllers/guard';

export const handler = customResource<GuardProperties>({
  physicalId: ({ Namespace: namespace, Fleet: fleet }) => `guard-${namespace}-${fleet}`,
  create: async () => {},
  update: async (properties, stackId) => {
    // The stack of the guard may be nested in the one that is deployed.
    const stackIds = [...new Set([stackId, process.env[environment.stackId] ?? stackId])];
    const reason = await refusal(properties, stackIds, { ledger: ledgerReader(), log: log(), parameters: parameters(), stacks: stacks() });
    if (reason) throw new Refusal(reason);
  },
  delete: async () => undefined,
}, ownOrNested);
