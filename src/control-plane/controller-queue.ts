import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CONTROLLER_TIMEOUT } from './handler';
import { explain } from '../private/findings';

/**
 * How long after it was received a message comes again that was not handled. AWS recommends six times the timeout of the function, so
 * that messages outlast a time in which the function is throttled; but for as long nobody would look at a canary when a function was
 * killed. So it is little more than the timeout (AWS refuses less), and there are more attempts instead.
 */
export const REDELIVERY = CONTROLLER_TIMEOUT.plus(Duration.seconds(30));
/** After so many failed looks, or so long a throttling (half an hour), a message is put aside; the sweep looks at its key again anyway. */
const ATTEMPTS = 20;

/**
 * Every event and every "look again" goes through a standard queue: a FIFO queue refuses a delay per message. The looks of a sweep have one of
 * their own, so that the next look at a canary never waits behind two hundred of them.
 */
export class ControllerQueue extends Construct {
  public readonly queue: Queue;
  public readonly sweeps: Queue;
  public readonly deadLetters: Queue;

  public constructor(scope: Construct, id: string, encryptionKey?: IKey) {
    super(scope, id);
    const encryption = encryptionKey ? QueueEncryption.KMS : QueueEncryption.SQS_MANAGED;
    const common = { encryption, encryptionMasterKey: encryptionKey, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    explain(this.deadLetters, 'SQSRedrivePolicy');
    const props = { ...common, visibilityTimeout: REDELIVERY, deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: ATTEMPTS } };
    this.queue = new Queue(this, 'Resource', props);
    this.sweeps = new Queue(this, 'Sweeps', props);
  }
}
