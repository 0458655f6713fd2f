import { AwsError, type Scheduled, type World } from '../kernel';
import { redrivePolicy, type QueueAttributes } from './attributes';
import type { Message, MessageAttribute } from './message';

/** What a queue tells the service: its messages changed, or one is to move to a dead-letter queue. */
export interface QueueHost {
  changed(queue: Queue): void;
  deadLetter(queueArn: string, message: Message): boolean;
}

/** A standard queue. Delays, visibility and retention are entries of the timeline; nothing polls. */
export class Queue {
  public readonly createdAt: number;
  private readonly messages = new Set<Message>();
  private expiry: Scheduled | undefined;

  public constructor(
    private readonly world: World,
    private readonly host: QueueHost,
    public readonly name: string,
    public readonly attributes: QueueAttributes,
    public readonly tags: Record<string, string>,
  ) {
    this.createdAt = world.now;
  }

  public get arn(): string {
    return this.world.arn('sqs', this.name);
  }

  public count(state: Message['state']): number {
    return [...this.messages].filter((message) => message.state === state).length;
  }

  public send(body: string, attributes: Readonly<Record<string, MessageAttribute>>, delaySeconds?: number): Message {
    const message: Message = { id: this.world.random.uuid(), body, attributes, sentAt: this.world.now, receiveCount: 0, state: 'visible' };
    this.accept(message, delaySeconds ?? Number(this.attributes.DelaySeconds));
    return message;
  }

  /** Takes a message over, new or from a queue whose dead-letter queue this is. The age counts from when it was first sent. */
  public accept(message: Message, delaySeconds = 0): void {
    this.messages.add(message);
    message.state = 'visible';
    if (delaySeconds > 0) this.hide(message, 'delayed', delaySeconds);
    this.watchRetention();
    this.host.changed(this);
  }

  /** Up to `limit` visible messages; they are hidden until they are deleted or the visibility timeout has passed. */
  public receive(limit: number, visibilityTimeout = Number(this.attributes.VisibilityTimeout)): Message[] {
    const received: Message[] = [];
    for (const message of [...this.messages]) {
      if (received.length >= limit) break;
      if (message.state !== 'visible' || this.redriven(message)) continue;
      message.receiveCount += 1;
      message.firstReceivedAt ??= this.world.now;
      message.receiptHandle = Buffer.from(`${this.name}/${message.id}/${message.receiveCount}/${this.world.random.hex(16)}`).toString('base64');
      this.hide(message, 'in-flight', visibilityTimeout);
      received.push(message);
    }
    if (received.length > 0) this.host.changed(this);
    return received;
  }

  public delete(receiptHandle: string): void {
    const message = this.byHandle(receiptHandle);
    if (message) this.remove(message);
  }

  public changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.byHandle(receiptHandle);
    if (!message || message.state !== 'in-flight') {
      throw new AwsError('MessageNotInflight', `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`);
    }
    this.hide(message, 'in-flight', seconds);
    this.host.changed(this);
  }

  public purge(): void {
    [...this.messages].forEach((message) => this.remove(message));
  }

  /** When the queue is deleted. */
  public close(): void {
    this.purge();
    this.expiry?.cancel();
  }

  private byHandle(receiptHandle: string): Message | undefined {
    const [name, id] = Buffer.from(receiptHandle, 'base64').toString().split('/');
    if (name !== this.name || !id) throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`);
    return [...this.messages].find((message) => message.id === id && message.receiptHandle === receiptHandle);
  }

  /** A message that was received too often leaves for the dead-letter queue instead of being received once more. */
  private redriven(message: Message): boolean {
    const policy = redrivePolicy(this.attributes.RedrivePolicy);
    if (!policy || message.receiveCount < policy.maxReceiveCount) return false;
    if (!this.host.deadLetter(policy.deadLetterTargetArn, message)) return false;
    this.messages.delete(message);
    this.host.changed(this);
    return true;
  }

  private hide(message: Message, state: 'delayed' | 'in-flight', seconds: number): void {
    message.timer?.cancel();
    message.state = seconds > 0 ? state : 'visible';
    if (seconds === 0) return;
    message.timer = this.world.timeline.schedule(seconds * 1000, `${this.name}: message visible`, () => {
      message.timer = undefined;
      message.state = 'visible';
      this.host.changed(this);
    });
  }

  private remove(message: Message): void {
    message.timer?.cancel();
    this.messages.delete(message);
    this.host.changed(this);
  }

  /** One entry a queue, for its oldest message. */
  private watchRetention(): void {
    if (this.expiry || this.messages.size === 0) return;
    const retention = Number(this.attributes.MessageRetentionPeriod) * 1000;
    const oldest = Math.min(...[...this.messages].map((message) => message.sentAt));
    this.expiry = this.world.timeline.schedule(oldest + retention - this.world.now, `${this.name}: retention`, () => {
      this.expiry = undefined;
      [...this.messages].filter((message) => message.sentAt + retention <= this.world.now).forEach((message) => this.remove(message));
      this.watchRetention();
    }, { background: true });
  }
}
