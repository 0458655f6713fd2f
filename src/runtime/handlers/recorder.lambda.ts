import { customResource, Refusal } from './custom-resource';
import { ownOrNested } from './own-stack';
import { environment, type TemplateProperties } from '../../contract';
import { clock, ledger, log, stacks, templateContents, variable } from '../aws/connect';
import { overridesHash } from '../aws/fleet/configuration-hash';
import { recordTemplate, type RecordPorts } from '../controllers/record-template';

const ports = (): RecordPorts => ({ clock, contents: templateContents(), ledger: ledger(), log: log(), overridesHash, stacks: stacks() });

async function record(properties: TemplateProperties, stackId: string, before?: TemplateProperties): Promise<void> {
  const reason = await recordTemplate({ properties, before, stackId, rootId: variable(environment.stackId) }, ports());
  if (reason) throw new Refusal(reason);
}

export const handler = customResource<TemplateProperties>({
  physicalId: ({ Namespace: namespace, Fleet: fleet, LaunchTemplateId: templateId }) => `template-${namespace}-${fleet}-${templateId}`,
  create: (properties, stackId) => record(properties, stackId),
  update: record,
  // The record stays: the controller may still stand on it, and what comes in its place was recorded before this one goes.
  delete: async () => undefined,
}, ownOrNested);
