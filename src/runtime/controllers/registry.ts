import { ledgerKey, type RegistryDocument, type RegistryProperties } from '../../contract';
import { isRestored, recordIntent, withdrawIntent, type RegistryRecord } from '../domain/registry';
import type { ControllerPorts, Queue } from '../ports';

/** Long enough for a stack to settle whose registry is nearly the last of it; who comes too early looks again. */
const FIRST_SWEEP_SECONDS = 60;

export type RegistryPorts = Pick<ControllerPorts, 'ledger' | 'log'> & { readonly queue: Queue };

/** Records what a deploy intends, and has it looked at once the stack may have settled. A rollback sends the former intent. */
export async function record({ Document: text }: RegistryProperties, { ledger, log, queue }: RegistryPorts): Promise<void> {
  const document = JSON.parse(text) as RegistryDocument;
  const key = ledgerKey.registry(document.namespace);
  const { document: before, revision } = await ledger.read<RegistryRecord>(key);
  await ledger.write(key, recordIntent(before, document), revision);
  log.info(isRestored(before, document) ? 'intent-restored' : 'intent-recorded', { images: document.images.length, fleets: document.fleets.length });
  await queue.lookAgain({ kind: 'sweep' }, FIRST_SWEEP_SECONDS);
}

/** From now on nothing is done for it. A document that cannot be read was never recorded: deleting it must not fail. */
export async function withdraw({ Document: text }: RegistryProperties, { ledger, log }: RegistryPorts): Promise<void> {
  const namespace = namespaceIn(text);
  if (namespace === undefined) return;
  const key = ledgerKey.registry(namespace);
  const { document: before, revision } = await ledger.read<RegistryRecord>(key);
  if (!before) return;
  await ledger.write(key, withdrawIntent(before), revision);
  log.info('intent-withdrawn', { namespace });
}

/** The namespace that a document names, if it can be read. */
export function namespaceIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as RegistryDocument).namespace;
  } catch {
    return undefined;
  }
}
