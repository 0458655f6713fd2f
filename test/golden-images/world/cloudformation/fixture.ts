import { CloudFormationService } from '../../../../golden-images/src/world/cloudformation/cloudformation';
import type { StackEvent } from '../../../../golden-images/src/world/cloudformation/stack/stack';
import { AwsError, Service, World, type Operation, type Properties, type ResourceType } from '../../../../golden-images/src/world/kernel';

export interface Call {
  readonly verb: 'create' | 'update' | 'delete';
  readonly id: string;
  readonly properties: Properties;
}

/** A service with one resource type, `Test::Thing`, that keeps what it is told and fails where it is told to. */
export class Things extends Service {
  public readonly signingName = 'things';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly calls: Call[] = [];
  /** Properties by physical id. */
  public readonly state = new Map<string, Properties>();
  /** Attributes that something other than CloudFormation changed. */
  public readonly attributes = new Map<string, Record<string, unknown>>();
  /** `verb logicalId`, each consumed by one call. */
  public failures: string[] = [];

  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = {
    'Test::Thing': {
      properties: { Value: 'update', Other: 'update', Links: 'update', Name: 'replace', Tags: 'update' },
      create: (context, properties) => {
        const id = context.generateName(60);
        this.note('create', context.logicalId, properties);
        this.state.set(id, properties);
        return id;
      },
      update: (context, id, properties) => {
        this.note('update', context.logicalId, properties);
        this.state.set(id, properties);
      },
      delete: (context, id, properties) => {
        this.note('delete', context.logicalId, properties);
        if (!this.state.delete(id)) throw new AwsError('ThingNotFound', `${id} not found`, 404);
      },
      attribute: (id, name) => {
        if (name === 'Value') return this.state.get(id)!.Value;
        const value = this.attributes.get(id)?.[name];
        if (value === undefined) throw new AwsError('ValidationError', `no attribute ${name}`);
        return value;
      },
    },
    'AWS::IAM::Role': { properties: { RoleName: 'replace' }, create: () => 'role', delete: () => undefined, attribute: () => undefined },
  };

  private note(verb: Call['verb'], logicalId: string, properties: Properties): void {
    this.calls.push({ verb, id: logicalId, properties });
    const failure = this.failures.indexOf(`${verb} ${logicalId}`);
    if (failure < 0) return;
    this.failures.splice(failure, 1);
    throw new AwsError('InvalidThing', `${verb} of ${logicalId} is out of order`);
  }
}

/** The parameter store that templates read. */
class Parameters extends Service {
  public readonly signingName = 'ssm';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly values = new Map<string, string>();

  public value(name: string): string | undefined {
    return this.values.get(name);
  }
}

class Objects extends Service {
  public readonly signingName = 's3';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly objects = new Map<string, Buffer>();

  public object(bucket: string, key: string): Buffer | undefined {
    return this.objects.get(`${bucket}/${key}`);
  }
}

class Images extends Service {
  public readonly signingName = 'ec2';
  public readonly operations: Readonly<Record<string, Operation>> = {};

  public image(id: string): unknown {
    return id === 'ami-11111111' ? {} : undefined;
  }
}

export type Handler = (event: Record<string, any>) => unknown;

/** Lambda, as CloudFormation sees it: functions by ARN. */
class Functions extends Service {
  public readonly signingName = 'lambda';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly handlers = new Map<string, Handler>();
  public readonly events: Array<Record<string, any>> = [];

  public async invoke(arn: string, event: Record<string, any>): Promise<{ payload?: unknown; functionError?: string }> {
    this.events.push(structuredClone(event));
    const handler = this.handlers.get(arn);
    if (!handler) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    try {
      return { payload: await handler(event) };
    } catch {
      return { functionError: 'Unhandled' };
    }
  }
}

export type TemplateObject = Record<string, unknown>;
type Input = Record<string, unknown>;

/** A world with CloudFormation and services that record. */
export class Fixture {
  public readonly world = new World();
  public readonly cloudFormation = this.world.get(CloudFormationService);
  public readonly things = this.world.get(Things);
  public readonly parameters = this.world.get(Parameters);
  public readonly objects = this.world.get(Objects);
  public readonly functions = this.world.get(Functions);

  public constructor() {
    this.cloudFormation.register([this.cloudFormation, this.things, this.parameters, this.objects, this.functions, this.world.get(Images)]);
  }

  public async call(operation: string, input: Input = {}): Promise<any> {
    return this.world.call(this.cloudFormation, operation, input);
  }

  /** Creates or updates a stack by a change set, as the cdk CLI does, and gives its status in the end. */
  public async deploy(template: TemplateObject | string, input: Input = {}, execute: Input = {}): Promise<string> {
    const { StackName = 'stack', ...rest } = input;
    const ChangeSetType = this.cloudFormation.stackState(String(StackName)) ? 'UPDATE' : 'CREATE';
    const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);
    const { Id, StackId } = await this.call('CreateChangeSet', { StackName, ChangeSetName: 'deploy', ChangeSetType, TemplateBody, ...rest });
    const { Status, StatusReason } = await this.call('DescribeChangeSet', { StackName: StackId, ChangeSetName: Id });
    if (Status === 'FAILED') {
      await this.call('DeleteChangeSet', { StackName: StackId, ChangeSetName: Id });
      return StatusReason;
    }
    await this.call('ExecuteChangeSet', { StackName: StackId, ChangeSetName: Id, ...execute });
    return this.finish(StackId);
  }

  public async destroy(StackName = 'stack', input: Input = {}): Promise<string> {
    const { id } = this.cloudFormation.stackState(StackName)!;
    await this.call('DeleteStack', { StackName, ...input });
    return this.finish(id);
  }

  public async finish(stack: string): Promise<string> {
    await this.cloudFormation.drive();
    return this.cloudFormation.stackState(stack)!.status;
  }

  public events(stack = 'stack'): StackEvent[] {
    return this.cloudFormation.stackState(stack)!.events;
  }

  /** The events as one line each: `logicalId STATUS`. */
  public story(stack = 'stack'): string[] {
    return this.events(stack).map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`);
  }

  public verbs(): string[] {
    return this.things.calls.map(({ verb, id }) => `${verb} ${id}`);
  }

  public physicalId(logicalId: string, stack = 'stack'): string {
    return this.cloudFormation.stackState(stack)!.resources.get(logicalId)!.physicalId!;
  }

  public forgetCalls(): void {
    this.things.calls.length = 0;
  }
}

/** A template of things. */
export function things(resources: Record<string, Record<string, unknown>>, rest: TemplateObject = {}): TemplateObject {
  const entries = Object.entries(resources).map(([id, { Properties, ...attributes }]) => [id, { Type: 'Test::Thing', Properties: Properties ?? {}, ...attributes }]);
  return { Resources: Object.fromEntries(entries), ...rest };
}
