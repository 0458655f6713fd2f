import type { CloudWatchService } from '../cloudwatch';
import { page, refuseUnknown, type Operation, type World } from '../kernel';
import type { Alarm } from './alarm';
import { compositeAlarmMembers, metricAlarmMembers } from './resource-types';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Input = any;

export function cloudWatchOperations(world: World, cloudWatch: CloudWatchService): Record<string, Operation> {
  return {
    PutMetricAlarm: (input) => {
      refuseUnknown('monitoring:PutMetricAlarm', input, ['AlarmName', ...metricAlarmMembers]);
      cloudWatch.putMetricAlarm(input);
    },
    PutCompositeAlarm: (input) => {
      refuseUnknown('monitoring:PutCompositeAlarm', input, ['AlarmName', ...compositeAlarmMembers]);
      cloudWatch.putCompositeAlarm(input);
    },
    DescribeAlarms: (input) => describeAlarms(cloudWatch.alarms, input),
    DeleteAlarms: (input) => cloudWatch.deleteAlarms(input.AlarmNames),
    SetAlarmState: (input) => cloudWatch.setAlarmState(input.AlarmName, input.StateValue, input.StateReason),
    PutMetricData: (input) => {
      for (const datum of input.MetricData ?? []) putDatum(world, cloudWatch, input.Namespace, datum);
    },
    GetMetricData: (input) => getMetricData(cloudWatch, input),
    PutDashboard: (input) => cloudWatch.putDashboard(input.DashboardName, input.DashboardBody),
    GetDashboard: (input) => ({ DashboardName: input.DashboardName, DashboardBody: cloudWatch.dashboards.get(input.DashboardName) }),
    DeleteDashboards: (input) => void input.DashboardNames.forEach((name: string) => cloudWatch.dashboards.delete(name)),
    ListTagsForResource: (input) => ({ Tags: cloudWatch.alarm(input.ResourceARN)?.input.Tags ?? [] }),
  };
}

function describeAlarms(alarms: Alarm[], input: Input): Record<string, unknown> {
  refuseUnknown('monitoring:DescribeAlarms', input, ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'MaxRecords', 'NextToken']);
  // Without AlarmTypes only metric alarms are returned (API reference of DescribeAlarms).
  const types: string[] = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const found = alarms
    .filter((alarm) => types.includes(alarm.type))
    .filter((alarm) => !input.AlarmNames?.length || input.AlarmNames.includes(alarm.name))
    .filter((alarm) => alarm.name.startsWith(input.AlarmNamePrefix ?? ''))
    .filter((alarm) => !input.StateValue || alarm.state === input.StateValue)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...rest } = page(found, input.MaxRecords ?? 50, input.NextToken);
  return {
    MetricAlarms: items.filter((alarm) => alarm.type === 'MetricAlarm').map(described),
    CompositeAlarms: items.filter((alarm) => alarm.type === 'CompositeAlarm').map(described),
    ...rest,
  };
}

const described = (alarm: Alarm): Record<string, unknown> => {
  const { Tags: _tags, ...input } = alarm.input;
  return {
    ActionsEnabled: true,
    ...input,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.updatedAt),
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateUpdatedTimestamp: new Date(alarm.stateUpdatedAt),
    StateTransitionedTimestamp: new Date(alarm.stateUpdatedAt),
  };
};

function putDatum(world: World, cloudWatch: CloudWatchService, namespace: string, datum: Input): void {
  refuseUnknown('monitoring:PutMetricData MetricData', datum, ['MetricName', 'Dimensions', 'Timestamp', 'Value', 'Values', 'Counts', 'Unit']);
  const at = datum.Timestamp ? new Date(datum.Timestamp).getTime() : world.now;
  const values: number[] = datum.Values ?? [datum.Value];
  values.forEach((value, i) => cloudWatch.putMetric(namespace, datum.MetricName, datum.Dimensions ?? [], value, { at, count: datum.Counts?.[i] }));
}

function getMetricData(cloudWatch: CloudWatchService, input: Input): Record<string, unknown> {
  refuseUnknown('monitoring:GetMetricData', input, ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy']);
  const ascending = input.ScanBy === 'TimestampAscending';
  return { MetricDataResults: input.MetricDataQueries.map((query: Input) => queryResult(cloudWatch, query, input, ascending)) };
}

function queryResult(cloudWatch: CloudWatchService, query: Input, input: Input, ascending: boolean): Record<string, unknown> {
  refuseUnknown('monitoring:GetMetricData MetricDataQueries', query, ['Id', 'MetricStat', 'Label', 'ReturnData']);
  const { Metric: metric, Period: period, Stat: stat } = query.MetricStat;
  const series = cloudWatch.series(metric.Namespace, metric.MetricName, metric.Dimensions ?? []);
  const points: Array<[Date, number]> = [];
  const step = period * 1000;
  for (let at = Math.floor(new Date(input.StartTime).getTime() / step) * step; at < new Date(input.EndTime).getTime(); at += step) {
    const value = series.statistic(stat, at, at + step);
    if (value !== undefined) points.push([new Date(at), value]);
  }
  if (!ascending) points.reverse();
  return { Id: query.Id, Label: query.Label ?? metric.MetricName, Timestamps: points.map(([at]) => at), Values: points.map(([, value]) => value), StatusCode: 'Complete' };
}
