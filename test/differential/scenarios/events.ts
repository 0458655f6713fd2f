import { call, type Scenario } from '../harness/step';

const events = (operation: string, input = {}) => call(`events:${operation}`, input);
const PATTERN = JSON.stringify({ source: ['aws.ec2'], detail: { state: ['running'] } });
const rule = (Name: string, more = {}) => events('PutRule', { Name, EventPattern: PATTERN, ...more });
const QUEUE = 'arn:aws:sqs:eu-central-1:123456789012:q';
const target = (Id: string) => ({ Id, Arn: QUEUE });
const test = (pattern: object, event: object) => events('TestEventPattern', {
  EventPattern: JSON.stringify(pattern),
  Event: JSON.stringify({ 'id': '1', 'account': '123456789012', 'source': 'aws.ec2', 'time': '2026-01-05T00:00:00Z', 'region': 'eu-central-1', 'resources': [], 'detail-type': 'T', ...event }),
});

export const eventBridge: Scenario[] = [
  {
    name: 'rules and their targets',
    steps: [
      rule('a', { Description: 'first' }), rule('b', { State: 'DISABLED' }), events('PutRule', { Name: 'c', ScheduleExpression: 'rate(5 minutes)' }),
      events('DescribeRule', { Name: 'a' }), events('DescribeRule', { Name: 'b' }), events('ListRules'), events('ListRules', { NamePrefix: 'b' }),
      events('DisableRule', { Name: 'a' }), events('DescribeRule', { Name: 'a' }), events('EnableRule', { Name: 'a' }), events('DescribeRule', { Name: 'a' }),
      rule('a', { Description: 'second' }), events('DescribeRule', { Name: 'a' }),
      events('PutTargets', { Rule: 'a', Targets: [target('1'), { ...target('2'), InputPath: '$.detail' }] }),
      events('PutTargets', { Rule: 'a', Targets: [{ ...target('1'), Input: '{"x":1}' }] }),
      events('ListTargetsByRule', { Rule: 'a' }), events('ListRuleNamesByTarget', { TargetArn: QUEUE }),
      events('DeleteRule', { Name: 'a' }),
      events('RemoveTargets', { Rule: 'a', Ids: ['1'] }), events('RemoveTargets', { Rule: 'a', Ids: ['2'] }),
      events('DeleteRule', { Name: 'a' }), events('DeleteRule', { Name: 'a' }), events('DescribeRule', { Name: 'a' }), events('ListRules'),
    ],
  },
  {
    name: 'rules that are not accepted',
    steps: [
      events('PutRule', { Name: 'x' }), rule('bad name'), events('PutRule', { Name: 'x', EventPattern: '{' }), events('PutRule', { Name: 'x', EventPattern: '{"source":"aws.ec2"}' }),
      events('PutRule', { Name: 'x', ScheduleExpression: 'rate(1 minutes)' }), events('PutRule', { Name: 'x', ScheduleExpression: 'nonsense' }),
      events('DescribeRule', { Name: 'none' }), events('EnableRule', { Name: 'none' }), events('DisableRule', { Name: 'none' }),
      events('PutTargets', { Rule: 'none', Targets: [target('1')] }), events('RemoveTargets', { Rule: 'none', Ids: ['1'] }), events('ListTargetsByRule', { Rule: 'none' }),
      rule('x', { EventBusName: 'none' }), events('ListRules', { EventBusName: 'none' }),
    ],
  },
  {
    name: 'event buses',
    steps: [
      events('CreateEventBus', { Name: 'own' }), events('CreateEventBus', { Name: 'own' }), events('DescribeEventBus', { Name: 'own' }), events('DescribeEventBus', {}),
      events('DescribeEventBus', { Name: 'none' }), events('ListEventBuses'), rule('x', { EventBusName: 'own' }), events('ListRules', { EventBusName: 'own' }), events('ListRules'),
      events('DescribeRule', { Name: 'x', EventBusName: 'own' }), events('DescribeRule', { Name: 'x' }), events('DeleteRule', { Name: 'x', EventBusName: 'own' }),
      events('DeleteEventBus', { Name: 'own' }), events('DeleteEventBus', { Name: 'default' }), events('ListEventBuses'),
      events('PutEvents', { Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}' }, { Source: 'a', DetailType: 'b', Detail: 'x' }, { DetailType: 'b', Detail: '{}' }] }),
    ],
  },
  {
    name: 'event patterns',
    steps: [
      test({ source: ['aws.ec2'] }, { detail: {} }), test({ source: ['aws.s3'] }, { detail: {} }),
      test({ source: [{ prefix: 'aws.' }] }, { detail: {} }),
      test({ detail: { a: [{ exists: true }] } }, { detail: { a: 1 } }), test({ detail: { a: [{ exists: false }] } }, { detail: { a: 1 } }),
      test({ detail: { a: [{ 'anything-but': ['x'] }] } }, { detail: { a: 'y' } }), test({ detail: { a: [{ 'anything-but': ['x'] }] } }, { detail: { a: 'x' } }),
      test({ detail: { n: [{ numeric: ['>', 1, '<=', 3] }] } }, { detail: { n: 3 } }), test({ detail: { n: [{ numeric: ['>', 1, '<=', 3] }] } }, { detail: { n: 4 } }),
      test({ detail: { a: ['x'] } }, { detail: { a: ['w', 'x'] } }), test({ detail: { a: { b: ['c'] } } }, { detail: { a: { b: 'c' } } }),
      test({ detail: { a: [{ suffix: 'z' }] } }, { detail: { a: 'xyz' } }), test({ detail: { a: [{ 'equals-ignore-case': 'XyZ' }] } }, { detail: { a: 'xyz' } }),
      test({ detail: { a: [null] } }, { detail: { a: null } }), test({ $or: [{ source: ['x'] }, { source: ['aws.ec2'] }] }, { detail: {} }),
    ],
  },
];
