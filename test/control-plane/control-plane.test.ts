import { readFileSync } from 'fs';
import { join } from 'path';
import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { FleetIntent, ImageIntent } from '../../src/contract';
import { ControlPlaneSettings } from '../../src/control-plane';
import { ControlPlane } from '../../src/control-plane/control-plane';
import { handlerFolder } from '../../src/control-plane/package-root';

const stackOf = (id = 'Shop') => new Stack(new App(), id);

/** A control plane as the first image or fleet makes it. */
function template(id?: string): Template {
  const stack = stackOf(id);
  ControlPlane.of(stack);
  return Template.fromStack(stack);
}

const plain = template();

test('one a stack, wherever it is asked for', () => {
  const stack = stackOf();
  expect(ControlPlane.of(new Stack(stack, 'Nested'))).not.toBe(ControlPlane.of(stack));
  expect(ControlPlane.of(stack)).toBe(ControlPlane.of(ControlPlane.of(stack)));
});

const FOLLOWED = { image: 'web', channel: 'production', parameterName: '/imagebuilder/golden-images/shop/web/production' };

describe('the ledger', () => {
  test('survives its stack, and mistakes', () => {
    plain.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    });
  });
});

describe('the queue', () => {
  test('is delivered again soon after a function that was killed would have ended, for half an hour, then put aside', () => {
    plain.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 90,
      SqsManagedSseEnabled: true,
      FifoQueue: Match.absent(),
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 20 }),
    });
  });

  test('is refused without TLS', () => {
    const policies = Object.values(plain.findResources('AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(3);
    policies.forEach((policy) => expect(policy.Properties.PolicyDocument.Statement)
      .toContainEqual(expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })));
  });

  test('is consumed by two at once, message by message', () => {
    plain.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe('the functions', () => {
  test('know their namespace, ledger, queue, pause and stack', () => {
    plain.resourceCountIs('AWS::Lambda::Function', 4);
    plain.allResourcesProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          NAMESPACE: 'shop',
          LEDGER_TABLE: { Ref: Match.stringLikeRegexp('Ledger') },
          QUEUE_URL: { Ref: Match.stringLikeRegexp('Queue') },
          PAUSE_PARAMETER: '/golden-images/shop/pause',
          STACK_ID: { Ref: 'AWS::StackId' },
        },
      },
    });
  });

  test('end before their lease does', () => {
    plain.hasResourceProperties('AWS::Lambda::Function', { Timeout: 60, Description: Match.stringLikeRegexp('takes one step') });
  });

  test('log JSON to one group that forgets', () => {
    plain.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 180 });
    plain.allResourcesProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() } });
  });

  test('are not there, and the error says how to bundle them, in a checkout that was not built', () => {
    expect(() => handlerFolder('unbuilt')).toThrow(/'unbuilt' is not bundled: expected .*assets\/handlers\/unbuilt\/index.mjs; run 'npx projen bundle'/);
  });
});

describe('the rules', () => {
  const patterns = (from: Template) => Object.values(from.findResources('AWS::Events::Rule')).map(({ Properties }) => Properties);

  test('sweep every half hour', () => {
    plain.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(30 minutes)', Targets: [Match.objectLike({ Input: '{"kind":"sweep"}' })] });
  });

  test('of Image Builder see images of the namespace only', () => {
    const stack = stackOf('Shop');
    const plane = ControlPlane.of(stack);
    plane.registerImage({ intent: () => ({ name: 'web' } as ImageIntent) });
    const [rule] = patterns(Template.fromStack(stack)).filter((each) => each.EventPattern?.source[0] === 'aws.imagebuilder');
    expect(JSON.stringify(rule.EventPattern.resources)).toMatch(/^\[\{"prefix":.*":image\/shop--"\]\]\}\}\]$/);
  });

  test('never see the status documents that the controllers write', () => {
    const [rule] = patterns(plain).filter((each) => each.EventPattern?.source[0] === 'aws.ssm');
    expect(rule.EventPattern.detail.name).toEqual([{ prefix: '/imagebuilder/golden-images/shop/' }, '/golden-images/shop/pause']);
  });

  test('see this stack only', () => {
    plain.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike({ source: ['aws.cloudformation'], resources: [{ Ref: 'AWS::StackId' }] }) });
  });

  test('of groups and alarms hold a few names each, because a pattern has a limit', () => {
    const stack = stackOf();
    const plane = ControlPlane.of(stack);
    const alarmNames = Array.from({ length: 7 }, (_, index) => `alarm-${index}`);
    plane.registerFleet({ intent: () => ({ name: 'web' } as FleetIntent), follows: FOLLOWED, alarmNames });
    const rules = patterns(Template.fromStack(stack)).filter((each) => each.EventPattern?.source[0] === 'aws.cloudwatch');
    expect(rules.map((each) => each.EventPattern.detail.alarmName)).toEqual([alarmNames.slice(0, 6), alarmNames.slice(6)]);
  });

  test('all of them, and no others, may send to the queue, by one statement: the policy of a queue holds ten conditions', () => {
    const stack = stackOf();
    const alarmNames = Array.from({ length: 60 }, (_, index) => `alarm-${index}`);
    ControlPlane.of(stack).registerFleet({
      intent: () => ({ name: 'web' } as FleetIntent), follows: FOLLOWED, alarmNames,
    });
    const all = Template.fromStack(stack);
    const statements = Object.values(all.findResources('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([expect.objectContaining({ Principal: { Service: 'events.amazonaws.com' } })]);
    expect(allowed[0].Condition.ArnEquals['aws:SourceArn'].map((arn: any) => arn['Fn::GetAtt'][0]).sort())
      .toEqual(Object.keys(all.findResources('AWS::Events::Rule')).sort());
  });
});

