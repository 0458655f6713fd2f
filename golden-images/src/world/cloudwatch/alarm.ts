import { AwsError, NotModelled } from '../kernel';
import { isStatistic, metricKey, type Dimension } from './metrics';
import { isComparison, type AlarmState, type Rule } from './verdict';

// The members of PutMetricAlarm and PutCompositeAlarm, checked below.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AlarmInput = Record<string, any>;

/** What every alarm has. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly type: 'MetricAlarm' | 'CompositeAlarm';
  readonly input: AlarmInput;
  readonly updatedAt: number;
  state: AlarmState;
  reason: string;
  stateUpdatedAt: number;
}

export const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

export const ruleOf = (input: AlarmInput): Rule => ({
  comparison: input.ComparisonOperator,
  threshold: Number(input.Threshold),
  evaluationPeriods: Number(input.EvaluationPeriods),
  datapointsToAlarm: Number(input.DatapointsToAlarm ?? input.EvaluationPeriods),
  treatMissingData: input.TreatMissingData ?? 'missing',
});

export interface WatchedMetric {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimension[];
  readonly statistic: string;
  /** In seconds. */
  readonly period: number;
}

/** The one metric an alarm looks at, whichever way it is written. */
export function watched(input: AlarmInput): WatchedMetric {
  const query = input.Metrics?.[0];
  const metric = query ? query.MetricStat.Metric : input;
  const name = metric.MetricName;
  const dimensions: Dimension[] = metric.Dimensions ?? [];
  const statistic = query ? query.MetricStat.Stat : (input.Statistic ?? input.ExtendedStatistic);
  const period = Number(query ? query.MetricStat.Period : input.Period);
  return { key: metricKey(metric.Namespace, name, dimensions), namespace: metric.Namespace, name, dimensions, statistic, period };
}

/** Checks the members of PutMetricAlarm as CloudWatch does. */
export function checkMetricAlarm(input: AlarmInput): void {
  if (!input.AlarmName) throw invalid('The parameter AlarmName is required.');
  if (input.Metrics && (input.Metrics.length !== 1 || !input.Metrics[0].MetricStat)) throw new NotModelled('alarms on metric math expressions');
  if (!isComparison(input.ComparisonOperator)) throw new NotModelled(`the comparison operator ${input.ComparisonOperator} of alarms`);
  if (input.Threshold === undefined) throw invalid('Threshold is required for alarms based on static thresholds');
  const { statistic, period, name } = watched(input);
  if (!name) throw invalid('Exactly one element of the metrics list should return data');
  if (!isStatistic(statistic)) throw new NotModelled(`the statistic ${statistic} of alarms`);
  checkPeriods(ruleOf(input), period);
}

function checkPeriods(rule: Rule, period: number): void {
  if ([10, 20, 30].includes(period)) throw new NotModelled('high-resolution alarms (a period below 60 seconds)');
  if (!(period > 0) || period % 60 !== 0) throw invalid('Period must be 10, 20, 30 or a multiple of 60');
  if (!(rule.evaluationPeriods >= 1)) throw invalid('EvaluationPeriods must be at least 1');
  if (!(rule.datapointsToAlarm >= 1 && rule.datapointsToAlarm <= rule.evaluationPeriods)) {
    throw invalid('DatapointsToAlarm must be between 1 and EvaluationPeriods');
  }
  if (rule.evaluationPeriods * period > (period >= 3600 ? 604800 : 86400)) {
    throw invalid('Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or seven days with periods of an hour or more.');
  }
  if (!['breaching', 'notBreaching', 'ignore', 'missing'].includes(rule.treatMissingData)) {
    throw invalid(`Option ${rule.treatMissingData} is not supported for TreatMissingData`);
  }
}
