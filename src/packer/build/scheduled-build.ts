import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { BuildScheduleConfig } from '../../image/build-schedule';
import { explain } from '../../private/findings';

/** Starts a project of AWS CodeBuild on a schedule. */
export class ScheduledBuild extends Construct {
  public constructor(scope: Construct, id: string, projectArn: string, { expression, timeZone }: BuildScheduleConfig) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }),
      inlinePolicies: { Start: new PolicyDocument({ statements: [new PolicyStatement({ actions: ['codebuild:StartBuild'], resources: [projectArn] })] }) },
    });
    explain(role, 'IAMNoInlinePolicy');
    new CfnSchedule(this, 'Resource', {
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      // While a build runs there is no other one: what is tried for longer would build twice in a row.
      target: { arn: projectArn, roleArn: role.roleArn, retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 3 } },
    });
  }
}
