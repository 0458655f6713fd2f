import { ledgerKey } from '../../contract';
import { everAsked, isOverwritten, publishing, type Published } from '../domain/published';
import type { ControllerPorts, Parameter } from '../ports';

export type PublishPorts = Pick<ControllerPorts, 'clock' | 'ledger' | 'log' | 'parameters'>;

/** Longest text in a log line; a release document has up to 4 KB. */
const SHOWN = 300;

/** Whether somebody else has written a parameter since we did; says so to an operator. */
export async function checkOverwritten(name: string, found: Parameter | undefined, ports: PublishPorts): Promise<boolean> {
  const { document } = await ports.ledger.read<Published>(ledgerKey.published(name));
  if (!document || !found || !isOverwritten(document, found.value, ports.clock.now())) return false;
  ports.log.alert('parameter-overwritten', {
    parameter: name, found: found.value.slice(0, SHOWN), foundVersion: found.version, published: document.value.slice(0, SHOWN),
  });
  return true;
}

/** Records what a parameter is about to be asked to hold, so that whatever else it holds later is known for somebody else's. */
export async function recordPublishing(name: string, value: string, found: Parameter | undefined, { clock, ledger }: PublishPorts): Promise<void> {
  const key = ledgerKey.published(name);
  const { document, revision } = await ledger.read<Published>(key);
  const ours = found && !isOverwritten(document, found.value, clock.now()) ? found.value : undefined;
  await ledger.write(key, publishing(document, value, ours, clock.now()), revision);
}

/** Has a parameter hold a text. Each write is an event and one of its 100 versions: none without need. */
export async function publishText(name: string, text: string, ports: PublishPorts): Promise<void> {
  const found = await ports.parameters.get(name);
  if (found?.value === text) return;
  await checkOverwritten(name, found, ports);
  await writeText(name, text, found, ports);
}

/** Has a parameter hold a text, whose present value was read and checked already. */
export async function writeText(name: string, text: string, found: Parameter | undefined, ports: PublishPorts): Promise<void> {
  await recordPublishing(name, text, found, ports);
  await ports.parameters.put(name, text, 'text');
}

/** Records what a parameter holds and shall hold, where that was published before anybody kept such records. */
export async function recordPublished(name: string, value: string, ports: PublishPorts): Promise<void> {
  const { document } = await ports.ledger.read<Published>(ledgerKey.published(name));
  if (document?.value !== value) await recordPublishing(name, value, undefined, ports);
}

/** What a parameter was last asked to hold. */
export async function lastPublished(name: string, { ledger }: Pick<PublishPorts, 'ledger'>, tableArn?: string): Promise<string | undefined> {
  return (await ledger.read<Published>(ledgerKey.published(name), tableArn)).document?.value;
}

/** All that a parameter was asked to hold, as far as that is kept. */
export async function everPublished(name: string, { ledger }: Pick<PublishPorts, 'ledger'>): Promise<readonly string[]> {
  const { document } = await ledger.read<Published>(ledgerKey.published(name));
  return document ? everAsked(document) : [];
}
