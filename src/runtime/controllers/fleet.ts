import { executeFleet } from './execute-fleet';
import { publishStatus } from './fleet-status';
import { observeFleet } from './observe-fleet';
import { keepPointer } from './pointer';
import { recordPublished } from './published';
import { ledgerKey, type FleetIntent, type RegistryDocument } from '../../contract';
import {
  decideFleet, initialState, madeOtherwise, needsOperator, noteRefusal, noteVersion, recognize, rememberWaiting, restrain, type Action,
  type FleetObservation, type FleetState, type OperatorNeed, type TemplateVersion,
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
  const alarm = alarmOnce(intent, ports);
  for (let step = 0; step < STEPS; step += 1) {
    const { state: known, observation } = recognize(state, await observeFleet(intent, registry, state, ports));
    const decided = decideFleet(known, observation);
    const announces = decided.action.type !== 'wait' && announced !== rolloutOf(decided.state);
    const decision = announces ? decided : rememberWaiting(restrain(decided, observation), observation);
    if (JSON.stringify(decision.state) !== JSON.stringify(document)) {
      if (!await lease.held()) throw new ConflictError(key, revision);
      revision = await ports.ledger.write(key, decision.state, revision);
    }
    state = document = decision.state;
    const needs = needsOperator(state, observation);
    // What is foreign may be gone before there is anything to wait for.
    alarm(decision.action.type === 'wait' ? needs : needs.filter(({ kind }) => kind === 'foreign'));
    if (announces) {
      await publishStatus(intent, state, undefined, ports);
      announced = rolloutOf(state);
      continue;
    }
    if (decision.action.type === 'wait') {
      const look = await settle(decision.action, intent, state, ports);
      await keepParameter(intent, state, observation, lease, ports);
      return look;
    }
    tell(intent, decision.action, ports);
    const { refused, made } = await attempt(decision.action, observation, registry, lease, ports);
    if (refused) {
      await ports.ledger.write(key, noteRefusal(state, refused), revision);
      return settle({ type: 'wait', reason: refused, seconds: REFUSED_SECONDS }, intent, state, ports);
    }
    if (made) {
      state = document = noteVersion(state, made.templateId, made.version);
      revision = await ports.ledger.write(key, state, revision);
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

/** Once in every look, as long as it lasts: the alarm clears when nothing is said any more. */
function alarmOnce({ name: fleet }: FleetIntent, { log }: FleetPorts): (needs: readonly OperatorNeed[]) => void {
  const said = new Set<string>();
  return (needs) => needs.filter(({ reason }) => !said.has(reason)).forEach(({ kind, reason }) => {
    said.add(reason);
    log.alert(`fleet-${kind}`, { fleet, reason });
  });
}

/** What was published is recorded as such; before the first commit the parameter holds what it was made with. */
async function keepParameter(
  { parameterName }: FleetIntent, { committed: [good] }: FleetState, { parameterValue, stack }: FleetObservation, lease: Lease, ports: FleetPorts,
): Promise<void> {
  if (stack !== 'settled') return;
  if (good) return good.ami === parameterValue ? recordPublished(parameterName, good.ami, ports) : undefined;
  if (!await lease.held()) throw new ConflictError(parameterName, 0);
  await keepPointer(parameterName, ports);
}

async function settle(action: Extract<Action, { type: 'wait' }>, intent: FleetIntent, state: FleetState, ports: FleetPorts): Promise<Look> {
  await publishStatus(intent, state, action.reason, ports);
  return action.seconds === undefined ? {} : { lookAgainSeconds: action.seconds };
}

/** A refusal by AWS is reported and looked at again; it never becomes a message that fails for ever. */
async function attempt(
  action: Action, observation: FleetObservation, registry: RegistryDocument, lease: Lease, ports: FleetPorts,
): Promise<Attempted> {
  const { intent } = observation;
  try {
    const version = await executeFleet(action, intent, registry.namespace, lease, ports);
    if (!version || action.type !== 'create-version') return {};
    const otherwise = madeOtherwise(action, version, observation);
    if (otherwise) throw new RefusedError(otherwise);
    return { made: { templateId: action.templateId, version } };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    ports.log.alert('fleet-refused', { fleet: intent.name, action: action.type, reason: error.message });
    return { refused: `AWS refused to ${action.type}: ${error.message}` };
  }
}

/** What came of a step: why AWS said no, or the version that it made. */
interface Attempted {
  readonly refused?: string;
  readonly made?: { readonly templateId: string; readonly version: TemplateVersion };
}

function tell(intent: FleetIntent, action: Action, ports: FleetPorts): void {
  const { type, ...fields } = action;
  const group = 'group' in fields ? { group: fields.group.name } : {};
  ports.log.info(`fleet-${type}`, { fleet: intent.name, ...fields, ...group });
}
