import { type Decision, record } from './decision';
import { close } from './endings';
import type { FleetObservation } from './observation';
import type { FleetState, Rollout } from './state';

/** The pointer follows the ledger; deploys stay shut out until it was read back. */
export function decideCommitting(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision {
  if (observation.parameterValue !== rollout.ami) return { state, action: { type: 'write-parameter', ami: rollout.ami } };
  return record(close(state, rollout, observation.now, 'committed'), 'committed');
}
