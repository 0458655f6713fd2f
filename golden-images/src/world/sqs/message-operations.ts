import { AwsError, refuseUnknown, type Operation, type World } from '../kernel';
import { md5, md5OfAttributes, sizeOf, type Message } from './message';
import type { Queue } from './queue';
import { assertRoleMayUse, SEND } from '../kms/encrypted';

// Inputs as the client writes them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Input = any;
type Find = (input: { QueueUrl: string }) => Queue;

/** The operations on messages, single and in batches of up to ten. */
export function messageOperations(world: World, find: Find): Record<string, Operation> {
  return {
    SendMessage: (input) => send(usable(world, find(input), SEND), input, ['QueueUrl']),
    SendMessageBatch: (input) => {
      const queue = usable(world, find(input), SEND);
      return batch(input, (entry) => send(queue, entry, ['Id']));
    },
    ReceiveMessage: (input) => receive(world, usable(world, find(input), ['kms:Decrypt']), input),
    DeleteMessage: (input) => find(input).delete(input.ReceiptHandle),
    DeleteMessageBatch: (input) => batch(input, (entry) => find(input).delete(entry.ReceiptHandle)),
    ChangeMessageVisibility: (input) => changeVisibility(find(input), input),
    ChangeMessageVisibilityBatch: (input) => batch(input, (entry) => changeVisibility(find(input), entry)),
  };
}

/** "Configuring AWS KMS permissions" (SQS developer guide): who sends makes data keys, who receives decrypts. */
function usable(world: World, queue: Queue, actions: readonly string[]): Queue {
  assertRoleMayUse(world, queue.attributes.KmsMasterKeyId, actions, 'KmsAccessDenied');
  return queue;
}

function send(queue: Queue, input: Input, also: string[]): Record<string, unknown> {
  refuseUnknown('sqs:SendMessage', input, ['MessageBody', 'DelaySeconds', 'MessageAttributes', ...also]);
  inRange('DelaySeconds', input.DelaySeconds, 0, 900);
  const attributes = input.MessageAttributes ?? {};
  if (!input.MessageBody) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (sizeOf(input.MessageBody, attributes) > Number(queue.attributes.MaximumMessageSize)) {
    throw new AwsError('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${queue.attributes.MaximumMessageSize} bytes.`);
  }
  const message = queue.send(input.MessageBody, attributes, input.DelaySeconds);
  return { MessageId: message.id, MD5OfMessageBody: md5(message.body), ...attributesDigest('MD5OfMessageAttributes', message) };
}

function receive(world: World, queue: Queue, input: Input): Record<string, unknown> {
  refuseUnknown('sqs:ReceiveMessage', input, [
    'QueueUrl', 'AttributeNames', 'MessageSystemAttributeNames', 'MessageAttributeNames', 'MaxNumberOfMessages', 'VisibilityTimeout', 'WaitTimeSeconds',
  ]);
  inRange('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, 10);
  inRange('VisibilityTimeout', input.VisibilityTimeout, 0, 43200);
  inRange('WaitTimeSeconds', input.WaitTimeSeconds, 0, 20);
  const messages = queue.receive(input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout);
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => received(world, message, input)) };
}

function received(world: World, message: Message, input: Input): Record<string, unknown> {
  const wanted: string[] = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const attributes = Object.entries(systemAttributes(world, message)).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  const own = Object.entries(message.attributes).filter(([name]) => named(input.MessageAttributeNames ?? [], name));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(attributes.length > 0 ? { Attributes: Object.fromEntries(attributes) } : {}),
    ...(own.length > 0 ? { MessageAttributes: Object.fromEntries(own), ...attributesDigest('MD5OfMessageAttributes', message) } : {}),
  };
}

/** The attributes that SQS itself gives to a message, as strings. */
export function systemAttributes(world: World, message: Message): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: world.account,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? world.now),
  };
}

function changeVisibility(queue: Queue, input: Input): void {
  inRange('VisibilityTimeout', input.VisibilityTimeout, 0, 43200);
  queue.changeVisibility(input.ReceiptHandle, input.VisibilityTimeout);
}

/** Each entry succeeds or fails by itself. */
function batch(input: Input, act: (entry: Input) => Record<string, unknown> | void): Record<string, unknown> {
  const entries: Input[] = input.Entries ?? [];
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.');
  if (entries.length > 10) {
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${entries.length}.`);
  }
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const output = { Successful: [] as unknown[], Failed: [] as unknown[] };
  for (const entry of entries) {
    try {
      output.Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError) || ['QueueDoesNotExist', 'NotModelled'].includes(error.code)) throw error;
      output.Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return output;
}

const attributesDigest = (member: string, message: Message): Record<string, string> =>
  Object.keys(message.attributes).length > 0 ? { [member]: md5OfAttributes(message.attributes) } : {};

const named = (patterns: string[], name: string): boolean =>
  patterns.some((pattern) => ['All', '.*', name].includes(pattern) || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))));

function inRange(parameter: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw new AwsError('InvalidParameterValue', `Value ${value} for parameter ${parameter} is invalid. Reason: Must be >= ${least} and <= ${most}, if provided.`);
}
