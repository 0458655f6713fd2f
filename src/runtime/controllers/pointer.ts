import { checkOverwritten, lastPublished, recordPublishing, type PublishPorts } from './published';
import { ledgerKey } from '../../contract';
import { pointerStep, type PointerWrite } from '../domain/pointer';
import { RefusedError, TransientError } from '../ports';

/**
 * Has a parameter hold an AMI (an `aws:ec2:image`), and returns once it does. AWS answers before it has validated the AMI, and tells a refusal
 * by an event alone: so the request is recorded, not repeated at every look, and one that is without effect for long becomes an alarm.
 */
export async function movePointer(name: string, ami: string, ports: PublishPorts): Promise<void> {
  const found = await ports.parameters.get(name);
  if (found?.value === ami) return;
  await checkOverwritten(name, found, ports);
  const key = ledgerKey.pointer(name);
  const { document, revision } = await ports.ledger.read<PointerWrite>(key);
  const { ask, lateMinutes, lookAgainSeconds } = pointerStep(document, ami, ports.clock.now(), found?.version);
  if (ask) {
    await recordPublishing(name, ami, found, ports);
    await ports.parameters.put(name, ami, 'aws:ec2:image');
    if ((await ports.parameters.get(name))?.value === ami) return;
    await ports.ledger.write(key, ask, revision);
  }
  if (lateMinutes === undefined) throw new TransientError(`${name} does not hold ${ami} yet`, lookAgainSeconds);
  throw new RefusedError(`${name} does not hold ${ami} after ${lateMinutes} minutes: AWS took the request and did not write it; `
    + 'is the AMI available, and may the function call ec2:DescribeImages?');
}

/** Has a pointer that follows nothing yet hold what it was made with: that of a channel without a release, of a fleet that was never committed. */
export async function keepPointer(name: string, ports: PublishPorts): Promise<void> {
  const published = await lastPublished(name, ports);
  // What nobody recorded may be anybody's.
  if (published !== undefined) await movePointer(name, published, ports);
}
