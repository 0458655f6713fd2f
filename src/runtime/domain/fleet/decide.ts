import { decideCanary } from './decide-canary';
import { decideCommitting } from './decide-committing';
import { decideHalting } from './decide-halting';
import { decideIdle } from './decide-idle';
import { decidePreparing } from './decide-preparing';
import { decideWaves } from './decide-waves';
import { type Decision, wait } from './decision';
import type { FleetObservation } from './observation';
import type { FleetState } from './state';
import { SCHEMA_VERSION } from '../../../contract';

/** One step for one fleet, on what was recognized. Pure: the same state and observation give the same decision. The table in README.md is its specification. */
export function decideFleet(recorded: FleetState, observation: FleetObservation): Decision {
  if (recorded.schemaVersion > SCHEMA_VERSION) return wait(recorded, `the record has schema version ${recorded.schemaVersion}, newer than ${SCHEMA_VERSION}`);
  return inTheSameWords(step(rememberRelease(recorded, observation), observation));
}

function step(state: FleetState, observation: FleetObservation): Decision {
  switch (state.rollout?.stage) {
    case undefined: return decideIdle(state, observation);
    case 'preparing': return decidePreparing(state, state.rollout!, observation);
    case 'canary': return decideCanary(state, state.rollout!, observation);
    case 'waves': return decideWaves(state, state.rollout!, observation);
    case 'committing': return decideCommitting(state, state.rollout!, observation);
    case 'halting': return decideHalting(state, state.rollout!, observation);
  }
}

/** A version is asked for with the token of the first time until the answer was recorded: so a crash in between makes no second one (assumption: template-token-lasts). */
function inTheSameWords({ state, action }: Decision): Decision {
  if (action.type !== 'create-version') return { state, action };
  const { templateId, source, ami } = action;
  const before = state.requested;
  const same = before !== undefined && before.templateId === templateId && before.source === source && before.ami === ami;
  const token = same ? before.token : action.token;
  return { state: { ...state, requested: { templateId, source, ami, token } }, action: { ...action, token } };
}

/** What the ledger says is what was seen; a fleet that had believed a forged revision, or was frozen at one, comes back to it. */
function rememberRelease(recorded: FleetState, { release, intent }: FleetObservation): FleetState {
  if (!release) return recorded;
  const { parameterName } = intent.follows;
  const { revision } = release;
  const { frozen, seenRelease: seen } = recorded;
  const state = frozen && frozen.revision > revision ? { ...recorded, frozen: { ...frozen, revision } } : recorded;
  if (seen?.parameterName === parameterName && seen.revision === revision) return state;
  return { ...state, seenRelease: { parameterName, revision } };
}
