import { CloudWatchService } from './cloudwatch';
import { AwsError, page, refuseUnknown, Service, type Operation, type ResourceType, type World } from './kernel';
import { checkedAttributes, defaultAttributes, redrivePolicy, type QueueAttributes } from './sqs/attributes';
import type { Message } from './sqs/message';
import { messageOperations } from './sqs/message-operations';
import { Queue, type QueueHost } from './sqs/queue';
import { sqsResourceTypes } from './sqs/resource-types';

/**
 * Amazon SQS: standard queues with delay, visibility timeout, retention and dead-letter queues.
 * Recorded, not enforced: queue policies. Under a customer key, whoever sends and receives must be allowed to use it. Long polling answers at once with what is there.
 */
export class SqsService extends Service implements QueueHost {
  public override readonly signingName = 'sqs';
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  public override readonly operations: Readonly<Record<string, Operation>>;
  private readonly queues = new Map<string, Queue>();
  private readonly listeners: Array<(queueArn: string) => void> = [];

  public constructor(world: World) {
    super(world);
    this.resourceTypes = sqsResourceTypes(this);
    this.operations = { ...messageOperations(world, (input) => this.required(input.QueueUrl)), ...this.queueOperations() };
  }

  /** Sends as another service does. Throws when the queue does not exist. */
  public send(queueArn: string, body: string, options: { delaySeconds?: number } = {}): void {
    this.byArn(queueArn).send(body, {}, options.delaySeconds);
  }

  /** The queue of an ARN. Throws `QueueDoesNotExist`. */
  public byArn(arn: string): Queue {
    return this.required(arn.split(':').pop());
  }

  /** The queue of an ARN, if there is one. */
  public find(arn: string): Queue | undefined {
    return this.queues.get(arn.split(':').pop()!);
  }

  /** Calls back whenever a queue has visible messages after a change. */
  public onVisible(listener: (queueArn: string) => void): void {
    this.listeners.push(listener);
  }

  public createQueue(name: string, attributes: Record<string, unknown>, tags: Record<string, string>): Queue {
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw new AwsError('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    }
    const checked = this.checked(attributes);
    const existing = this.queues.get(name);
    if (existing) {
      if (Object.entries(checked).every(([key, value]) => existing.attributes[key] === value)) return existing;
      throw new AwsError('QueueNameExists', 'A queue already exists with the same name and a different value for some attribute.');
    }
    const queue = new Queue(this.world, this, name, { ...defaultAttributes(), ...checked }, tags);
    this.queues.set(name, queue);
    this.changed(queue);
    return queue;
  }

  public deleteQueue(urlOrArn: string): void {
    const queue = this.required(urlOrArn.split(/[/:]/).pop());
    queue.close();
    this.queues.delete(queue.name);
  }

  public url(queue: Queue): string {
    return `${this.world.endpoint ?? `https://sqs.${this.world.region}.amazonaws.com`}/${this.world.account}/${queue.name}`;
  }

  public changed(queue: Queue): void {
    const cloudWatch = this.world.get(CloudWatchService);
    const dimensions = [{ Name: 'QueueName', Value: queue.name }];
    cloudWatch.setGauge('AWS/SQS', 'ApproximateNumberOfMessagesVisible', dimensions, queue.count('visible'));
    cloudWatch.setGauge('AWS/SQS', 'ApproximateNumberOfMessagesNotVisible', dimensions, queue.count('in-flight'));
    if (queue.count('visible') > 0) this.listeners.forEach((listener) => listener(queue.arn));
  }

  public deadLetter(queueArn: string, message: Message): boolean {
    const target = this.queues.get(queueArn.split(':').pop()!);
    if (!target) return false;
    this.world.log('sqs', `message ${message.id} went to the dead-letter queue ${target.name}`);
    message.receiveCount = 0;
    target.accept(message);
    return true;
  }

  /** Sends unless the queue is gone, which the journal then says: for what nobody waits for. */
  public sendIfThere(queueArn: string, body: string): void {
    try {
      this.send(queueArn, body);
    } catch (error) {
      this.world.log('sqs', `lost: ${(error as Error).message} (${queueArn})`);
    }
  }

  /** By name, URL or the last part of an ARN; any host is accepted. Error names are those of the JSON protocol (assumption: sqs-json-error-names). */
  public required(nameOrUrl: string | undefined): Queue {
    const queue = this.queues.get(nameOrUrl?.split('/').pop() ?? '');
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  private checked(attributes: Readonly<Record<string, unknown>>): QueueAttributes {
    const checked = checkedAttributes(attributes);
    const target = redrivePolicy(checked.RedrivePolicy)?.deadLetterTargetArn;
    if (target === undefined || this.find(target)) return checked;
    throw new AwsError('InvalidParameterValue', `Value ${checked.RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`);
  }

  private queueOperations(): Record<string, Operation> {
    return {
      CreateQueue: (input) => {
        refuseUnknown('sqs:CreateQueue', input, ['QueueName', 'Attributes', 'tags']);
        return { QueueUrl: this.url(this.createQueue(input.QueueName, input.Attributes ?? {}, input.tags ?? {})) };
      },
      DeleteQueue: (input) => this.deleteQueue(input.QueueUrl),
      GetQueueUrl: (input) => ({ QueueUrl: this.url(this.required(input.QueueName)) }),
      ListQueues: (input) => {
        refuseUnknown('sqs:ListQueues', input, ['QueueNamePrefix', 'MaxResults', 'NextToken']);
        const found = [...this.queues.values()].filter((queue) => queue.name.startsWith(input.QueueNamePrefix ?? ''));
        const { items, NextToken } = page(found, input.MaxResults ?? 1000, input.NextToken);
        return { QueueUrls: items.map((queue) => this.url(queue)), NextToken };
      },
      PurgeQueue: (input) => this.required(input.QueueUrl).purge(),
      SetQueueAttributes: (input) => void Object.assign(this.required(input.QueueUrl).attributes, this.checked(input.Attributes)),
      GetQueueAttributes: (input) => this.attributes(this.required(input.QueueUrl), input.AttributeNames ?? []),
      ListQueueTags: (input) => ({ Tags: this.required(input.QueueUrl).tags }),
      TagQueue: (input) => void Object.assign(this.required(input.QueueUrl).tags, input.Tags),
    };
  }

  private attributes(queue: Queue, names: string[]): { Attributes: Record<string, string> } {
    const seconds = String(Math.floor(queue.createdAt / 1000));
    const all: Record<string, string> = {
      ...queue.attributes,
      QueueArn: queue.arn,
      CreatedTimestamp: seconds,
      LastModifiedTimestamp: seconds,
      ApproximateNumberOfMessages: String(queue.count('visible')),
      ApproximateNumberOfMessagesDelayed: String(queue.count('delayed')),
      ApproximateNumberOfMessagesNotVisible: String(queue.count('in-flight')),
    };
    const wanted = names.includes('All') ? Object.keys(all) : names;
    return { Attributes: Object.fromEntries(wanted.filter((name) => all[name] !== undefined).map((name) => [name, all[name]!])) };
  }
}
