import { AwsError, NotModelled, type Scheduled, type World } from '../kernel';
import { assertRoleMayUse } from '../kms/encrypted';
import { SqsService } from '../sqs';
import type { Configuration } from './function';
import { invalid } from './function';
import type { LambdaService } from './lambda';
import { md5, md5OfAttributes, type Message } from '../sqs/message';
import { systemAttributes } from '../sqs/message-operations';
import type { Queue } from '../sqs/queue';

export const mappingMembers = [
  'BatchSize', 'Enabled', 'EventSourceArn', 'FunctionName', 'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds', 'ScalingConfig', 'Tags',
];

/**
 * A queue as the event source of a function. An invocation takes no virtual time, so batches follow one another and no limit of
 * concurrency is ever reached.
 */
export class EventSourceMapping {
  public enabled: boolean;
  private poll: Scheduled | undefined;
  private polling = false;

  public constructor(
    private readonly world: World,
    private readonly lambda: LambdaService,
    public readonly id: string,
    public configuration: Configuration,
  ) {
    check(configuration);
    this.enabled = configuration.Enabled !== false && configuration.Enabled !== 'false';
    const timeout = Number(lambda.required(configuration.FunctionName).latest.configuration.Timeout ?? 3);
    const visibility = Number(world.get(SqsService).byArn(this.queueArn).attributes.VisibilityTimeout);
    if (visibility < timeout) throw invalid(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`);
    this.messagesVisible();
  }

  public get queueArn(): string {
    return this.configuration.EventSourceArn;
  }

  /** Plans a poll: at once when a batch is full, else when the batching window has passed. */
  public messagesVisible(): void {
    if (!this.enabled || this.polling) return;
    const full = this.visible() >= this.batchSize;
    if (this.poll && !full) return;
    this.poll?.cancel();
    const window = Number(this.configuration.MaximumBatchingWindowInSeconds ?? 0) * 1000;
    this.poll = this.world.timeline.schedule(full ? 0 : window, `event source of ${this.configuration.FunctionName}`, () => this.receive());
  }

  public stop(): void {
    this.enabled = false;
    this.poll?.cancel();
    this.poll = undefined;
  }

  private get batchSize(): number {
    return Number(this.configuration.BatchSize ?? 10);
  }

  /** Undefined once it was deleted. */
  private get queue(): Queue | undefined {
    return this.world.get(SqsService).find(this.queueArn);
  }

  private visible(): number {
    return this.queue?.count('visible') ?? 0;
  }

  private async receive(): Promise<void> {
    this.poll = undefined;
    if (!this.mayDecrypt()) return;
    this.polling = true;
    try {
      const messages = this.queue?.receive(this.batchSize) ?? [];
      if (messages.length > 0) await this.process(messages);
    } finally {
      this.polling = false;
    }
    if (this.visible() > 0) this.messagesVisible();
  }

  /** The queue is polled in the role of the function ("Configuring an Amazon SQS queue to use with Lambda", "Lambda execution role permissions"). */
  private mayDecrypt(): boolean {
    const key = this.queue?.attributes.KmsMasterKeyId;
    if (!key) return true;
    try {
      const { Role: role } = this.lambda.required(this.configuration.FunctionName).latest.configuration;
      assertRoleMayUse(this.world, key, ['kms:Decrypt'], 'KmsAccessDenied', role);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.world.log('lambda', `${this.configuration.FunctionName} cannot poll ${this.queueArn}: ${error.message}`);
      return false;
    }
  }

  /** What the function handled is deleted; the rest comes back after its visibility timeout. */
  private async process(messages: Message[]): Promise<void> {
    const handles = new Map(messages.map((message) => [message.id, message.receiptHandle!]));
    const event = { Records: messages.map((message) => this.record(message)) };
    const result = await this.lambda.invoke(this.configuration.FunctionName, event).catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error;
      return { payload: undefined, functionError: 'Unhandled' as const };
    });
    if (result.functionError) return;
    const failed = this.configuration.FunctionResponseTypes?.includes('ReportBatchItemFailures') ? failures(result.payload, [...handles.keys()]) : [];
    for (const [id, handle] of handles) if (!failed.includes(id)) this.queue?.delete(handle);
  }

  private record(message: Message): Record<string, unknown> {
    const attributes = Object.entries(message.attributes).map(([name, each]) => [name, {
      ...(each.StringValue === undefined ? {} : { stringValue: each.StringValue }),
      ...(each.BinaryValue === undefined ? {} : { binaryValue: Buffer.from(each.BinaryValue).toString('base64') }),
      stringListValues: [],
      binaryListValues: [],
      dataType: each.DataType,
    }]);
    return {
      messageId: message.id,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: systemAttributes(this.world, message),
      messageAttributes: Object.fromEntries(attributes),
      ...(attributes.length > 0 ? { md5OfMessageAttributes: md5OfAttributes(message.attributes) } : {}),
      md5OfBody: md5(message.body),
      eventSource: 'aws:sqs',
      eventSourceARN: this.queueArn,
      awsRegion: this.world.region,
    };
  }
}

/**
 * The messages that failed ("Implementing partial batch responses"): none for an empty or missing list; all when the answer
 * is malformed or names a message that was not in the batch.
 */
function failures(payload: unknown, all: string[]): string[] {
  if (payload === null || payload === undefined) return [];
  const list = (payload as { batchItemFailures?: unknown }).batchItemFailures;
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) return all;
  const ids = list.map((each) => each?.itemIdentifier);
  return ids.every((id) => all.includes(id)) ? ids : all;
}

function check(configuration: Configuration): void {
  for (const member of Object.keys(configuration)) if (!mappingMembers.includes(member)) throw new NotModelled(`lambda:CreateEventSourceMapping ${member}`);
  if (!/^arn:[^:]+:sqs:/.test(configuration.EventSourceArn ?? '')) throw new NotModelled(`${configuration.EventSourceArn} as an event source`);
  const size = Number(configuration.BatchSize ?? 10);
  const window = Number(configuration.MaximumBatchingWindowInSeconds ?? 0);
  if (size < 1 || size > 10000) throw invalid('BatchSize must be between 1 and 10000');
  if (window < 0 || window > 300) throw invalid('MaximumBatchingWindowInSeconds must be between 0 and 300');
  if (size > 10 && window < 1) throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  const concurrency = configuration.ScalingConfig?.MaximumConcurrency;
  if (concurrency !== undefined && (Number(concurrency) < 2 || Number(concurrency) > 1000)) throw invalid('MaximumConcurrency must be between 2 and 1000');
}
