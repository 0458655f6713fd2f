import { ledgerKey } from '../../contract';
import { pointerStep, type PointerWrite } from '../domain/pointer';
import { RefusedError, TransientError, type ControllerPorts } from '../ports';

type Ports = Pick<ControllerPorts, 'clock' | 'ledger' | 'parameters'>;

/**
 * Has a parameter hold an AMI (an `aws:ec2:image`), and returns once it does. AWS answers before it has validated the AMI, and tells a refusal
 * by an event alone: so the request is recorded, not repeated at every look, and one that is without effect for long becomes an alarm.
 */
export async function movePointer(name: string, ami: string, ports: Ports): Promise<void> {
  if (await holds(name, ami, ports)) return;
  const key = ledgerKey.pointer(name);
  const { document, revision } = await ports.ledger.read<PointerWrite>(key);
  const { ask, lateMinutes, lookAgainSeconds } = pointerStep(document, ami, ports.clock.now());
  if (ask) {
    await ports.parameters.put(name, ami, 'aws:ec2:image');
    if (await holds(name, ami, ports)) return;
    await ports.ledger.write(key, ask, revision);
  }
  if (lateMinutes === undefined) throw new TransientError(`${name} does not hold ${ami} yet`, lookAgainSeconds);
  throw new RefusedError(`${name} does not hold ${ami} after ${lateMinutes} minutes: AWS took the request and did not write it; `
    + 'is the AMI available, and may the function call ec2:DescribeImages?');
}

const holds = async (name: string, ami: string, { parameters }: Ports): Promise<boolean> => (await parameters.get(name))?.value === ami;
