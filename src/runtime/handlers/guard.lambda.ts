import { customResource, Refusal } from './custom-resource';
import type { GuardProperties } from '../../contract';
import { log, parameters, stacks } from '../aws/connect';
import { refusal } from '../controllers/guard';

export const handler = customResource<GuardProperties>({
  physicalId: ({ Namespace: namespace, Fleet: fleet }) => `guard-${namespace}-${fleet}`,
  create: async () => {},
  update: async (properties, stackId) => {
    const reason = await refusal(properties, stackId, { log: log(), parameters: parameters(), stacks: stacks() });
    if (reason) throw new Refusal(reason);
  },
  delete: async () => undefined,
});
