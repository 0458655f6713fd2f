import { AwsError, Service, type Operation, type ResourceType, type World } from '../kernel';
import { SqsService } from '../sqs';
import { invokeLater } from './asynchronous';
import { CodeStore } from './code';
import { EventSourceMapping } from './event-source';
import { notFound, parseFunctionName, type Configuration, type LambdaFunction, type Version } from './function';
import { createFunction, publish, updateFunction } from './function-changes';
import { answerUrl, FUNCTION_URL_PATH, type UrlRequest, type UrlResponse } from './function-url';
import { Invoker, type FunctionLog, type Invocation } from './invoker';
import { lambdaOperations } from './operations';
import { lambdaResourceTypes } from './resource-types';

/**
 * AWS Lambda: functions run for real, in threads, on virtual time; versions, aliases, event sources, asynchronous events.
 * Virtual time stands still while a handler works, and passes while it waits for a timer, unless whoever invoked it is outside of virtual
 * time. Recorded, not enforced: roles, permissions, memory, VPC.
 */
export class LambdaService extends Service {
  public override readonly signingName = 'lambda';
  public override readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  public readonly functions = new Map<string, LambdaFunction>();
  public readonly mappings = new Map<string, EventSourceMapping>();
  public readonly code = new CodeStore();
  private readonly invoker: Invoker;

  public constructor(world: World) {
    super(world);
    this.invoker = new Invoker(world);
    this.operations = lambdaOperations(this);
    this.resourceTypes = lambdaResourceTypes(this);
    world.get(SqsService).onVisible((arn) => {
      for (const mapping of this.mappings.values()) if (mapping.queueArn === arn) mapping.messagesVisible();
    });
  }

  public get region(): string {
    return this.world.region;
  }

  /** Runs a function and waits for it. Throws when there is no such function or it is throttled. */
  public async invoke(functionNameOrArn: string, payload: unknown, qualifier?: string): Promise<Invocation> {
    const version = this.version(functionNameOrArn, qualifier);
    if (this.required(functionNameOrArn).reservedConcurrency === 0) {
      this.invoker.count(version, 'Throttles', 1);
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
    }
    const { arn } = this.required(functionNameOrArn);
    const given = qualifier ?? parseFunctionName(functionNameOrArn).qualifier;
    return this.invoker.invoke(version, payload, given === undefined ? arn : `${arn}:${given}`);
  }

  /** Queues an event (JSON text) for a function. */
  public invokeAsync(functionNameOrArn: string, input: string): void {
    invokeLater(this.world, this, functionNameOrArn, JSON.parse(input));
  }

  /** Kills the handlers that are running now, as a crash of their environment would. */
  public async killRunning(): Promise<void> {
    await this.invoker.killRunning();
  }

  /** What a function printed. */
  public logs(functionName: string): readonly FunctionLog[] {
    return this.invoker.logs.get(functionName) ?? [];
  }

  /** Ends all threads and removes the temporary files. */
  public async close(): Promise<void> {
    await this.invoker.close();
    this.code.close();
  }

  public arnOf(name: string): string {
    return this.world.arn('lambda', `function:${name}`);
  }

  public required(functionNameOrArn: string): LambdaFunction {
    const { name } = parseFunctionName(functionNameOrArn);
    const found = this.functions.get(name);
    if (!found) throw notFound(this, name);
    return found;
  }

  /** The version that a name or ARN means: by its qualifier, which may be an alias, else `$LATEST`. */
  public version(functionNameOrArn: string, givenQualifier?: string): Version {
    const found = this.required(functionNameOrArn);
    const qualifier = givenQualifier ?? parseFunctionName(functionNameOrArn).qualifier ?? '$LATEST';
    const number = found.aliases.get(qualifier)?.version ?? qualifier;
    const version = number === '$LATEST' ? found.latest : found.published.get(number);
    if (!version) throw notFound(this, `${found.name}:${qualifier}`);
    return version;
  }

  public create(input: Configuration): LambdaFunction {
    return createFunction(this.world, this, input);
  }

  public async update(name: string, input: Configuration): Promise<LambdaFunction> {
    const found = this.required(name);
    const before = found.latest;
    updateFunction(this.world, this, found, input);
    await this.invoker.discard(before);
    return found;
  }

  public publish(name: string, description?: string): Version {
    return publish(this.required(name), description);
  }

  public async delete(name: string): Promise<void> {
    const found = this.required(name);
    this.functions.delete(found.name);
    await Promise.all([found.latest, ...found.published.values()].map((version) => this.invoker.discard(version)));
  }

  /** A function has one URL, and so has each of its aliases; versions have none (CreateFunctionUrlConfig, `Qualifier`). */
  public createUrl(functionArn: string, qualifier: string, authType: string, invokeMode = 'BUFFERED'): void {
    const found = this.required(functionArn);
    if (qualifier !== '$LATEST' && !found.aliases.has(qualifier)) throw notFound(this, `${found.name}:${qualifier}`);
    if (found.urls.has(qualifier)) throw new AwsError('ResourceConflictException', 'FunctionUrlConfig exists for this Lambda function', 409, { Type: 'User' });
    found.urls.set(qualifier, { id: this.world.random.hex(32), authType, invokeMode });
  }

  /** Answers a request to the function URL with this id. */
  public async request(id: string, request: UrlRequest): Promise<UrlResponse> {
    return answerUrl(this.world, this, id, request);
  }

  /** Where the function URL is found: at the server of this world once there is one, else where AWS would have it. */
  public urlOf(id: string): string {
    const { endpoint, region } = this.world;
    return endpoint === undefined ? `https://${id}.lambda-url.${region}.on.aws/` : `${endpoint}${FUNCTION_URL_PATH}/${id}/`;
  }

  public createMapping(configuration: Configuration): EventSourceMapping {
    const target = this.required(configuration.FunctionName);
    for (const { queueArn, configuration: other } of this.mappings.values()) {
      if (queueArn !== configuration.EventSourceArn || this.required(other.FunctionName) !== target) continue;
      throw new AwsError('ResourceConflictException', `An event source mapping with SQS arn (" ${queueArn} ") and function already exists.`, 409);
    }
    const mapping = new EventSourceMapping(this.world, this, this.world.random.uuid(), configuration);
    this.mappings.set(mapping.id, mapping);
    return mapping;
  }

  public updateMapping(id: string, configuration: Configuration): EventSourceMapping {
    const before = this.mappings.get(id)!;
    before.stop();
    const mapping = new EventSourceMapping(this.world, this, id, { ...before.configuration, ...configuration });
    this.mappings.set(id, mapping);
    return mapping;
  }

  public deleteMapping(id: string): void {
    this.mappings.get(id)?.stop();
    this.mappings.delete(id);
  }
}
