import { ledgerKey, type RegistryDocument } from '../../contract';
import { companions, forgetSeeds, isIntended, tombstones, type SeedsRecord } from '../domain/seeds';
import type { CleanUpPorts } from '../ports';

/** Removes what was given up, once the stack is at rest and neither its intent nor anything else reads it. */
export async function removeTombstones(registry: RegistryDocument, ports: CleanUpPorts): Promise<void> {
  const { document, revision } = await ports.ledger.read<SeedsRecord>(ledgerKey.seeds);
  const given = document ? tombstones(document).filter((name) => !isIntended(name, registry)) : [];
  if (!document || given.length === 0) return;
  if (!['settled', 'failed'].includes(await ports.stacks.state(registry.stackId))) return;
  const removed = await removeSeeds(document, given, ports);
  // A deploy that declares one of them again meanwhile has changed the record; it then creates what it finds absent.
  if (removed.length > 0) await ports.ledger.write(ledgerKey.seeds, forgetSeeds(document, removed), revision);
}

/** Removes parameters that we created and nothing reads, with what stands beside them. Gives the names that need no further care. */
export async function removeSeeds(record: SeedsRecord, names: readonly string[], ports: CleanUpPorts): Promise<string[]> {
  const done: string[] = [];
  for (const name of names) {
    if (record.parameters[name]?.created && !await isFree(name, ports)) continue;
    if (record.parameters[name]?.created) await ports.parameters.remove(name);
    for (const companion of companions(name)) await ports.parameters.remove(companion);
    ports.log.info('parameter-removed', { parameter: name });
    done.push(name);
  }
  return done;
}

/** In doubt it is kept. */
async function isFree(name: string, { references, log }: CleanUpPorts): Promise<boolean> {
  try {
    const readers = await references.of(name);
    if (readers.length > 0) log.warn('parameter-kept', { parameter: name, readers });
    return readers.length === 0;
  } catch (error) {
    log.warn('parameter-kept', { parameter: name, reason: (error as Error).message });
    return false;
  }
}
