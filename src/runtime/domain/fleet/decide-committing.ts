import { type Decision, record } from './decision';
import { close } from './endings';
import type { FleetObservation } from './observation';
import type { FleetState, Rollout } from './state';
import { deletable } from './versions';

/** The pointer follows the ledger; deploys stay shut out until it was read back, and what superseded rollouts left is deleted. */
export function decideCommitting(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision {
  if (observation.parameterValue !== rollout.ami) return { state, action: { type: 'write-parameter', ami: rollout.ami } };
  for (const target of observation.targets) {
    const versions = deletable(state, observation, target);
    if (versions.length > 0) return { state, action: { type: 'delete-versions', templateId: target.group!.templateId, versions } };
  }
  return record(close(state, rollout, observation.now, 'committed'), 'committed');
}
