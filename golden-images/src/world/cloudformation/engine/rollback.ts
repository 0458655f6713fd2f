import { isCustom } from './resource-types';
import type { Worker } from './worker';
import type { Checkpoint, Stack, StackResource } from '../stack/stack';
import { creationOrder } from '../template/graph';
import { sameValue } from '../template/values';

const SKIPPED = 'Resource skipped during UpdateRollback';

/**
 * Takes the resources of a stack back to its checkpoint: those that differ from it get their previous properties, as they were
 * sent (assumption: rollback-sends-stored-properties), in the order in which they stand on each other. What was made since is left
 * for the clean-up. A custom resource that changed its id is asked to update back (assumption: custom-id-rollback).
 *
 * Comparing with the checkpoint makes the rollback resumable: what is restored already does not differ any more.
 */
export class Rollback {
  public constructor(private readonly worker: Worker) {}

  public async restore(stack: Stack, checkpoint: Checkpoint, skip: readonly string[]): Promise<void> {
    const graph = new Map([...checkpoint.resources.values()].map(({ logicalId, standsOn }) => [logicalId, standsOn]));
    for (const logicalId of creationOrder(graph)) {
      const previous = checkpoint.resources.get(logicalId)!;
      const current = stack.resources.get(logicalId) ?? previous;
      if (skip.includes(logicalId)) this.skip(stack, current, previous);
      else await this.restoreOne(stack, current, previous);
    }
  }

  private async restoreOne(stack: Stack, current: StackResource, previous: StackResource): Promise<void> {
    const replaced = current.physicalId !== previous.physicalId && !isCustom(current.type);
    if (replaced || current.intact) return this.readopt(stack, replaced ? current : undefined, previous);
    const tagged = this.worker.types.get(current.type).change('Tags') !== undefined && !sameValue(current.tags, previous.tags);
    const same = current.physicalId === previous.physicalId && sameValue(current.properties, previous.properties);
    if (!same || tagged || current.status === 'UPDATE_FAILED') await this.worker.update(stack, current, previous);
    else stack.resources.set(previous.logicalId, { ...previous, at: current.at });
  }

  /** Takes the previous resource back without a call; what stood in its place is deleted when the operation cleans up. */
  private readopt(stack: Stack, current: StackResource | undefined, previous: StackResource): void {
    stack.replaced = stack.replaced.filter(({ logicalId, physicalId }) => logicalId !== previous.logicalId || physicalId !== previous.physicalId);
    if (current) stack.replaced.push(current);
    this.worker.journal.event(stack, previous, 'UPDATE_IN_PROGRESS');
    stack.resources.set(previous.logicalId, { ...previous, status: 'UPDATE_COMPLETE' });
    this.worker.journal.event(stack, previous, 'UPDATE_COMPLETE');
  }

  private skip(stack: Stack, current: StackResource, previous: StackResource): void {
    stack.resources.set(previous.logicalId, { ...previous, ...(current.physicalId ? { physicalId: current.physicalId } : {}), status: 'UPDATE_COMPLETE' });
    this.worker.journal.event(stack, current, 'UPDATE_COMPLETE', SKIPPED);
  }
}
