import { call, ref, type Scenario } from '../harness/step';

const sns = (operation: string, input = {}, as?: string) => call(`sns:${operation}`, input, as);
const kms = (operation: string, input = {}, as?: string) => call(`kms:${operation}`, input, as);
const TOPIC = { TopicArn: 'arn:aws:sns:eu-central-1:123456789012:t' };
const KEY = { KeyId: ref('key.KeyMetadata.KeyId') };
const NONE = { KeyId: '01234567-89ab-cdef-0123-456789abcdef' };
const ENDPOINT = { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-central-1:123456789012:q' };

export const topicsAndKeys: Scenario[] = [
  {
    name: 'topics',
    steps: [
      sns('CreateTopic', { Name: 't', Attributes: { DisplayName: 'd' } }), sns('CreateTopic', { Name: 't' }), sns('CreateTopic', { Name: 'bad name' }), sns('ListTopics'), sns('GetTopicAttributes', TOPIC),
      call('sqs:CreateQueue', { QueueName: 'q' }), sns('Subscribe', { ...TOPIC, ...ENDPOINT }, 's'), sns('Subscribe', { ...TOPIC, ...ENDPOINT }), sns('ListSubscriptionsByTopic', TOPIC),
      sns('Publish', { ...TOPIC, Message: 'm', Subject: 's' }), sns('Unsubscribe', { SubscriptionArn: ref('s.SubscriptionArn') }), sns('ListSubscriptionsByTopic', TOPIC),
      sns('Publish', { ...TOPIC, Message: '' }), sns('Publish', { ...TOPIC, Message: 'm', Subject: 'x'.repeat(101) }),
      sns('DeleteTopic', TOPIC), sns('DeleteTopic', TOPIC), sns('ListTopics'), sns('GetTopicAttributes', TOPIC), sns('Publish', { ...TOPIC, Message: 'm' }), sns('Subscribe', { ...TOPIC, ...ENDPOINT }),
      sns('ListSubscriptionsByTopic', TOPIC),
    ],
  },
  {
    name: 'keys',
    steps: [
      kms('CreateKey', { Description: 'first' }, 'key'), kms('DescribeKey', KEY), kms('CreateAlias', { AliasName: 'alias/one', TargetKeyId: ref('key.KeyMetadata.KeyId') }),
      kms('CreateAlias', { AliasName: 'alias/one', TargetKeyId: ref('key.KeyMetadata.KeyId') }), kms('CreateAlias', { AliasName: 'one', TargetKeyId: ref('key.KeyMetadata.KeyId') }),
      kms('CreateAlias', { AliasName: 'alias/aws/x', TargetKeyId: ref('key.KeyMetadata.KeyId') }), kms('CreateAlias', { AliasName: 'alias/two', TargetKeyId: NONE.KeyId }),
      kms('DescribeKey', { KeyId: 'alias/one' }), kms('DisableKey', KEY), kms('DescribeKey', KEY), kms('EnableKey', KEY), kms('GetKeyRotationStatus', KEY), kms('ListKeys'),
      kms('DeleteAlias', { AliasName: 'alias/one' }), kms('DeleteAlias', { AliasName: 'alias/one' }), kms('DescribeKey', { KeyId: 'alias/one' }),
      kms('ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 3 }), kms('ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 7 }), kms('DescribeKey', KEY),
      kms('EnableKey', KEY), kms('ScheduleKeyDeletion', KEY), kms('DescribeKey', NONE), kms('DisableKey', NONE), kms('ScheduleKeyDeletion', NONE), kms('DescribeKey', { KeyId: 'alias/none' }),
    ],
  },
];
