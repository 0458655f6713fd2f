import type { EventsService } from '../events';
import { AwsError, page, refuseUnknown, type Operation, type World } from '../kernel';
import { compilePattern } from './pattern';
import { checkTarget, type Rule, type Target } from './rule';
import { parseSchedule } from '../schedule/expression';
import { Recurrence } from '../schedule/recurrence';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Input = any;

export function ruleOperations(world: World, events: EventsService): Record<string, Operation> {
  return {
    PutRule: (input) => ({ RuleArn: putRule(world, events, input).arn }),
    DeleteRule: (input) => deleteRule(events, input),
    DescribeRule: (input) => described(events.rule(input.EventBusName, input.Name)),
    ListRules: (input) => {
      refuseUnknown('events:ListRules', input, ['NamePrefix', 'EventBusName', 'Limit', 'NextToken']);
      return listed(input, [...events.bus(input.EventBusName).values()].filter((rule) => rule.name.startsWith(input.NamePrefix ?? '')).map(described), 'Rules');
    },
    ListTargetsByRule: (input) => listed(input, [...events.rule(input.EventBusName, input.Rule).targets.values()], 'Targets'),
    ListRuleNamesByTarget: (input) => {
      const rules = [...events.bus(input.EventBusName).values()];
      return listed(input, rules.filter((rule) => [...rule.targets.values()].some((target) => target.Arn === input.TargetArn)).map((rule) => rule.name), 'RuleNames');
    },
    PutTargets: (input) => putTargets(events, input),
    RemoveTargets: (input) => {
      const rule = events.rule(input.EventBusName, input.Rule);
      const missing = (input.Ids as string[]).filter((id) => !rule.targets.delete(id));
      return { FailedEntryCount: missing.length, FailedEntries: missing.map((TargetId) => ({ TargetId, ErrorCode: 'ResourceNotFoundException' })) };
    },
    EnableRule: (input) => enable(events.rule(input.EventBusName, input.Name), true),
    DisableRule: (input) => enable(events.rule(input.EventBusName, input.Name), false),
    TestEventPattern: (input) => ({ Result: compilePattern(input.EventPattern)(JSON.parse(input.Event)) }),
  };
}

function putRule(world: World, events: EventsService, input: Input): Rule {
  refuseUnknown('events:PutRule', input, ['Name', 'ScheduleExpression', 'EventPattern', 'State', 'Description', 'RoleArn', 'Tags', 'EventBusName']);
  const { Name: name, EventPattern: pattern, ScheduleExpression: expression } = input;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name ?? '')) throw validation(`Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`);
  if (!pattern && !expression) throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  // "Amazon EventBridge quotas": an event pattern has 2,048 characters by default (assumption: event-pattern-limit-error).
  if (pattern && pattern.length > 2048) throw new AwsError('LimitExceededException', 'Event pattern is longer than 2048 characters.');
  const busName = String(input.EventBusName ?? 'default').split('event-bus/').pop()!;
  const bus = events.bus(busName);
  const before = bus.get(name);
  const rule: Rule = {
    name,
    bus: busName,
    arn: world.arn('events', `rule/${busName === 'default' ? '' : `${busName}/`}${name}`),
    description: input.Description,
    roleArn: input.RoleArn,
    ...(pattern ? { eventPattern: pattern, matches: compilePattern(pattern) } : {}),
    ...(expression ? { scheduleExpression: expression, recurrence: recurrence(world, events, busName, name, expression) } : {}),
    enabled: input.State !== 'DISABLED',
    targets: before?.targets ?? new Map<string, Target>(),
  };
  before?.recurrence?.stop();
  bus.set(name, rule);
  enable(rule, rule.enabled);
  return rule;
}

function recurrence(world: World, events: EventsService, bus: string, name: string, expression: string): Recurrence {
  const schedule = parseSchedule(expression, { start: world.now });
  if (!schedule || schedule.type === 'at') throw validation('Parameter ScheduleExpression is not valid.');
  if (bus !== 'default') throw validation('ScheduleExpression is supported only on the default event bus.');
  return new Recurrence(world, `schedule of rule ${name}`, schedule, () => events.fire(events.rule(bus, name)));
}

function enable(rule: Rule, enabled: boolean): void {
  rule.enabled = enabled;
  if (enabled) rule.recurrence?.start();
  else rule.recurrence?.stop();
}

function deleteRule(events: EventsService, input: Input): void {
  const bus = events.bus(input.EventBusName);
  const rule = bus.get(input.Name);
  if (!rule) return;
  if (rule.targets.size > 0) throw validation("Rule can't be deleted since it has targets.");
  rule.recurrence?.stop();
  bus.delete(rule.name);
}

function putTargets(events: EventsService, input: Input): Record<string, unknown> {
  const rule = events.rule(input.EventBusName, input.Rule);
  const targets: Target[] = input.Targets ?? [];
  targets.forEach(checkTarget);
  const ids = new Set([...rule.targets.keys(), ...targets.map((target) => target.Id)]);
  if (ids.size > 5) throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed: 5 targets per rule.');
  for (const target of targets) rule.targets.set(target.Id, target);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

const described = (rule: Rule): Record<string, unknown> => ({
  Name: rule.name,
  Arn: rule.arn,
  EventBusName: rule.bus,
  State: rule.enabled ? 'ENABLED' : 'DISABLED',
  ...(rule.description ? { Description: rule.description } : {}),
  ...(rule.roleArn ? { RoleArn: rule.roleArn } : {}),
  ...(rule.eventPattern ? { EventPattern: rule.eventPattern } : {}),
  ...(rule.scheduleExpression ? { ScheduleExpression: rule.scheduleExpression } : {}),
});

function listed(input: { Limit?: number; NextToken?: string }, all: unknown[], member: string): Record<string, unknown> {
  const { items, ...rest } = page(all, input.Limit ?? 100, input.NextToken);
  return { [member]: items, ...rest };
}

const validation = (message: string): AwsError => new AwsError('ValidationException', message);
