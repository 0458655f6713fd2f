import { call, ref, wait, type Scenario } from '../harness/step';

const queue = (QueueName: string, Attributes = {}, as = QueueName) => call('sqs:CreateQueue', { QueueName, Attributes }, as);
const on = (operation: string, input = {}, as?: string, name = 'q') => call(`sqs:${operation}`, { QueueUrl: ref(`${name}.QueueUrl`), ...input }, as);
const send = (MessageBody: string, more = {}) => on('SendMessage', { MessageBody, ...more });
const receive = (as: string, more = {}) => on('ReceiveMessage', { MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'], ...more }, as);
const counts = on('GetQueueAttributes', { AttributeNames: ['All'] });
const handle = (as: string) => ({ ReceiptHandle: ref(`${as}.Messages.0.ReceiptHandle`) });
const DEAD = 'arn:aws:sqs:eu-central-1:123456789012:dead';

export const sqs: Scenario[] = [
  {
    name: 'queues are made and found',
    steps: [
      queue('q'), queue('q'), queue('q', { VisibilityTimeout: '60' }, 'other'), queue('bad name'), queue('x'.repeat(81)), counts,
      call('sqs:GetQueueUrl', { QueueName: 'q' }), call('sqs:GetQueueUrl', { QueueName: 'none' }),
      queue('other'), call('sqs:ListQueues', {}), call('sqs:ListQueues', { QueueNamePrefix: 'o' }),
      on('SetQueueAttributes', { Attributes: { VisibilityTimeout: '5', DelaySeconds: '1' } }), counts,
      on('SetQueueAttributes', { Attributes: { VisibilityTimeout: '99999' } }), on('SetQueueAttributes', { Attributes: { Nonsense: '1' } }),
      on('TagQueue', { Tags: { a: 'b' } }), on('ListQueueTags'),
      on('DeleteQueue'), call('sqs:GetQueueUrl', { QueueName: 'q' }), send('x'), receive('r'), counts,
    ],
  },
  {
    name: 'messages are sent, received and deleted',
    steps: [
      queue('q', { VisibilityTimeout: '1' }),
      send('one', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' }, size: { DataType: 'Number', StringValue: '3' } } }), counts,
      receive('first'), counts, receive('none'), wait(2, 1.2), receive('again'),
      on('DeleteMessage', handle('again')), wait(2, 1.2), receive('none'), counts,
      on('DeleteMessage', handle('again')), on('DeleteMessage', { ReceiptHandle: 'nonsense' }),
      send('two'), receive('two', { VisibilityTimeout: 0 }), receive('three'), on('ChangeMessageVisibility', { ...handle('three'), VisibilityTimeout: 0 }), receive('four'),
      on('ChangeMessageVisibility', { ...handle('four'), VisibilityTimeout: 50000 }), on('ChangeMessageVisibility', { ReceiptHandle: 'nonsense', VisibilityTimeout: 1 }),
      on('PurgeQueue'), counts,
      send(''), receive('x', { MaxNumberOfMessages: 11 }), receive('x', { MaxNumberOfMessages: 0 }),
    ],
  },
  {
    name: 'messages that are delayed',
    steps: [queue('q'), send('late', { DelaySeconds: 1 }), counts, receive('none'), wait(2, 1.2), counts, receive('late'), send('x', { DelaySeconds: 901 })],
  },
  {
    name: 'messages in batches',
    steps: [
      queue('q'),
      on('SendMessageBatch', { Entries: [{ Id: 'a', MessageBody: '1' }, { Id: 'b', MessageBody: '2' }] }), counts,
      on('SendMessageBatch', { Entries: [{ Id: 'a', MessageBody: '1' }, { Id: 'a', MessageBody: '2' }] }),
      on('SendMessageBatch', { Entries: [] }),
      on('SendMessageBatch', { Entries: Array.from({ length: 11 }, (_, index) => ({ Id: `e${index}`, MessageBody: 'x' })) }),
      receive('both', { MaxNumberOfMessages: 10 }),
      on('DeleteMessageBatch', { Entries: [{ Id: 'x', ReceiptHandle: ref('both.Messages.0.ReceiptHandle') }, { Id: 'y', ReceiptHandle: ref('both.Messages.1.ReceiptHandle') }] }),
      counts,
    ],
  },
  {
    name: 'messages that nobody deletes go to the dead-letter queue',
    steps: [
      queue('dead'), queue('q', { VisibilityTimeout: '0', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD, maxReceiveCount: 2 }) }), counts,
      send('poison'), receive('1'), receive('2'), receive('3'), counts,
      on('GetQueueAttributes', { AttributeNames: ['All'] }, undefined, 'dead'),
      on('ReceiveMessage', { MessageSystemAttributeNames: ['All'] }, undefined, 'dead'),
      queue('bad', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD }) }), queue('bad', { RedrivePolicy: 'nonsense' }),
      queue('bad', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:123456789012:none', maxReceiveCount: 2 }) }),
    ],
  },
];
