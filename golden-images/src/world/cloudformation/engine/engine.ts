import type { Collaborators } from './collaborators';
import { Deployer } from './deploy';
import { EngineError, ResourcesFailed } from './failure';
import { Journal } from './journal';
import { NESTED_STACK } from './nested-stacks';
import { Removal } from './removal';
import type { ResourceTypes } from './resource-types';
import { Rollback } from './rollback';
import { Values } from './values';
import { Worker } from './worker';
import { sessionArn } from '../../iam/principal';
import type { World } from '../../kernel';
import type { DeployOptions } from '../stack/change-set';
import type { Deployment } from '../stack/deployment';
import type { Stack, StackResource } from '../stack/stack';
import type { Stacks } from '../stack/stacks';

/** What was replaced or is no longer wanted is being deleted; in a nested stack also: will be, once its root comes to it. */
const CLEANING_UP = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';

/** The operations on stacks, from their first status to their last. Each runs as a coroutine on virtual time. */
export class Engine {
  public readonly journal: Journal;
  private readonly listeners: Array<() => void> = [];
  private readonly deploying: Deployer;
  private readonly rollback: Rollback;
  private readonly removal: Removal;

  public constructor(private readonly world: World, private readonly stacks: Stacks, types: ResourceTypes, collaborators: Collaborators) {
    this.journal = new Journal(world);
    const worker = new Worker(world, types, this.journal, stacks);
    this.deploying = new Deployer(worker, new Values(world, stacks, types, collaborators), stacks);
    this.rollback = new Rollback(worker);
    this.removal = new Removal(worker);
  }

  /** Calls `listener` whenever an operation starts. */
  public onStart(listener: () => void): void {
    this.listeners.push(listener);
  }

  public create(stack: Stack, deployment: Deployment, options: DeployOptions): void {
    stack.deployment = deployment;
    stack.roleArn = deployment.roleArn;
    stack.disableRollback = options.onFailure === 'DO_NOTHING';
    this.start(stack, 'CREATE_IN_PROGRESS', options.clientRequestToken, async () => {
      const failure = await this.attempt(() => this.deploying.deploy(stack, deployment, { resume: false }));
      if (failure === undefined) this.journal.status(stack, 'CREATE_COMPLETE');
      else if (options.onFailure === 'DO_NOTHING') this.journal.status(stack, 'CREATE_FAILED', failure);
      else if (options.onFailure === 'DELETE') await this.deleteAll(stack, failure, () => false);
      else await this.undoCreation(stack, `${failure} Rollback requested by user.`, options.retainExceptOnCreate);
    });
  }

  public update(stack: Stack, deployment: Deployment, options: DeployOptions): void {
    const previous = stack.deployment;
    // A stack that failed without rolling back keeps the checkpoint of its last good state.
    if (stack.checkpoint === undefined && previous && stack.status !== 'CREATE_FAILED') {
      stack.checkpoint = { deployment: previous, resources: new Map(stack.resources), outputs: stack.outputs };
    }
    const resume = stack.status.endsWith('_FAILED');
    stack.updatedAt = this.world.now;
    stack.deployment = deployment;
    stack.roleArn = deployment.roleArn;
    stack.disableRollback = options.onFailure === 'DO_NOTHING';
    this.start(stack, 'UPDATE_IN_PROGRESS', options.clientRequestToken, async () => {
      const failure = await this.attempt(() => this.deploying.deploy(stack, deployment, { resume }));
      if (failure === undefined) await this.complete(stack, deployment);
      else if (options.onFailure === 'DO_NOTHING') this.journal.status(stack, 'UPDATE_FAILED', failure);
      else await this.undoUpdate(stack, failure, []);
    });
  }

  /** Deletes a stack. `retain` names resources to leave alone, beside those whose policy says so. */
  public delete(stack: Stack, retain: readonly string[], clientRequestToken?: string): void {
    this.start(stack, undefined, clientRequestToken, async () => {
      await this.deleteAll(stack, 'User Initiated', ({ logicalId, definition }) => retain.includes(logicalId) || /^Retain/.test(definition.DeletionPolicy ?? ''));
    });
  }

  /** Rolls back an operation that failed and was told to leave everything as it was. */
  public rollBack(stack: Stack, retainExceptOnCreate: boolean, clientRequestToken?: string): void {
    this.start(stack, undefined, clientRequestToken, async () => {
      if (stack.checkpoint) await this.undoUpdate(stack, 'User Initiated', []);
      else await this.undoCreation(stack, 'User Initiated', retainExceptOnCreate);
    });
  }

  public continueRollback(stack: Stack, skip: readonly string[], clientRequestToken?: string): void {
    this.start(stack, undefined, clientRequestToken, () => this.undoUpdate(stack, 'User Initiated', skip));
  }

  /** Creates a nested stack, as part of the operation on its parent. Gives why that failed. */
  public async createNested(stack: Stack, deployment: Deployment): Promise<string | undefined> {
    stack.deployment = deployment;
    this.journal.begin(stack);
    this.journal.status(stack, 'CREATE_IN_PROGRESS', 'User Initiated');
    const failure = await this.attempt(() => this.deploying.deploy(stack, deployment, { resume: false }));
    this.journal.status(stack, failure === undefined ? 'CREATE_COMPLETE' : 'CREATE_FAILED', failure);
    return failure;
  }