describe('settings', () => {
  test('namespace, removal policy, retention', () => {
    const app = new App();
    ControlPlaneSettings.apply(app, { removalPolicy: RemovalPolicy.DESTROY, logRetention: RetentionDays.ONE_WEEK });
    const stack = new Stack(app, 'Shop');
    ControlPlaneSettings.apply(stack, { namespace: 'test' });
    expect(ControlPlane.of(stack).namespace).toBe('test');
    const given = Template.fromStack(stack);
    given.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    given.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7 } });
    given.hasResourceProperties('AWS::SSM::Parameter', { Name: '/golden-images/test/pause', Value: 'running' });
  });

  test('of a nested stack: that of its root, with which it shares the control plane', () => {
    const root = stackOf();
    const nested = new NestedStack(new NestedStack(root, 'Web'), 'Inner');
    expect(ControlPlane.of(nested)).toBe(ControlPlane.of(root));
    expect(() => ControlPlaneSettings.apply(nested, { namespace: 'other' })).toThrow(/Shop\/Web\/Inner: the stack is nested; expected settings of its root/);
  });

  test('a namespace that no ARN would take', () => {
    const stack = stackOf();
    ControlPlaneSettings.apply(stack, { namespace: 'Test_1' });
    expect(() => ControlPlane.of(stack)).toThrow(/^Shop: the namespace 'Test_1' is not valid; expected .*; change .*ControlPlaneSettings/);
  });

  test('after the control plane exists they come too late, and say so', () => {
    const stack = stackOf();
    ControlPlane.of(stack);
    expect(() => ControlPlaneSettings.apply(stack, { namespace: 'late' })).toThrow(/^Shop: .*exists already; expected .* before the first image or fleet/);
  });
});

describe('alarms', () => {
  test('have names that stay, and each names its section of the runbook', () => {
    const alarms = Object.values(plain.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(alarms.map((each) => each.AlarmName).sort()).toEqual([
      'shop-golden-images-controller-errors', 'shop-golden-images-dead-letters', 'shop-golden-images-needs-operator',
      'shop-golden-images-oldest-message', 'shop-golden-images-paused',
    ]);
    const runbook = readFileSync(join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
    alarms.forEach((each) => {
      const section = each.AlarmName.replace('shop-golden-images-', '');
      expect(each.AlarmDescription).toContain(`docs/runbook.md#${section}`);
      expect(runbook).toMatch(new RegExp(`^## ${section}$`, 'm'));
    });
  });

  test.each([
    ['what needs an operator', 'needs-operator', 'NeedsOperator'],
    ['a pause', 'paused', 'Paused'],
  ])('%s is said again at each sweep: the alarm lasts a little longer than that', (_, name, MetricName) => {
    plain.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `shop-golden-images-${name}`,
      Namespace: 'GoldenImages',
      MetricName,
      Dimensions: [{ Name: 'namespace', Value: 'shop' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 9,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
  });
});

test('logical ids are frozen', () => {
  expect(Object.keys(plain.toJSON().Resources).map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toMatchInlineSnapshot(`
[
  "GoldenImagesControlPlaneAlarmsControllerErrors",
  "GoldenImagesControlPlaneAlarmsDeadLetters",
  "GoldenImagesControlPlaneAlarmsNeedsOperator",
  "GoldenImagesControlPlaneAlarmsOldestMessage",
  "GoldenImagesControlPlaneAlarmsPaused",
  "GoldenImagesControlPlaneHandlersConsume",
  "GoldenImagesControlPlaneHandlersConsumeSweeps",
  "GoldenImagesControlPlaneHandlersController",
  "GoldenImagesControlPlaneHandlersControllerRole",
  "GoldenImagesControlPlaneHandlersGuard",
  "GoldenImagesControlPlaneHandlersGuardRole",
  "GoldenImagesControlPlaneHandlersRegistry",
  "GoldenImagesControlPlaneHandlersRegistryRole",
  "GoldenImagesControlPlaneHandlersSeed",
  "GoldenImagesControlPlaneHandlersSeedRole",
  "GoldenImagesControlPlaneLedger",
  "GoldenImagesControlPlaneLedgerAccess",
  "GoldenImagesControlPlaneLogs",
  "GoldenImagesControlPlanePause",
  "GoldenImagesControlPlaneQueue",
  "GoldenImagesControlPlaneQueueDeadLetters",
  "GoldenImagesControlPlaneQueueDeadLettersPolicy",
  "GoldenImagesControlPlaneQueuePolicy",
  "GoldenImagesControlPlaneQueueSweeps",
  "GoldenImagesControlPlaneQueueSweepsPolicy",
  "GoldenImagesControlPlaneRegistry",
  "GoldenImagesControlPlaneRulesParameters",
  "GoldenImagesControlPlaneRulesStack",
  "GoldenImagesControlPlaneRulesSweep",
  "GoldenImagesControlPlaneSeed",
]
`);
});
