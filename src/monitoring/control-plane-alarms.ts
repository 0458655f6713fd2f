import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData, type IAlarmAction, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { runbook } from './runbook';
import { operatorMetric, pausedMetric } from '../contract';
import { nameLimits } from '../private/limits';
import { composedName } from '../private/names';

export interface ControlPlaneAlarmsProps {
  readonly namespace: string;
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  readonly controller: IFunction;
  readonly actions: IAlarmAction[];
}

interface Condition {
  /** Also the section of the runbook. */
  readonly name: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods: number;
  /** Of those, how many must be over the threshold; all of them unless given. */
  readonly datapoints?: number;
}

const PERIOD = Duration.minutes(5);
/** Each sweep says again what still holds: half an hour, and a margin for one that is late. */
const SAID_AGAIN = { threshold: 1, periods: Duration.minutes(45).toMinutes() / PERIOD.toMinutes(), datapoints: 1 };

/** The alarms that say that images and fleets are no longer looked after, or need somebody's decision. */
export class ControlPlaneAlarms extends Construct {
  public constructor(scope: Construct, id: string, private readonly props: ControlPlaneAlarmsProps) {
    super(scope, id);
    const { queue, deadLetters, controller } = props;
    const period = PERIOD;
    this.alarm('DeadLetters', {
      name: 'dead-letters',
      says: 'A message could not be handled and was put aside',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      threshold: 1,
      periods: 1,
    });
    this.alarm('NeedsOperator', {
      name: 'needs-operator',
      says: 'Something is frozen, refused or missing and stays so until somebody decides: see events of level ERROR in the log group',
      metric: this.logMetric(operatorMetric, period),
      ...SAID_AGAIN,
    });
    this.alarm('Paused', {
      name: 'paused',
      says: 'Notice: the pause is on, and nothing is patched, released or rolled back until somebody ends it',
      metric: this.logMetric(pausedMetric, period),
      ...SAID_AGAIN,
    });
    this.alarm('OldestMessage', {
      name: 'oldest-message',
      says: 'Messages wait for half an hour: the controllers do not keep up, or do not run',
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      threshold: Duration.minutes(30).toSeconds(),
      periods: 1,
    });
    this.alarm('ControllerErrors', {
      name: 'controller-errors',
      says: 'The controllers failed repeatedly',
      metric: controller.metricErrors({ period, statistic: 'Sum' }),
      threshold: 1,
      periods: 3,
    });
  }

  /** Made by CloudWatch Logs of the controllers' log lines. */
  private logMetric({ metricNamespace, metricName, dimension }: typeof operatorMetric, period: Duration): IMetric {
    return new Metric({ namespace: metricNamespace, metricName, dimensionsMap: { [dimension]: this.props.namespace }, period, statistic: 'Sum' });
  }

  private alarm(id: string, condition: Condition): void {
    const { namespace } = this.props;
    const alarm = new Alarm(this, id, {
      alarmName: composedName(this, nameLimits.alarm, `${namespace}-golden-images-${condition.name}`, { namespace }),
      alarmDescription: `${condition.says}. ${runbook(condition.name)}`,
      metric: condition.metric,
      threshold: condition.threshold,
      evaluationPeriods: condition.periods,
      ...(condition.datapoints === undefined ? {} : { datapointsToAlarm: condition.datapoints }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...this.props.actions);
    alarm.addOkAction(...this.props.actions);
  }
}
