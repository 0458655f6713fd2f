import { randomBytes } from 'node:crypto';
import type { Collaborators } from './collaborators';
import { CreationFailed, EngineError, NotSent } from './failure';
import type { HandlerContext, Made, ResourceHandler } from './resource-types';
import { AwsError, NotModelled, type Properties, type World } from '../../kernel';
import { isObject } from '../template/values';

/** The answer of a custom resource, as it puts it to the response URL. */
interface Answer {
  readonly Status?: string;
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: Record<string, unknown>;
}

/** What is asked of a custom resource; CloudFormation adds what identifies the request. */
interface Question {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly OldResourceProperties?: unknown;
}

const DEFAULT_TIMEOUT_SECONDS = 3600;
const MAXIMUM_ANSWER = 4096;
/** Lambda retries an asynchronous invocation whose function failed after one and after two more minutes (Lambda developer guide; assumption: custom-async-retries). */
const RETRY_DELAYS = [60_000, 120_000];

/** Custom resources: a Lambda function is asked, and answers at a response URL in its own time. */
export class CustomResources implements ResourceHandler {
  private readonly waiting = new Map<string, (answer: Answer) => void>();

  public constructor(private readonly world: World, private readonly collaborators: Collaborators) {}

  /** Takes an answer that was put to a response URL. One that nobody waits for (any more) is dropped, as S3 would. */
  public respond(token: string, body: string): void {
    const receive = this.waiting.get(token);
    if (!receive) return;
    this.waiting.delete(token);
    receive(Buffer.byteLength(body) > MAXIMUM_ANSWER ? { Status: 'TOO_LONG' } : parse(body));
  }

  public change(): 'update' {
    return 'update';
  }

  public async create(context: HandlerContext, properties: Properties): Promise<Made> {
    const answer = await this.ask(context, properties, { RequestType: 'Create' });
    const physicalId = answer.PhysicalResourceId;
    // A failed creation may have made something: it is deleted like any other resource.
    if (answer.failure) throw new CreationFailed(answer.failure, physicalId ?? context.generateName());
    if (!physicalId) throw new EngineError('Invalid PhysicalResourceId');
    return made(physicalId, answer);
  }

  public async update(context: HandlerContext, current: Made, properties: Properties, previous: Properties): Promise<Made> {
    if (properties.ServiceToken !== previous.ServiceToken) throw new NotSent('Modifying service token is not allowed.');
    const answer = await this.ask(context, properties, {
      RequestType: 'Update', PhysicalResourceId: current.physicalId, OldResourceProperties: asText(previous),
    });
    if (answer.failure) throw new EngineError(answer.failure);
    return made(answer.PhysicalResourceId ?? current.physicalId, answer);
  }

  public async delete(context: HandlerContext, physicalId: string, properties: Properties): Promise<void> {
    const answer = await this.ask(context, properties, { RequestType: 'Delete', PhysicalResourceId: physicalId });
    if (answer.failure) throw new EngineError(answer.failure);
  }

  public attribute({ data }: Made, name: string): unknown {
    if (!data || !(name in data)) {
      throw new EngineError(`CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object`);
    }
    return data[name];
  }

  public ref(physicalId: string): string {
    return physicalId;
  }

  private async ask(context: HandlerContext, properties: Properties, question: Question): Promise<Answer & { failure?: string }> {
    // Whoever has it may answer, unsigned: the world's numbers can be guessed, of these nobody can.
    const token = `${this.world.random.uuid()}-${randomBytes(16).toString('hex')}`;
    const RequestId = this.world.random.uuid();
    const event = {
      ...question,
      ResponseURL: `${this.world.endpoint ?? 'http://127.0.0.1'}/_cloudformation/responses/${token}`,
      StackId: context.stackId,
      RequestId,
      LogicalResourceId: context.logicalId,
      ResourceType: context.resourceType,
      ResourceProperties: asText(properties),
    };
    const answer = await this.answerTo(token, String(properties.ServiceToken), event, timeoutOf(properties));
    if (answer === undefined) return { failure: `CloudFormation did not receive a response from your Custom Resource. ${seeLogs(RequestId)}` };
    if (answer.Status === 'SUCCESS') return answer;
    if (answer.Status === 'TOO_LONG') return { failure: 'Response object is too long.' };
    if (answer.Status !== 'FAILED') return { failure: 'Invalid Status' };
    return { ...answer, failure: `Received response status [FAILED] from custom resource. Message returned: ${answer.Reason ?? ''} (RequestId: ${RequestId})` };
  }

  /** Invokes the function and waits for its answer; undefined when none came in time. */
  private async answerTo(token: string, serviceToken: string, event: unknown, timeout: number): Promise<Answer | undefined> {
    let give!: (answer: Answer | undefined) => void;
    const answer = new Promise<Answer | undefined>((resolve) => { give = resolve; });
    this.waiting.set(token, give);
    const timer = this.world.timeline.schedule(timeout, 'custom resource timeout', () => give(undefined));
    this.world.timeline.spawn('custom resource', () => this.invoke(token, serviceToken, event, give));
    try {
      return await this.world.timeline.blocked(answer);
    } finally {
      timer.cancel();
      this.waiting.delete(token);
    }
  }

  private async invoke(token: string, serviceToken: string, event: unknown, give: (answer: Answer) => void): Promise<void> {
    if (!/^arn:[^:]+:lambda:/.test(serviceToken)) throw new NotModelled(`custom resources behind ${serviceToken}`);
    for (const delay of [...RETRY_DELAYS, undefined]) {
      const failed = await this.attempt(serviceToken, event, give);
      if (!failed || delay === undefined || !this.waiting.has(token)) return;
      await this.world.timeline.sleep(delay, 'retry of a custom resource');
      if (!this.waiting.has(token)) return;
    }
  }

  /** Whether the function failed, so that Lambda tries again. A function that cannot be invoked at all fails the resource. */
  private async attempt(serviceToken: string, event: unknown, give: (answer: Answer) => void): Promise<boolean> {
    try {
      return (await this.collaborators.functions.invoke(serviceToken, event)).functionError !== undefined;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      give({ Status: 'FAILED', Reason: error.message });
      return false;
    }
  }
}

const seeLogs = (requestId: string): string => `Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, `
  + 'you may need to update your Lambda function code so that CloudFormation can attach the updated version.';

function made(physicalId: string, answer: Answer): Made {
  return { physicalId, ...(isObject(answer.Data) ? { data: answer.Data } : {}) };
}

function parse(body: string): Answer {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}

function timeoutOf(properties: Properties): number {
  const seconds = Number(properties.ServiceTimeout ?? DEFAULT_TIMEOUT_SECONDS);
  if (!(seconds >= 1 && seconds <= DEFAULT_TIMEOUT_SECONDS)) throw new EngineError('ServiceTimeout must be between 1 and 3600 seconds');
  return seconds * 1000;
}

/** Every scalar reaches a custom resource as a string. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asText(each)]));
  return value === null ? null : String(value);
}