  /** Updates a nested stack; it is cleaned up with its root. One that fails begins to roll back before its parent does. */
  public async updateNested(stack: Stack, deployment: Deployment): Promise<string | undefined> {
    stack.checkpoint = { deployment: stack.deployment!, resources: new Map(stack.resources), outputs: stack.outputs };
    stack.updatedAt = this.world.now;
    stack.deployment = deployment;
    this.journal.begin(stack);
    this.journal.status(stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
    const failure = await this.attempt(() => this.deploying.deploy(stack, deployment, { resume: false }));
    if (failure === undefined) this.journal.status(stack, CLEANING_UP);
    else await this.undoUpdate(stack, failure, []);
    return failure;
  }

  /** Takes a nested stack back to where it was before the operation on its root. */
  public async restoreNested(stack: Stack): Promise<string | undefined> {
    if (!stack.checkpoint) return undefined;
    await this.undoUpdate(stack, 'User Initiated', []);
    return stack.status === 'UPDATE_ROLLBACK_COMPLETE' ? undefined : stack.reason;
  }

  public async deleteNested(stack: Stack): Promise<void> {
    this.journal.begin(stack);
    await this.deleteAll(stack, 'User Initiated', ({ definition }) => /^Retain/.test(definition.DeletionPolicy ?? ''));
  }

  private start(stack: Stack, status: string | undefined, clientRequestToken: string | undefined, body: () => Promise<void>): void {
    this.journal.begin(stack, clientRequestToken);
    if (status) this.journal.status(stack, status, 'User Initiated');
    // In progress from now on, so that a second operation is refused at once.
    else stack.status = 'DELETE_IN_PROGRESS';
    const deployer = this.deployer(stack);
    this.world.timeline.spawn(`stack ${stack.name}`, () => this.world.as(deployer, body));
    this.listeners.forEach((listener) => listener());
  }

  /**
   * Who makes the calls: the role that was given for the stack, else whoever asked for the operation. Source: AWS CloudFormation user guide,
   * "CloudFormation service role"; the session's name is the one that CloudTrail shows (assumption: service-role-session).
   */
  private deployer({ roleArn }: Stack): string {
    return roleArn === undefined ? this.world.caller : sessionArn(this.world, roleArn.split('/').at(-1)!, 'AWSCloudFormation');
  }

  /** Why it failed; undefined when it did not. */
  private async attempt(work: () => Promise<void>): Promise<string | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      if (error instanceof ResourcesFailed || error instanceof EngineError) return error.message;
      throw error;
    }
  }

  private async complete(stack: Stack, deployment: Deployment): Promise<void> {
    if (stack.status !== CLEANING_UP) this.journal.status(stack, CLEANING_UP);
    await this.removal.cleanUp(stack, (logicalId) => deployment.graph.has(logicalId));
    await this.completeNested(stack);
    stack.checkpoint = undefined;
    this.journal.status(stack, 'UPDATE_COMPLETE');
  }

  private async completeNested(stack: Stack): Promise<void> {
    for (const { type, physicalId } of stack.resources.values()) {
      const nested = type === NESTED_STACK && physicalId !== undefined ? this.stacks.find(physicalId) : undefined;
      if (nested?.status === CLEANING_UP) await this.complete(nested, nested.deployment!);
    }
  }

  private async undoCreation(stack: Stack, reason: string, retainExceptOnCreate: boolean): Promise<void> {
    this.journal.begin(stack);
    this.journal.status(stack, 'ROLLBACK_IN_PROGRESS', reason);
    const retains = ({ definition }: StackResource): boolean => definition.DeletionPolicy === 'Retain' && !retainExceptOnCreate;
    const failed = await this.removal.removeAll(stack, retains);
    stack.outputs = [];
    if (failed.length === 0) this.journal.status(stack, 'ROLLBACK_COMPLETE');
    else this.journal.status(stack, 'ROLLBACK_FAILED', new ResourcesFailed(failed, 'delete').message);
  }

  private async undoUpdate(stack: Stack, reason: string, skip: readonly string[]): Promise<void> {
    const { checkpoint } = stack;
    // A stack that never was complete has nothing to go back to.
    if (!checkpoint) return this.undoCreation(stack, reason, true);
    this.journal.begin(stack);
    this.journal.status(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
    stack.deployment = checkpoint.deployment;
    const failure = await this.attempt(() => this.rollback.restore(stack, checkpoint, skip));
    if (failure !== undefined) return this.journal.status(stack, 'UPDATE_ROLLBACK_FAILED', failure);
    stack.outputs = checkpoint.outputs;
    this.journal.status(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    stack.replaced = stack.replaced.filter(({ logicalId, physicalId }) => checkpoint.resources.get(logicalId)?.physicalId !== physicalId);
    await this.removal.cleanUp(stack, (logicalId) => checkpoint.resources.has(logicalId));
    stack.checkpoint = undefined;
    this.journal.status(stack, 'UPDATE_ROLLBACK_COMPLETE');
  }

  private async deleteAll(stack: Stack, reason: string, retains: (resource: StackResource) => boolean): Promise<void> {
    this.journal.status(stack, 'DELETE_IN_PROGRESS', reason);
    const inUse = stack.outputs.find(({ ExportName }) => ExportName !== undefined && this.stacks.importers(ExportName).length > 0);
    if (inUse) {
      const users = this.stacks.importers(inUse.ExportName!).join(', ');
      return this.journal.status(stack, 'DELETE_FAILED', `Export ${inUse.ExportName} cannot be deleted as it is in use by ${users}`);
    }
    const failed = await this.removal.removeAll(stack, retains);
    if (failed.length > 0) return this.journal.status(stack, 'DELETE_FAILED', `${new ResourcesFailed(failed, 'delete').message} `);
    stack.outputs = [];
    stack.deletedAt = this.world.now;
    this.journal.status(stack, 'DELETE_COMPLETE');
  }
}
