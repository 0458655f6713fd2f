import type { InputTable } from './model';

const attribute = (name: string): string => `the attribute ${name}, a text of which the model demands nothing`;
const attributes = (...names: string[]): Record<string, string> => (
  Object.fromEntries(names.map((name) => [name, attribute(name)]))
);

/** What queues, schedules, reports and alarms. */
export const messages: InputTable = {
  'AWS::CloudWatch::Alarm': { service: 'monitoring', operation: 'PutMetricAlarm' },
  'AWS::CloudWatch::CompositeAlarm': { service: 'monitoring', operation: 'PutCompositeAlarm' },
  'AWS::CloudWatch::Dashboard': { service: 'monitoring', operation: 'PutDashboard' },
  'AWS::Events::EventBus': {
    service: 'events', operation: 'CreateEventBus', also: { PutPermission: { Policy: 'Policy' } },
  },
  'AWS::Events::Rule': { service: 'events', operation: 'PutRule', also: { PutTargets: { Targets: 'Targets' } } },
  'AWS::SNS::Topic': {
    service: 'sns',
    operation: 'CreateTopic',
    aliases: { Name: 'TopicName' },
    also: { Subscribe: { Protocol: 'Subscription[].Protocol', Endpoint: 'Subscription[].Endpoint' } },
    elsewhere: attributes('DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'),
  },
  'AWS::SNS::TopicPolicy': {
    service: 'sns',
    operation: 'SetTopicAttributes',
    also: { SetTopicAttributes: { TopicArn: 'Topics[]' } },
    elsewhere: { PolicyDocument: attribute('Policy') },
  },
  'AWS::SNS::Subscription': {
    service: 'sns',
    operation: 'Subscribe',
    elsewhere: {
      ...attributes('RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'),
      Region: 'where CloudFormation calls',
    },
  },
  'AWS::SQS::Queue': {
    service: 'sqs',
    operation: 'CreateQueue',
    elsewhere: attributes(
      'DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds', 'VisibilityTimeout',
      'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled',
    ),
  },
  'AWS::SQS::QueuePolicy': {
    service: 'sqs',
    operation: 'SetQueueAttributes',
    also: { SetQueueAttributes: { QueueUrl: 'Queues[]' } },
    elsewhere: { PolicyDocument: attribute('Policy') },
  },
  'AWS::Scheduler::Schedule': { service: 'scheduler', operation: 'CreateSchedule' },
  'AWS::Scheduler::ScheduleGroup': { service: 'scheduler', operation: 'CreateScheduleGroup' },
};
