import { Fixture, type TemplateObject } from './fixture';
import { CloudWatchService } from '../../../../golden-images/src/world/cloudwatch';

let aws: Fixture;
beforeEach(() => {
  aws = new Fixture();
  aws.cloudFormation.register([aws.world.get(CloudWatchService)]);
});

const alarm = (logicalId: string, properties: object = {}): TemplateObject => ({
  Resources: {
    [logicalId]: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'red',
        Namespace: 'N',
        MetricName: 'M',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        ...properties,
      },
    },
  },
});
const reasons = (stack?: string) => aws.events(stack).filter(({ ResourceStatus: status }) => status.endsWith('_FAILED')).map((event) => event.ResourceStatusReason);

test('a custom name that another logical id of the stack has is refused, and what has it stays', async () => {
  await aws.deploy(alarm('First'));
  expect(await aws.deploy(alarm('Second', { Threshold: 2 }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(reasons()).toEqual([expect.stringMatching(/^red already exists in stack arn:aws:cloudformation:/)]);
  expect(aws.physicalId('First')).toBe('red');
});

test('and so is one that another stack has, until that is gone', async () => {
  await aws.deploy(alarm('First'));
  expect(await aws.deploy(alarm('First'), { StackName: 'other' })).toBe('ROLLBACK_COMPLETE');
  expect(reasons('other')).toEqual([expect.stringMatching(/^red already exists in stack .*stack\/stack\//)]);
  await aws.destroy('other');
  await aws.destroy();
  expect(await aws.deploy(alarm('First'), { StackName: 'third' })).toBe('CREATE_COMPLETE');
});

test('an update in place keeps its name', async () => {
  await aws.deploy(alarm('First'));
  expect(await aws.deploy(alarm('First', { Threshold: 2 }))).toBe('UPDATE_COMPLETE');
});
