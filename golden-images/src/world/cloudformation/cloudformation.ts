import { Service, type Operation, type World } from '../kernel';
import { builtinTypes } from './engine/builtin-types';
import { Collaborators } from './engine/collaborators';
import { CustomResources } from './engine/custom-resource';
import { Engine } from './engine/engine';
import { NestedStacks, NESTED_STACK } from './engine/nested-stacks';
import { ResourceTypes } from './engine/resource-types';
import { changeSetOperations } from './operations/change-sets';
import { queryOperations } from './operations/queries';
import { stackOperations } from './operations/stacks';
import { templateOperations } from './operations/templates';
import { Planner } from './planning/plan';
import type { Stack } from './stack/stack';
import { Stacks } from './stack/stacks';

/** CloudFormation: stacks of the resource types that the other services provide. */
export class CloudFormationService extends Service {
  public readonly signingName = 'cloudformation';
  public readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes = builtinTypes;
  private readonly stacks: Stacks;
  private readonly types = new ResourceTypes();
  private readonly collaborators = new Collaborators();
  private readonly customResources: CustomResources;
  private readonly engine: Engine;
  private driving: Promise<void> | undefined;

  public constructor(world: World) {
    super(world);
    const { types, collaborators } = this;
    const stacks = this.stacks = new Stacks(world);
    this.customResources = new CustomResources(world, collaborators);
    types.setCustom(this.customResources);
    types.add(builtinTypes);
    const engine = this.engine = new Engine(world, stacks, types, collaborators);
    const planner = new Planner(world, stacks, types, collaborators);
    types.set(NESTED_STACK, new NestedStacks(stacks, planner, engine, collaborators));
    const context = { world, stacks, types, collaborators, engine, planner };
    this.operations = this.held({
      ...changeSetOperations(context), ...stackOperations(context), ...queryOperations(context), ...templateOperations(context),
    });
  }

  /** Tells the services whose resource types templates may use, and which CloudFormation itself calls. */
  public register(services: readonly Service[]): void {
    for (const service of services) {
      this.types.add(service.resourceTypes);
      this.collaborators.add(service);
    }
  }

  /** Whether an operation on some stack is in progress. */
  public active(): boolean {
    return this.stacks.all.some((stack) => stack.inProgress);
  }

  /** A stack by name or id. */
  public stackState(nameOrId: string): Stack | undefined {
    return this.stacks.find(nameOrId);
  }

  /** Calls `listener` whenever an operation on a stack starts. */
  public onStart(listener: () => void): void {
    this.engine.onStart(listener);
  }

  /** Takes what a custom resource put to its response URL. */
  public respond(token: string, body: string): void {
    this.customResources.respond(token, body);
  }

  /** Lets virtual time pass while an operation is in progress. */
  public drive(): Promise<void> {
    this.driving ??= this.stepWhileActive().finally(() => { this.driving = undefined; });
    return this.driving;
  }

  /**
   * While somebody drives, what starts an operation is answered when the operation has ended, so that a client's first poll sees it
   * done. Not inside of a step: whoever calls there would wait for himself.
   */
  private held(operations: Record<string, Operation>): Record<string, Operation> {
    const holding = ['ExecuteChangeSet', 'CreateStack', 'UpdateStack', 'DeleteStack'].map((name): [string, Operation] => [name, async (input) => {
      const outside = !this.world.timeline.busy;
      const output = operations[name]!(input) as unknown;
      if (outside) await this.driving;
      return output;
    }]);
    return { ...operations, ...Object.fromEntries(holding) };
  }

  private async stepWhileActive(): Promise<void> {
    while (await this.world.timeline.step(() => this.active()));
  }
}
