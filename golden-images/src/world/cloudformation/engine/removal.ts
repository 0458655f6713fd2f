import type { Worker } from './worker';
import type { Stack, StackResource } from '../stack/stack';
import { creationOrder } from '../template/graph';

/** Deletes resources, each before what it stands on. */
export class Removal {
  public constructor(private readonly worker: Worker) {}

  /**
   * Deletes what a successful update, or a rollback, has left over: replaced resources and those that are no longer wanted.
   * What cannot be deleted is left behind, with an event, and the operation goes on, as on AWS.
   */
  public async cleanUp(stack: Stack, wanted: (logicalId: string) => boolean): Promise<void> {
    const unwanted = [...stack.resources.values()].filter(({ logicalId }) => !wanted(logicalId));
    for (const resource of inDeletionOrder([...unwanted, ...stack.replaced])) {
      const isReplaced = stack.replaced.includes(resource);
      if (this.retained(resource, isReplaced ? 'UpdateReplacePolicy' : 'DeletionPolicy')) {
        this.worker.journal.event(stack, resource, 'DELETE_SKIPPED');
      } else {await this.worker.delete(stack, resource);}
      if (isReplaced) stack.replaced = stack.replaced.filter((each) => each !== resource);
      else stack.resources.delete(resource.logicalId);
    }
  }

  /**
   * Deletes everything that a stack has, except what its policies (or the caller) retain. A resource stays while something
   * that stands on it could not be deleted. Gives the logical ids of those that failed.
   */
  public async removeAll(stack: Stack, retains: (resource: StackResource) => boolean): Promise<string[]> {
    const failed = new Set<string>();
    for (const resource of inDeletionOrder([...stack.resources.values(), ...stack.replaced])) {
      const blocked = [...stack.resources.values()].some(({ standsOn, logicalId }) => failed.has(logicalId) && standsOn.includes(resource.logicalId));
      if (blocked) continue;
      if (retains(resource)) {this.worker.journal.event(stack, resource, 'DELETE_SKIPPED');} else if (!(await this.worker.delete(stack, resource))) {
        failed.add(resource.logicalId);
        if (!stack.replaced.includes(resource)) stack.resources.set(resource.logicalId, { ...resource, status: 'DELETE_FAILED' });
        continue;
      }
      if (stack.replaced.includes(resource)) stack.replaced = stack.replaced.filter((each) => each !== resource);
      else stack.resources.delete(resource.logicalId);
    }
    return [...failed];
  }

  private retained(resource: StackResource, policy: 'DeletionPolicy' | 'UpdateReplacePolicy'): boolean {
    return /^Retain/.test(resource.definition[policy] ?? '');
  }
}

/** Several generations of one logical id may be among them. */
function inDeletionOrder(resources: readonly StackResource[]): StackResource[] {
  const ids = new Set(resources.map(({ logicalId }) => logicalId));
  const graph = new Map([...ids].map((id) => [id, resources.filter(({ logicalId }) => logicalId === id)
    .flatMap(({ standsOn }) => standsOn).filter((target) => ids.has(target) && target !== id)]));
  return orderOf(graph).reverse().flatMap((id) => resources.filter(({ logicalId }) => logicalId === id));
}

/** Generations of different templates may, taken together, stand on each other in a circle; then the older order gives way. */
function orderOf(graph: Map<string, string[]>): string[] {
  try {
    return creationOrder(graph);
  } catch {
    return [...graph.keys()];
  }
}
