import type { Collaborators } from './collaborators';
import type { Engine } from './engine';
import { CreationFailed, EngineError } from './failure';
import type { HandlerContext, Made, ResourceHandler } from './resource-types';
import type { Properties } from '../../kernel';
import { readTemplate } from '../operations/requests';
import type { Planner } from '../planning/plan';
import type { Deployment, Tag } from '../stack/deployment';
import type { Stack } from '../stack/stack';
import type { Stacks } from '../stack/stacks';

const PROPERTIES = ['NotificationARNs', 'Parameters', 'Tags', 'TemplateURL', 'TimeoutInMinutes'];

/** The resource type of nested stacks. */
export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/**
 * Stacks that are resources of other stacks. They have the capabilities and the role of their root, and are cleaned up with it; in a rollback
 * they go back to the checkpoint they had. Source: AWS CloudFormation user guide, "Embed stacks within other stacks using nested stacks"; knowledge
 * center, "Why is my CloudFormation stack stuck in […] CLEANUP_IN_PROGRESS".
 */
export class NestedStacks implements ResourceHandler {
  public constructor(
    private readonly stacks: Stacks,
    private readonly planner: Planner,
    private readonly engine: Engine,
    private readonly collaborators: Collaborators,
  ) {}

  public change(property: string): 'update' | undefined {
    return PROPERTIES.includes(property) ? 'update' : undefined;
  }

  public async create(context: HandlerContext, properties: Properties): Promise<Made> {
    const parent = this.stacks.get(context.stackId);
    const stack = this.stacks.make(context.generateName(128));
    stack.parentId = parent.id;
    stack.rootId = parent.rootId ?? parent.id;
    const deployment = this.plan(parent, stack, properties);
    this.stacks.all.push(stack);
    const failure = await this.engine.createNested(stack, deployment);
    // What was made of it is deleted with the resource (assumption: nested-creation-failed).
    if (failure !== undefined) throw new CreationFailed(`Embedded stack ${stack.id} was not successfully created: ${failure}`, stack.id);
    return { physicalId: stack.id };
  }

  public async update(context: HandlerContext, current: Made, properties: Properties): Promise<Made> {
    const parent = this.stacks.get(context.stackId);
    const stack = this.stacks.get(current.physicalId);
    const failure = parent.status.includes('ROLLBACK')
      ? await this.engine.restoreNested(stack)
      : await this.engine.updateNested(stack, this.plan(parent, stack, properties));
    if (failure !== undefined) {
      throw new EngineError(`Embedded stack ${stack.id} was not successfully updated. Currently in ${stack.status} with reason: ${failure}`);
    }
    return current;
  }

  public async delete(_context: HandlerContext, physicalId: string): Promise<void> {
    const stack = this.stacks.find(physicalId);
    if (!stack || stack.gone) return;
    await this.engine.deleteNested(stack);
    if (!stack.gone) throw new EngineError(`Embedded stack ${stack.id} was not successfully deleted: ${stack.reason ?? ''}`);
  }

  public attribute({ physicalId }: Made, name: string): unknown {
    const key = /^Outputs\.(.+)$/.exec(name)?.[1];
    const output = this.stacks.get(physicalId).outputs.find(({ OutputKey }) => OutputKey === key);
    if (!output) throw new EngineError(`Template error: resource does not have attribute ${name}`);
    return output.OutputValue;
  }

  public ref(physicalId: string): string {
    return physicalId;
  }

  private plan(parent: Stack, stack: Stack, properties: Properties): Deployment {
    if (properties.TemplateURL === undefined) throw new EngineError('Properties validation failed for a nested stack with message: #: required key [TemplateURL] not found');
    const { capabilities, roleArn, notificationArns, tags } = parent.deployment!;
    return this.planner.plan({
      stackName: stack.name,
      stackId: stack.id,
      text: readTemplate(String(properties.TemplateURL), this.collaborators),
      given: Object.entries(properties.Parameters ?? {}).map(([ParameterKey, value]) => ({ ParameterKey, ParameterValue: String(value) })),
      ...(stack.deployment ? { previous: stack.deployment } : {}),
      tags: [...tags, ...(properties.Tags as Tag[] | undefined) ?? []],
      notificationArns: (properties.NotificationARNs as string[] | undefined) ?? notificationArns,
      capabilities,
      ...(roleArn ? { roleArn } : {}),
    });
  }
}
