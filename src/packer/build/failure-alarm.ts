import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData, type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ControlPlaneSettings } from '../../control-plane/settings';
import { runbook } from '../../monitoring/runbook';
import { nameLimits } from '../../private/limits';
import { idFollowsName } from '../../private/logical-ids';
import { composedName } from '../../private/names';

export interface FailureAlarmProps {
  readonly projectName: string;
  readonly namespace: string;
  readonly imageName: string;
}

/** Red for an hour after a build that failed: the controller tries twice more, and then waits for a change. */
export class FailureAlarm extends Construct {
  public constructor(scope: Construct, id: string, { projectName, namespace, imageName }: FailureAlarmProps) {
    super(scope, id);
    const period = Duration.minutes(5);
    const alarm = new Alarm(this, 'Resource', {
      alarmName: composedName(this, nameLimits.alarm, `${namespace}-golden-images-build-failed-${imageName}`, { namespace, imageName }),
      alarmDescription: `A build by Packer failed. ${runbook('build-failed')}`,
      metric: new Metric({ namespace: 'AWS/CodeBuild', metricName: 'FailedBuilds', dimensionsMap: { ProjectName: projectName }, period, statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 12,
      datapointsToAlarm: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    idFollowsName(alarm.node.defaultChild as CfnAlarm, 'FailureAlarm', imageName);
    const actions = ControlPlaneSettings._of(this).alarmActions ?? [];
    alarm.addAlarmAction(...actions);
    alarm.addOkAction(...actions);
  }
}
