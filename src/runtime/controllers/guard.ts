import { readDocument } from './documents';
import { fleetStatusName, type FleetStatusDocument, type GuardProperties } from '../../contract';
import type { ControllerPorts } from '../ports';

export type GuardPorts = Pick<ControllerPorts, 'parameters' | 'stacks' | 'log'>;

/**
 * Why a deploy must not touch the groups of a fleet now; undefined when it may (invariant 26). A rollback is never refused: it would
 * leave the stack stuck. A nested stack begins to roll back before its root does, and is rolled back with it.
 */
export async function refusal(properties: GuardProperties, stackIds: readonly string[], ports: GuardPorts): Promise<string | undefined> {
  const { Namespace: namespace, Fleet: fleet } = properties;
  const status = await readDocument<FleetStatusDocument>(ports, fleetStatusName(namespace, fleet));
  if (!status?.rollout) return undefined;
  const states = await Promise.all(stackIds.map((id) => ports.stacks.state(id)));
  if (states.includes('rolling-back')) {
    ports.log.warn('guard-passed-rollback', { fleet, version: status.rollout.version });
    return undefined;
  }
  const { version, startedAt } = status.rollout;
  return `a rollout of ${version} in fleet ${fleet} is active since ${startedAt} (${status.phase}); deploy again once it has ended`;
}
