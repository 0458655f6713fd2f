import { movePointer } from './pointer';
import type { FleetIntent } from '../../contract';
import { ownerMark, type Action, type TemplateVersion } from '../domain/fleet';
import { ConflictError, type Lease } from '../ports';
import type { FleetPorts } from '../ports-fleet';

/**
 * Does one step. Whether it took effect is for the next observation to say; but what EC2 made of a version, only the answer to this call
 * tells apart from what anybody else makes.
 */
export async function executeFleet(
  action: Action, intent: FleetIntent, namespace: string, lease: Lease, ports: FleetPorts,
): Promise<TemplateVersion | void> {
  switch (action.type) {
    case 'wait':
    case 'record':
      return;
    case 'adopt':
      return ports.groups.adopt(action.group, action.version, action.ami);
    case 'create-version': {
      const { type: _, ...request } = action;
      return ports.templates.create({ ...request, description: ownerMark(namespace, intent.name) });
    }
    case 'delete-versions':
      return ports.templates.remove(action.templateId, action.versions);
    case 'start-refresh': {
      const { group, version, ami, plan } = action;
      const { instanceWarmupSeconds, protectedInstances, standbyInstances } = intent.rollout;
      const warmup = instanceWarmupSeconds === undefined ? {} : { instanceWarmupSeconds };
      return ports.refreshes.start({ group, version, ami, plan, ...warmup, protectedInstances, standbyInstances });
    }
    case 'end-instance':
      return ports.groups.end(action.group, action.instance);
    case 'cancel':
      return ports.refreshes.cancel(action.group.name);
    case 'roll-back':
      return ports.refreshes.rollBack(action.group.name);
    case 'write-parameter':
      return writePointer(intent.parameterName, action.ami, lease, ports);
  }
}

/** Only the holder of the lease moves the pointer; one that stalled in between finds out, and the next look repairs what it wrote. */
async function writePointer(name: string, ami: string, lease: Lease, ports: FleetPorts): Promise<void> {
  if (!await lease.held()) throw new ConflictError(name, 0);
  await movePointer(name, ami, ports);
  if (!await lease.held()) throw new ConflictError(name, 0);
}
