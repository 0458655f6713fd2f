import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CONTROLLER_TIMEOUT } from './handler';

/** After so many failed looks a message is put aside; the sweep looks at its key again anyway. */
const ATTEMPTS = 5;

/** Every event and every "look again" goes through one standard queue: a FIFO queue refuses a delay per message. */
export class ControllerQueue extends Construct {
  public readonly queue: Queue;
  public readonly deadLetters: Queue;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Resource', {
      ...common,
      // AWS recommends six times the timeout of the function that consumes the queue.
      visibilityTimeout: Duration.seconds(6 * CONTROLLER_TIMEOUT.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: ATTEMPTS },
    });
  }
}
