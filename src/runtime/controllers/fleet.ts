import { executeFleet } from './execute-fleet';
import { publishStatus } from './fleet-status';
import { observeFleet } from './observe-fleet';
import { keepPointer } from './pointer';
import { recordPublished } from './published';
import { ledgerKey, type FleetIntent, type RegistryDocument } from '../../contract';
import {
  decideFleet, initialState, needsOperator, noteRefusal, rememberWaiting, restrain, type Action, type FleetObservation, type FleetState,
} from '../domain/fleet';
import { ConflictError, RefusedError, type Lease, type Look, type Reconcile } from '../ports';
import type { FleetPorts } from '../ports-fleet';

/** Steps of one look: enough for the longest chain without a wait, and an end to any that would not end. */
const STEPS = 16;
const REFUSED_SECONDS = 300;
/** After a look of so many steps: whatever it was at, it is no hot loop. */
const BUSY_SECONDS = 60;

/** Observe, decide one step, record the intent, do it; until there is something to wait for. */
export const reconcileFleet: Reconcile<FleetIntent, FleetPorts> = async (intent, registry, lease, ports) => {
  const key = ledgerKey.fleet(registry.namespace, intent.name);
  let { document, revision } = await ports.ledger.read<FleetState>(key);
  let state = document ?? initialState(intent.name);
  let announced = 'nothing yet';
  for (let step = 0; step < STEPS; step += 1) {
    const observation = await observeFleet(intent, registry, state, ports);
    const decided = decideFleet(state, observation);
    const announces = decided.action.type !== 'wait' && announced !== rolloutOf(decided.state);
    const decision = announces ? decided : rememberWaiting(restrain(decided, observation), observation);
    if (JSON.stringify(decision.state) !== JSON.stringify(document)) {
      if (!await lease.held()) throw new ConflictError(key, revision);
      revision = await ports.ledger.write(key, decision.state, revision);
    }
    state = document = decision.state;
    if (announces) {
      await publishStatus(intent, state, undefined, ports);
      announced = rolloutOf(state);
      continue;
    }
    if (decision.action.type === 'wait') {
      alarm(intent, state, observation, ports);
      const look = await settle(decision.action, intent, state, ports);
      await keepParameter(intent, state, observation, lease, ports);
      return look;
    }
    tell(intent, decision.action, ports);
    const refused = await attempt(decision.action, intent, registry, lease, ports);
    if (refused) {
      await ports.ledger.write(key, noteRefusal(state, refused), revision);
      return settle({ type: 'wait', reason: refused, seconds: REFUSED_SECONDS }, intent, state, ports);
    }
  }
  ports.log.warn('fleet-busy', { fleet: intent.name, steps: STEPS });
  await publishStatus(intent, state, undefined, ports);
  return { lookAgainSeconds: BUSY_SECONDS };
};

/**
 * The guard of deploys reads the status: a rollout is announced there before its first step, and the stack is read again after that. So
 * either the guard sees the rollout, or the controller sees the deploy.
 */
const rolloutOf = ({ rollout }: FleetState): string => (rollout ? `${rollout.startedAt}` : 'none');

/** At the end of every look, as long as it lasts: the alarm clears when nothing is said any more. */
function alarm(intent: FleetIntent, state: FleetState, observation: FleetObservation, ports: FleetPorts): void {
  for (const { kind, reason } of needsOperator(state, observation)) ports.log.alert(`fleet-${kind}`, { fleet: intent.name, reason });
}

/** What was published is recorded as such; before the first commit the parameter holds what it was made with. */
async function keepParameter(
  { parameterName }: FleetIntent, { committed: [good] }: FleetState, { parameterValue, stack }: FleetObservation, lease: Lease, ports: FleetPorts,
): Promise<void> {
  if (stack !== 'settled') return;
  if (good?.ami === parameterValue && good) return recordPublished(parameterName, good.ami, ports);
  if (good) return;
  if (!await lease.held()) throw new ConflictError(parameterName, 0);
  await keepPointer(parameterName, ports);
}

async function settle(action: Extract<Action, { type: 'wait' }>, intent: FleetIntent, state: FleetState, ports: FleetPorts): Promise<Look> {
  await publishStatus(intent, state, action.reason, ports);
  return action.seconds === undefined ? {} : { lookAgainSeconds: action.seconds };
}

/** A refusal by AWS is reported and looked at again; it never becomes a message that fails for ever. */
async function attempt(
  action: Action, intent: FleetIntent, registry: RegistryDocument, lease: Lease, ports: FleetPorts,
): Promise<string | undefined> {
  try {
    await executeFleet(action, intent, registry.namespace, lease, ports);
    return undefined;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    ports.log.alert('fleet-refused', { fleet: intent.name, action: action.type, reason: error.message });
    return `AWS refused to ${action.type}: ${error.message}`;
  }
}

function tell(intent: FleetIntent, action: Action, ports: FleetPorts): void {
  const { type, ...fields } = action;
  const group = 'group' in fields ? { group: fields.group.name } : {};
  ports.log.info(`fleet-${type}`, { fleet: intent.name, ...fields, ...group });
}
