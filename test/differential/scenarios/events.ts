import { call, type Scenario } from '../harness/step';

const events = (operation: string, input = {}) => call(`events:${operation}`, input);
const PATTERN = JSON.stringify({ source: ['aws.ec2'], detail: { state: ['running'] } });
const rule = (Name: string, more = {}) => events('PutRule', { Name, EventPattern: PATTERN, ...more });
const QUEUE = 'arn:aws:sqs:eu-central-1:123456789012:q';
const target = (Id: string) => ({ Id, Arn: QUEUE });
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
];
