import { fleetStatusName, ledgerKey, type GuardProperties } from '../../contract';
import { phase, standingOf, type FleetState } from '../domain/fleet/state';
import type { ControllerPorts } from '../ports';

export type GuardPorts = Pick<ControllerPorts, 'parameters' | 'stacks' | 'log'> & { readonly ledger: Pick<ControllerPorts['ledger'], 'read'> };

/**
 * Why a deploy must not touch the groups of a fleet now; undefined when it may (invariant 26). A rollback is never refused: it would
 * leave the stack stuck. A nested stack begins to roll back before its root does, and is rolled back with it. Nor is one where somebody deleted
 * the status, as the runbook says to where the controllers are broken.
 */
export async function refusal(properties: GuardProperties, stackIds: readonly string[], ports: GuardPorts): Promise<string | undefined> {
  const { Namespace: namespace, Fleet: fleet } = properties;
  const { document } = await ports.ledger.read<FleetState>(ledgerKey.fleet(namespace, fleet));
  const rollout = document && standingOf(document).rollout;
  if (!document || !rollout || !await ports.parameters.get(fleetStatusName(namespace, fleet))) return undefined;
  const states = await Promise.all(stackIds.map((id) => ports.stacks.state(id)));
  if (states.includes('rolling-back')) {
    ports.log.warn('guard-passed-rollback', { fleet, version: rollout.version });
    return undefined;
  }
  return `a rollout of ${rollout.version} in fleet ${fleet} is active since ${rollout.startedAt} (${phase(document)}); deploy again once it has ended`;
}
