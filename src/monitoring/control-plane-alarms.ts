import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IAlarmAction, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const RUNBOOK = 'https://github.com/cdk-golden-images/cdk-golden-images/blob/main/docs/runbook.md';

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
}

/** The alarms that say that images and fleets are no longer looked after. */
export class ControlPlaneAlarms extends Construct {
  public constructor(scope: Construct, id: string, private readonly props: ControlPlaneAlarmsProps) {
    super(scope, id);
    const { queue, deadLetters, controller } = props;
    const period = Duration.minutes(5);
    this.alarm('DeadLetters', {
      name: 'dead-letters',
      says: 'A message could not be handled and was put aside',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      threshold: 1,
      periods: 1,
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
      says: 'The controllers failed again and again',
      metric: controller.metricErrors({ period, statistic: 'Sum' }),
      threshold: 1,
      periods: 3,
    });
  }

  private alarm(id: string, condition: Condition): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.props.namespace}-golden-images-${condition.name}`,
      alarmDescription: `${condition.says}. ${RUNBOOK}#${condition.name}`,
      metric: condition.metric,
      threshold: condition.threshold,
      evaluationPeriods: condition.periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...this.props.actions);
    alarm.addOkAction(...this.props.actions);
  }
}
