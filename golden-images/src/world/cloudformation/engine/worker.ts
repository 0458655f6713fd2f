import { checkCustomName } from './custom-names';
import { CreationFailed, EngineError, isGone, NotSent, reasonOf, ResourcesFailed } from './failure';
import type { Journal } from './journal';
import type { HandlerContext, Made, ResourceTypes } from './resource-types';
import type { Properties, World } from '../../kernel';
import type { Tag } from '../stack/deployment';
import type { Stack, StackResource } from '../stack/stack';
import type { Stacks } from '../stack/stacks';
import type { ResourceDefinition } from '../template/template';

/** A resource as it shall be. */
export interface Target {
  readonly logicalId: string;
  readonly definition: ResourceDefinition;
  readonly properties: Properties;
  readonly known: Readonly<Record<string, unknown>>;
  readonly tags: readonly Tag[];
  readonly standsOn: readonly string[];
}

const RESOURCE_TIME = 1000;

/** Makes, updates and deletes single resources, and writes the events of it. */
export class Worker {
  public constructor(
    public readonly world: World,
    public readonly types: ResourceTypes,
    public readonly journal: Journal,
    private readonly stacks: Stacks,
  ) {}

  public async create(stack: Stack, target: Target): Promise<void> {
    const { logicalId, definition: { Type: type }, properties } = target;
    this.journal.event(stack, { logicalId, type, properties }, 'CREATE_IN_PROGRESS');
    try {
      const made = await this.make(stack, target, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
      this.settle(stack, target, made, 'CREATE_COMPLETE');
    } catch (error) {
      const physicalId = error instanceof CreationFailed ? error.physicalId : undefined;
      this.fail(stack, target, physicalId ? { physicalId } : undefined, 'CREATE_FAILED', error);
      throw new ResourcesFailed([logicalId], 'create');
    }
  }

  /** Sends the whole new set of properties, changed or not (aws/aws-cdk#5215). */
  public async update(stack: Stack, current: StackResource, target: Target): Promise<void> {
    const { logicalId, definition: { Type: type }, properties } = target;
    this.journal.event(stack, { logicalId, type, physicalId: current.physicalId!, properties }, 'UPDATE_IN_PROGRESS');
    try {
      const made = await this.types.get(type).update(this.context(stack, target, type), madeOf(current), properties, current.properties);
      await this.world.timeline.sleep(RESOURCE_TIME, `update of ${logicalId}`);
      if (made.physicalId !== current.physicalId) stack.replaced.push(current);
      this.settle(stack, target, made, 'UPDATE_COMPLETE');
    } catch (error) {
      if (error instanceof NotSent) this.failIntact(stack, current, error);
      else this.fail(stack, target, madeOf(current), 'UPDATE_FAILED', error);
      throw new ResourcesFailed([logicalId], 'update');
    }
  }

  /** Makes a new resource in the place of another; that one is deleted when the operation cleans up. */
  public async replace(stack: Stack, current: StackResource, target: Target): Promise<void> {
    const { logicalId, definition: { Type: type }, properties } = target;
    const requested = 'Requested update requires the creation of a new physical resource; hence creating one.';
    this.journal.event(stack, { logicalId, type, physicalId: current.physicalId!, properties }, 'UPDATE_IN_PROGRESS', requested);
    try {
      const made = await this.make(stack, target, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
      if (made.physicalId === current.physicalId) throw new EngineError(`${made.physicalId} already exists`);
      stack.replaced.push(current);
      this.settle(stack, target, made, 'UPDATE_COMPLETE');
    } catch (error) {
      this.failIntact(stack, current, error);
      throw new ResourcesFailed([logicalId], 'update');
    }
  }

  /** Deletes a resource; false (and an event with the reason) when that failed. */
  public async delete(stack: Stack, resource: StackResource): Promise<boolean> {
    const { logicalId, type, physicalId, properties } = resource;
    if (physicalId === undefined) {
      this.journal.event(stack, resource, 'DELETE_COMPLETE');
      return true;
    }
    this.journal.event(stack, resource, 'DELETE_IN_PROGRESS');
    try {
      await this.types.get(type).delete(this.context(stack, resource, type), physicalId, properties);
    } catch (error) {
      if (!isGone(error)) {
        this.journal.event(stack, resource, 'DELETE_FAILED', reasonOf(error, this.world));
        return false;
      }
    }
    await this.world.timeline.sleep(RESOURCE_TIME, `deletion of ${logicalId}`);
    this.journal.event(stack, resource, 'DELETE_COMPLETE');
    return true;
  }

  /** Records a resource that needs no call: only its definition changed, or it is restored as it was. */
  public settle(stack: Stack, target: Target, made: Made, status: string): void {
    const resource = { ...bare(target), ...made, status, at: this.world.now };
    stack.resources.set(target.logicalId, resource);
    this.journal.event(stack, resource, status);
  }

  private async make(stack: Stack, target: Target, status: string, reason: string): Promise<Made> {
    const { logicalId, definition: { Type: type }, properties } = target;
    checkCustomName(this.stacks, stack, logicalId, type, properties);
    const made = await this.types.get(type).create(this.context(stack, target, type), properties);
    this.journal.event(stack, { logicalId, type, physicalId: made.physicalId, properties }, status, reason);
    await this.world.timeline.sleep(RESOURCE_TIME, `creation of ${logicalId}`);
    return made;
  }

  /** The update failed, and the resource is as it was. */
  private failIntact(stack: Stack, current: StackResource, error: unknown): void {
    this.fail(stack, current, { ...madeOf(current), intact: true }, 'UPDATE_FAILED', error);
  }

  private fail(stack: Stack, target: Target, made: (Made & { intact?: true }) | undefined, status: string, error: unknown): void {
    const reason = reasonOf(error, this.world);
    const resource = { ...bare(target), ...made, status, reason, at: this.world.now };
    stack.resources.set(target.logicalId, resource);
    this.journal.event(stack, resource, status, reason);
  }

  private context(stack: Stack, { logicalId, tags }: Pick<Target, 'logicalId' | 'tags'>, resourceType: string): HandlerContext {
    return {
      stackName: stack.name,
      stackId: stack.id,
      logicalId,
      resourceType,
      tags,
      rollingBack: stack.status.includes('ROLLBACK'),
      generateName: (maximum = 255) => this.generateName(stack.name, logicalId, maximum),
    };
  }

  private generateName(stackName: string, logicalId: string, maximum: number): string {
    const suffix = this.world.random.hex(12).toUpperCase();
    const room = Math.max(0, maximum - suffix.length - 2);
    const full = `${stackName}-${logicalId}`;
    const half = Math.floor((room - 1) / 2);
    const prefix = full.length <= room + 1 ? full : `${stackName.slice(0, half)}-${logicalId.slice(0, half)}`;
    return `${prefix}-${suffix}`;
  }
}

function bare({ logicalId, definition, properties, known, tags, standsOn }: Target): Omit<StackResource, 'status' | 'at'> {
  return { logicalId, type: definition.Type, properties, known, tags, definition, standsOn };
}

const madeOf = ({ physicalId, data }: StackResource): Made => ({ physicalId: physicalId!, ...(data ? { data } : {}) });
