import * as fc from 'fast-check';
import { call, ref, type Call, type Data, type Scenario } from './harness/step';

type Calls = fc.Arbitrary<Call>;

const one = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const made = (name: string, input: Record<string, fc.Arbitrary<Data>>, as?: fc.Arbitrary<string>): Calls =>
  fc.tuple(fc.record(input), as ?? fc.constant(undefined)).map(([data, under]) => call(name, data, under));

const parameter = one('/a/x', '/a/y', '/a/b/z', '/c');

const parameters: Calls = fc.oneof(
  { weight: 4, arbitrary: made('ssm:PutParameter', { Name: parameter, Value: one('1', '2'), Type: one('String'), Overwrite: fc.boolean() }) },
  made('ssm:GetParameter', { Name: parameter }),
  made('ssm:GetParameters', { Names: fc.subarray(['/a/x', '/a/y', '/c'], { minLength: 1 }) }),
  made('ssm:GetParametersByPath', { Path: one('/a', '/a/b', '/none'), Recursive: fc.boolean() }),
  made('ssm:GetParameterHistory', { Name: parameter }),
  made('ssm:LabelParameterVersion', { Name: parameter, Labels: fc.subarray(['good', 'next', '1bad'], { minLength: 1 }) }),
  made('ssm:DeleteParameter', { Name: parameter }),
  made('ssm:DeleteParameters', { Names: fc.subarray(['/a/x', '/a/y', '/c'], { minLength: 1 }) }),
  made('ssm:DescribeParameters', {}),
);

const template = one('one', 'two');
const data = fc.record({ InstanceType: one('t3.micro', 't3.small', 'm5.large'), KeyName: one('k', 'l') });

const templates: Calls = fc.oneof(
  { weight: 2, arbitrary: made('ec2:CreateLaunchTemplate', { LaunchTemplateName: template, LaunchTemplateData: data }) },
  { weight: 3, arbitrary: made('ec2:CreateLaunchTemplateVersion', { LaunchTemplateName: template, LaunchTemplateData: data, VersionDescription: one('d', 'e') }) },
  made('ec2:DescribeLaunchTemplates', {}),
  made('ec2:DescribeLaunchTemplates', { LaunchTemplateNames: template.map((name) => [name]) }),
  made('ec2:DescribeLaunchTemplateVersions', { LaunchTemplateName: template }),
  made('ec2:DescribeLaunchTemplateVersions', { LaunchTemplateName: template, Versions: fc.subarray(['$Latest', '$Default', '1'], { minLength: 1 }) }),
);

const queue = one('a', 'b');
const url = queue.map((name) => ref(`${name}.QueueUrl`, `http://localhost/123456789012/${name}`));

const queues: Calls = fc.oneof(
  { weight: 2, arbitrary: queue.chain((name) => made('sqs:CreateQueue', { QueueName: one(name) }, one(name))) },
  { weight: 3, arbitrary: made('sqs:SendMessage', { QueueUrl: url, MessageBody: one('x', 'y') }) },
  { weight: 3, arbitrary: made('sqs:ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: one(10), MessageSystemAttributeNames: one(['All']) }, one('received')) },
  made('sqs:DeleteMessage', { QueueUrl: url, ReceiptHandle: one(ref('received.Messages.0.ReceiptHandle', 'none')) }),
  made('sqs:GetQueueAttributes', { QueueUrl: url, AttributeNames: one(['All']) }),
  made('sqs:PurgeQueue', { QueueUrl: url }),
  made('sqs:ListQueues', {}),
);

const rule = one('a', 'b');
const target = one('1', '2').map((Id) => [{ Id, Arn: 'arn:aws:sqs:eu-central-1:123456789012:q' }]);

const rules: Calls = fc.oneof(
  { weight: 3, arbitrary: made('events:PutRule', { Name: rule, EventPattern: one('{"source":["a"]}', '{"source":["b"]}'), State: one('ENABLED', 'DISABLED') }) },
  { weight: 2, arbitrary: made('events:PutTargets', { Rule: rule, Targets: target }) },
  made('events:RemoveTargets', { Rule: rule, Ids: one(['1'], ['2']) }),
  made('events:DescribeRule', { Name: rule }),
  made('events:EnableRule', { Name: rule }),
  made('events:DisableRule', { Name: rule }),
  made('events:DeleteRule', { Name: rule }),
  made('events:ListRules', {}),
  made('events:ListTargetsByRule', { Rule: rule }),
);

const kinds: Record<string, Calls> = { parameters, templates, queues, rules };

/** Random sequences of calls, the same for the same seed: `runs` of each kind. */
export function sequences(seed: number, runs: number): Scenario[] {
  return Object.entries(kinds).flatMap(([kind, calls]) =>
    fc.sample(fc.array(calls, { minLength: 8, maxLength: 25 }), { seed, numRuns: runs })
      .map((steps, index) => ({ name: `random ${kind} ${index + 1}`, steps })));
}
