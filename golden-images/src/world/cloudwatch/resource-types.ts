import type { CloudWatchService } from '../cloudwatch';
import { NotModelled, type Properties, type ResourceType } from '../kernel';

const updates = (names: string[]): Record<string, 'update' | 'replace'> => Object.fromEntries(names.map((name) => [name, 'update']));

export const metricAlarmMembers = [
  'ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'ComparisonOperator', 'DatapointsToAlarm', 'Dimensions', 'EvaluationPeriods', 'ExtendedStatistic',
  'InsufficientDataActions', 'MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Tags', 'Threshold', 'TreatMissingData', 'Unit',
];
export const compositeAlarmMembers = ['ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'AlarmRule', 'InsufficientDataActions', 'OKActions', 'Tags'];

export function cloudWatchResourceTypes(cloudWatch: CloudWatchService): Record<string, ResourceType> {
  return {
    'AWS::CloudWatch::Alarm': alarmType(cloudWatch, 'PutMetricAlarm', metricAlarmMembers),
    'AWS::CloudWatch::CompositeAlarm': alarmType(cloudWatch, 'PutCompositeAlarm', compositeAlarmMembers),
    'AWS::CloudWatch::Dashboard': dashboardType(cloudWatch),
  };
}

function alarmType(cloudWatch: CloudWatchService, operation: string, members: string[]): ResourceType {
  const put = (name: string, properties: Properties): unknown => cloudWatch.operations[operation]!({ ...properties, AlarmName: name });
  return {
    properties: { AlarmName: 'replace', ...updates(members) },
    create: async (context, properties) => {
      const name = properties.AlarmName ?? context.generateName(255);
      await put(name, { ...properties, Tags: [...context.tags, ...(properties.Tags ?? [])] });
      return name;
    },
    update: async (context, name, properties) => {
      await put(name, { ...properties, Tags: [...context.tags, ...(properties.Tags ?? [])] });
    },
    delete: (_, name) => cloudWatch.deleteAlarms([name]),
    attribute: (name, attribute) => {
      if (attribute === 'Arn') return cloudWatch.alarm(name)?.arn;
      throw new NotModelled(`the attribute ${attribute} of alarms`);
    },
  };
}

/** Recorded. */
function dashboardType(cloudWatch: CloudWatchService): ResourceType {
  return {
    properties: { DashboardName: 'replace', DashboardBody: 'update' },
    create: (context, properties) => {
      const name = properties.DashboardName ?? context.generateName(255);
      cloudWatch.putDashboard(name, properties.DashboardBody);
      return name;
    },
    update: (_, name, properties) => cloudWatch.putDashboard(name, properties.DashboardBody),
    delete: (_, name) => void cloudWatch.dashboards.delete(name),
    attribute: (_, attribute) => {
      throw new NotModelled(`the attribute ${attribute} of AWS::CloudWatch::Dashboard`);
    },
  };
}
