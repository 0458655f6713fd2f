import { decideCanary } from './decide-canary';
import { decideCommitting } from './decide-committing';
import { decideHalting } from './decide-halting';
import { decideIdle } from './decide-idle';
import { decidePreparing } from './decide-preparing';
import { decideWaves } from './decide-waves';
import { type Decision, wait } from './decision';
import { rememberDeploys } from './declared';
import type { FleetObservation } from './observation';
import type { FleetState } from './state';
import { SCHEMA_VERSION } from '../../../contract';

/** One step for one fleet. Pure: the same state and observation give the same decision. The table in README.md is its specification. */
export function decideFleet(recorded: FleetState, observation: FleetObservation): Decision {
  if (recorded.schemaVersion > SCHEMA_VERSION) return wait(recorded, `the record has schema version ${recorded.schemaVersion}, newer than ${SCHEMA_VERSION}`);
  const state = rememberDeploys(rememberRelease(recorded, observation), observation);
  switch (state.rollout?.stage) {
    case undefined: return decideIdle(state, observation);
    case 'preparing': return decidePreparing(state, state.rollout!, observation);
    case 'canary': return decideCanary(state, state.rollout!, observation);
    case 'waves': return decideWaves(state, state.rollout!, observation);
    case 'committing': return decideCommitting(state, state.rollout!, observation);
    case 'halting': return decideHalting(state, state.rollout!, observation);
  }
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
