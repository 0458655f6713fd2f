import { readDocument } from './documents';
import { fleetStatusName, type FleetStatusDocument, type GuardProperties } from '../../contract';
import type { ControllerPorts } from '../ports';

export type GuardPorts = Pick<ControllerPorts, 'parameters' | 'stacks' | 'log'>;

/**
 * Why a deploy must not touch the groups of a fleet now; undefined when it may (invariant 26). A rollback is never refused: it would
 * leave the stack stuck.
 */
export async function refusal(properties: GuardProperties, stackId: string, ports: GuardPorts): Promise<string | undefined> {
  const { Namespace: namespace, Fleet: fleet } = properties;
  const status = await readDocument<FleetStatusDocument>(ports, fleetStatusName(namespace, fleet));
  if (!status?.rollout) return undefined;
  if (await ports.stacks.state(stackId) === 'rolling-back') {
    ports.log.warn('guard-passed-rollback', { fleet, version: status.rollout.version });
    return undefined;
  }
  const { version, startedAt } = status.rollout;
  return `a rollout of ${version} in fleet ${fleet} is active since ${startedAt} (${status.phase}); deploy again once it has ended`;
}
