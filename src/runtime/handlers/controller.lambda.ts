import { environment } from '../../contract';
import { once } from '../aws/clients';
import { candidates, clock, imagesOf, ledger, log, parameters, queue, references, region, stacks, sweeps, variable } from '../aws/connect';
import { createFleetPorts } from '../aws/fleet-ports';
import { Engine } from '../controllers/engine';
import { reconcileFleet } from '../controllers/fleet';
import { reconcileImage } from '../controllers/image';
import { removeTombstones } from '../controllers/remove-seeds';

interface SqsEvent {
  readonly Records: ReadonlyArray<{ readonly messageId: string; readonly body: string }>;
}

function createEngine(): Engine {
  const base = { clock, ledger: ledger(), log: log(), parameters: parameters(), stacks: stacks() };
  const imagePorts = { ...base, candidates: candidates(), queue: queue(), region: region() };
  const fleetPorts = createFleetPorts(base);
  return new Engine(
    { namespace: variable(environment.namespace), pauseParameter: variable(environment.pauseParameter) },
    {
      image: (intent, registry, lease) => reconcileImage(intent, registry, lease, { ...imagePorts, images: imagesOf(registry.namespace, intent) }),
      fleet: (intent, registry, lease) => reconcileFleet(intent, registry, lease, fleetPorts),
      cleanUp: (registry) => removeTombstones(registry, { ...base, references: references() }),
    },
    { ...base, looks: ledger(), queue: queue(), sweeps: sweeps() },
  );
}

/** A batch is one message as a rule. One after the other; those that fail come again, the others do not. */
export async function handler({ Records: records }: SqsEvent): Promise<{ batchItemFailures: Array<{ itemIdentifier: string }> }> {
  const batchItemFailures: Array<{ itemIdentifier: string }> = [];
  for (const { messageId, body } of records) {
    await once(createEngine).handle(body).catch((error: Error) => {
      log().error('message-failed', { messageId, body, error: error.name, reason: error.message });
      batchItemFailures.push({ itemIdentifier: messageId });
    });
  }
  return { batchItemFailures };
}
