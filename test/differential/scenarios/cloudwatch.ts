import { call, type Scenario } from '../harness/step';

const monitoring = (operation: string, input = {}) => call(`monitoring:${operation}`, input);
const alarm = (AlarmName: string, more = {}) => monitoring('PutMetricAlarm', {
  AlarmName,
  Namespace: 'App',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  ...more,
});
const describe = (more = {}) => monitoring('DescribeAlarms', more);

export const cloudWatch: Scenario[] = [
  {
    name: 'alarms are put, found and deleted',
    steps: [
      alarm('a', { Dimensions: [{ Name: 'x', Value: 'y' }], AlarmDescription: 'first', TreatMissingData: 'notBreaching' }), alarm('b', { ActionsEnabled: false }), describe(),
      describe({ AlarmNames: ['a'] }), describe({ AlarmNamePrefix: 'b' }), describe({ StateValue: 'ALARM' }), describe({ AlarmNames: ['none'] }),
      monitoring('SetAlarmState', { AlarmName: 'a', StateValue: 'ALARM', StateReason: 'a test' }), describe({ StateValue: 'ALARM' }),
      monitoring('SetAlarmState', { AlarmName: 'none', StateValue: 'ALARM', StateReason: 'a test' }),
      monitoring('SetAlarmState', { AlarmName: 'a', StateValue: 'NONSENSE', StateReason: 'a test' }),
      alarm('a', { Threshold: 5 }), describe({ AlarmNames: ['a'] }),
      monitoring('DeleteAlarms', { AlarmNames: ['a', 'b'] }), describe(),
      monitoring('DeleteAlarms', { AlarmNames: ['a'] }),
    ],
  },
  {
    name: 'alarms that are not accepted',
    steps: [
      alarm('x', { ComparisonOperator: 'Nonsense' }), alarm('x', { Threshold: undefined }), alarm('x', { EvaluationPeriods: 0 }), alarm('x', { TreatMissingData: 'nonsense' }),
      alarm('x', { DatapointsToAlarm: 2 }), alarm('x', { Period: 61 }), alarm('x', { MetricName: undefined }),
    ],
  },
];
