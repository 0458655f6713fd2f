import { NotModelled, type Properties, type ResourceType } from '../kernel';
import type { SqsService } from '../sqs';
import { defaultAttributes } from './attributes';

const settings = [
  'DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds', 'VisibilityTimeout',
  'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled',
];

export function sqsResourceTypes(sqs: SqsService): Record<string, ResourceType> {
  return { 'AWS::SQS::Queue': queueType(sqs), 'AWS::SQS::QueuePolicy': policyType(sqs) };
}

function queueType(sqs: SqsService): ResourceType {
  return {
    properties: { QueueName: 'replace', Tags: 'update', ...Object.fromEntries(settings.map((name) => [name, 'update' as const])) },
    create: (context, properties) => {
      const name = properties.QueueName ?? context.generateName(80);
      const tags = [...context.tags, ...(properties.Tags ?? [])].map((tag) => [tag.Key, tag.Value]);
      return sqs.url(sqs.createQueue(name, attributesOf(properties), Object.fromEntries(tags)));
    },
    update: async (_, url, properties) => {
      const Attributes = { ...defaultAttributes(), ...attributesOf(properties) };
      await sqs.operations.SetQueueAttributes!({ QueueUrl: url, Attributes });
    },
    delete: (_, url) => sqs.deleteQueue(url),
    attribute: (url, name) => {
      const queue = sqs.required(url);
      if (name === 'Arn') return queue.arn;
      if (name === 'QueueName') return queue.name;
      if (name === 'QueueUrl') return sqs.url(queue);
      throw new NotModelled(`the attribute ${name} of AWS::SQS::Queue`);
    },
  };
}

/** Recorded on the queues, not enforced. */
function policyType(sqs: SqsService): ResourceType {
  const put = (properties: Properties, policy: unknown): void =>
    (properties.Queues as string[]).forEach((url) => {
      sqs.required(url).attributes.Policy = policy ? JSON.stringify(policy) : '';
    });
  return {
    properties: { PolicyDocument: 'update', Queues: 'update' },
    create: (context, properties) => {
      put(properties, properties.PolicyDocument);
      return context.generateName();
    },
    update: (_context, _id, properties) => put(properties, properties.PolicyDocument),
    delete: (_context, _id, properties) => put(properties, undefined),
    attribute: (_, name) => {
      throw new NotModelled(`the attribute ${name} of AWS::SQS::QueuePolicy`);
    },
  };
}

const attributesOf = (properties: Properties): Record<string, unknown> =>
  Object.fromEntries(settings.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]));
