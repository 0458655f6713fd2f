import { AwsError, NotModelled } from '../kernel';

/** Attributes of a queue that can be set, with their defaults, as SetQueueAttributes knows them: all are strings. */
const defaults = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
} as const;

const ranges: Record<keyof typeof defaults, readonly [number, number]> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1048576],
  MessageRetentionPeriod: [60, 1209600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43200],
};

/** Kept and given back: access is not enforced and nothing is encrypted; the key decides who may send (`kms/encrypted`). */
const recorded = ['Policy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'RedriveAllowPolicy'];

export type QueueAttributes = Record<string, string>;

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export const defaultAttributes = (): QueueAttributes => ({ ...defaults, SqsManagedSseEnabled: 'true' });

/** Checks attributes as SQS does and gives them as strings. */
export function checkedAttributes(attributes: Readonly<Record<string, unknown>>): QueueAttributes {
  const checked: QueueAttributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    if (name === 'FifoQueue' || name === 'ContentBasedDeduplication') throw new NotModelled('FIFO queues of SQS');
    if (name in ranges) checkRange(name as keyof typeof ranges, text);
    else if (name === 'RedrivePolicy') redrivePolicy(text);
    else if (!recorded.includes(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    checked[name] = text;
  }
  return checked;
}

/** The redrive policy in an attribute; undefined when there is none. */
export function redrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (!text) return undefined;
  const invalid = (reason: string): AwsError =>
    new AwsError('InvalidParameterValue', `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  let policy: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown };
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalid('Redrive policy is not a valid JSON map.');
  }
  const maxReceiveCount = Number(policy.maxReceiveCount);
  if (typeof policy.deadLetterTargetArn !== 'string') throw invalid('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (policy.maxReceiveCount === undefined) throw invalid('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) {
    throw invalid('Invalid value for maxReceiveCount: ' + String(policy.maxReceiveCount) + ', valid values are from 1 to 1000 both inclusive.');
  }
  return { deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount };
}

function checkRange(name: keyof typeof ranges, text: string): void {
  const [least, most] = ranges[name];
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
}
