import { createFunction } from './lambda/functions';
import { CloudWatchService } from '../../../golden-images/src/world/cloudwatch';
import { verdict } from '../../../golden-images/src/world/cloudwatch/verdict';
import { World, type WorldEvent } from '../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';
import { SnsService } from '../../../golden-images/src/world/sns';
import { SqsService } from '../../../golden-images/src/world/sqs';

describe('alarms', () => {
  let world: World;
  let cloudWatch: CloudWatchService;
  let events: WorldEvent[];
  const call = (operation: string, input: Record<string, unknown>): Promise<any> => world.call(cloudWatch, operation, input);
  const pass = (seconds: number): Promise<void> => world.timeline.runUntil(world.now + seconds * 1000);
  const put = (more: Record<string, unknown> = {}): Promise<any> => call('PutMetricAlarm', {
    AlarmName: 'a',
    Namespace: 'N',
    MetricName: 'M',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    ...more,
  });
  beforeEach(() => {
    world = new World();
    cloudWatch = world.get(CloudWatchService);
    events = [];
    world.onEvent((event) => events.push(event));
  });

  test('go from insufficient data to OK, to ALARM when data breaches, and back', async () => {
    await put();
    expect(cloudWatch.alarmState('a')).toBe('INSUFFICIENT_DATA');
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('OK');
    await pass(3600);
    cloudWatch.putMetric('N', 'M', [], 1);
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('ALARM');
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('OK');
    expect(events.map((event) => [event.detailType, (event.detail.state as any).value])).toEqual([
      ['CloudWatch Alarm State Change', 'OK'], ['CloudWatch Alarm State Change', 'ALARM'], ['CloudWatch Alarm State Change', 'OK'],
    ]);
    expect(events[1]).toMatchObject({ source: 'aws.cloudwatch', resources: ['arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a'], detail: { alarmName: 'a', previousState: { value: 'OK' } } });
  });

  test('want M of N data points', async () => {
    await put({ EvaluationPeriods: 3, DatapointsToAlarm: 2, Period: 300 });
    cloudWatch.putMetric('N', 'M', [], 5);
    await pass(900);
    expect(cloudWatch.alarmState('a')).toBe('OK');
    cloudWatch.putMetric('N', 'M', [], 5);
    await pass(300);
    cloudWatch.putMetric('N', 'M', [], 5);
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('ALARM');
    await pass(600);
    expect(cloudWatch.alarmState('a')).toBe('OK');
  });

  test.each<[string, number[], string]>([
    ['Average', [1, 3], 'ALARM'], ['Minimum', [1, 3], 'OK'], ['Maximum', [1, 3], 'ALARM'], ['SampleCount', [9, 9], 'ALARM'], ['Sum', [1, 0.5], 'OK'], ['p50', [1, 1, 3], 'OK'], ['p90', [1, 1, 3], 'ALARM'],
  ])('take the %s of %j', async (statistic, values, state) => {
    await put({ Threshold: 2, ...(statistic.startsWith('p') ? { Statistic: undefined, ExtendedStatistic: statistic } : { Statistic: statistic }) });
    await call('PutMetricData', { Namespace: 'N', MetricData: [{ MetricName: 'M', Values: values }] });
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe(state);
  });

  test('look at their own dimensions only', async () => {
    await put({ Dimensions: [{ Name: 'D', Value: '1' }] });
    cloudWatch.putMetric('N', 'M', [{ Name: 'D', Value: '2' }], 1);
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('OK');
  });

  const rule = { comparison: 'GreaterThanThreshold', threshold: 0, evaluationPeriods: 3, datapointsToAlarm: 3 };
  const x = 1;
  const _ = undefined;
  test.each<[Array<number | undefined>, string, string, string, string]>([
    [[0, x, x], 'OK', 'OK', 'OK', 'OK'],
    [[x, x, x], 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    [[_, _, _], 'INSUFFICIENT_DATA', 'current', 'ALARM', 'OK'],
    [[x, _, _], 'ALARM', 'current', 'ALARM', 'OK'],
    [[x, _, x], 'ALARM', 'current', 'ALARM', 'OK'],
    [[0, _, x], 'OK', 'OK', 'OK', 'OK'],
  ])('%j with missing data: missing %s, ignore %s, breaching %s, notBreaching %s', (values, ...expected) => {
    const states = ['missing', 'ignore', 'breaching', 'notBreaching'].map((treatMissingData) => verdict({ ...rule, treatMissingData }, values, 'current' as any));
    expect(states).toEqual(expected);
  });

  test('on a dead-letter queue fire while a message lies in it', async () => {
    const dead = world.get(SqsService).createQueue('dead', {}, {});
    await put({ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Dimensions: [{ Name: 'QueueName', Value: 'dead' }] });
    await pass(3600);
    expect(cloudWatch.alarmState('a')).toBe('OK');
    world.get(SqsService).send(dead.arn, 'm');
    await pass(120);
    expect(cloudWatch.alarmState('a')).toBe('ALARM');
    await pass(86_400);
    expect(cloudWatch.alarmState('a')).toBe('ALARM');
    dead.purge();
    await pass(180);
    expect(cloudWatch.alarmState('a')).toBe('OK');
  });

  test('on the errors of a function fire when it fails', async () => {
    createFunction(world, 'f', 'export const handler = async (event) => { if (event.fail) throw new Error("no"); };');
    const lambda = world.get(LambdaService);
    await put({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: 'f' }] });
    await lambda.invoke('f', {});
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('OK');
    await lambda.invoke('f', { fail: true });
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('ALARM');
    await lambda.close();
  });

  test('publish to their topics', async () => {
    const sns = world.get(SnsService);
    const { TopicArn } = await world.call(sns, 'CreateTopic', { Name: 'ops' });
    await put({ AlarmActions: [TopicArn] });
    cloudWatch.setAlarmState('a', 'ALARM', 'by hand');
    expect(sns.published).toMatchObject([{ topicArn: TopicArn, subject: 'ALARM: "a" in eu-central-1' }]);
    await pass(60);
    expect(cloudWatch.alarmState('a')).toBe('OK');
  });

  test('are combined by composite alarms', async () => {
    await put();
    await put({ AlarmName: 'b', MetricName: 'Other' });
    await call('PutCompositeAlarm', { AlarmName: 'c', AlarmRule: 'ALARM("a") AND NOT (ALARM(b) OR FALSE)' });
    await pass(60);
    expect(cloudWatch.alarmState('c')).toBe('OK');
    cloudWatch.setAlarmState('a', 'ALARM', 'by hand');
    expect(cloudWatch.alarmState('c')).toBe('ALARM');
    cloudWatch.setAlarmState('b', 'ALARM', 'by hand');
    expect(cloudWatch.alarmState('c')).toBe('OK');
    await expect(call('PutCompositeAlarm', { AlarmName: 'd', AlarmRule: 'ALARM(a' })).rejects.toMatchObject({ code: 'ValidationError' });
  });

  test('are described by name, prefix, type and page', async () => {
    for (const AlarmName of ['x2', 'x1', 'y']) await put({ AlarmName });
    await call('PutCompositeAlarm', { AlarmName: 'x3', AlarmRule: 'TRUE' });
    const names = (output: any): string[] => [...output.MetricAlarms, ...output.CompositeAlarms].map((alarm: any) => alarm.AlarmName);
    expect(names(await call('DescribeAlarms', {}))).toEqual(['x1', 'x2', 'y']);
    expect(names(await call('DescribeAlarms', { AlarmNamePrefix: 'x', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }))).toEqual(['x1', 'x2', 'x3']);
    const first = await call('DescribeAlarms', { MaxRecords: 2 });
    expect(names(await call('DescribeAlarms', { NextToken: first.NextToken }))).toEqual(['y']);
    expect((await call('DescribeAlarms', { AlarmNames: ['y'] })).MetricAlarms[0]).toMatchObject({
      AlarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:y', StateValue: 'INSUFFICIENT_DATA', StateUpdatedTimestamp: new Date(world.now), ActionsEnabled: true, Threshold: 1,
    });
  });

  test('read metrics back', async () => {
    cloudWatch.putMetric('N', 'M', [], 2);
    await pass(90);
    cloudWatch.putMetric('N', 'M', [], 3);
    const MetricDataQueries = [{ Id: 'm', MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 60, Stat: 'Sum' } }];
    const output = await call('GetMetricData', { MetricDataQueries, StartTime: new Date(world.now - 90_000), EndTime: new Date(world.now + 1000), ScanBy: 'TimestampAscending' });
    expect(output.MetricDataResults[0]).toMatchObject({ Id: 'm', Label: 'M', Values: [2, 3] });
  });

  test('cost nothing while nothing changes', async () => {
    await put({ Period: 60, EvaluationPeriods: 5 });
    cloudWatch.setGauge('N', 'M', [], 1);
    await pass(600);
    expect(cloudWatch.alarmState('a')).toBe('ALARM');
    expect(world.timeline.next).toBeUndefined();
    expect(world.timeline.pending).toBe(false);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ ComparisonOperator: 'LessThanLowerThreshold' }, 'NotModelled'],
    [{ Metrics: [{ Id: 'e', Expression: 'm1/m2' }] }, 'NotModelled'],
    [{ Period: 90 }, 'ValidationError'],
    [{ Period: 10 }, 'NotModelled'],
    [{ Period: 300, EvaluationPeriods: 289 }, 'ValidationError'],
    [{ EvaluationPeriods: 2, DatapointsToAlarm: 3 }, 'ValidationError'],
    [{ TreatMissingData: 'missed' }, 'ValidationError'],
    [{ Colour: 'red' }, 'NotModelled'],
  ])('refuse %j with %s', async (members, code) => {
    await expect(put(members)).rejects.toMatchObject({ code });
  });
});
