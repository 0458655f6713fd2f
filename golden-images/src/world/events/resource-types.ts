import type { EventsService } from '../events';
import { NotModelled, type Properties, type ResourceType } from '../kernel';

export function eventsResourceTypes(events: EventsService): Record<string, ResourceType> {
  return { 'AWS::Events::Rule': ruleType(events), 'AWS::Events::EventBus': busType(events) };
}

/** The physical id of a rule: its name, on another bus than the default one `bus|name`. */
function ruleType(events: EventsService): ResourceType {
  const call = (operation: string, input: Properties): unknown => events.operations[operation]!(input);
  const put = (name: string, properties: Properties, previous: Properties = {}): void => {
    const { Targets: targets = [], Name: _name, EventPattern: pattern, ...rest } = properties;
    call('PutRule', { ...rest, Name: name, ...(pattern ? { EventPattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern) } : {}) });
    const EventBusName = properties.EventBusName;
    const gone = ids(previous.Targets).filter((id) => !ids(targets).includes(id));
    if (gone.length > 0) call('RemoveTargets', { Rule: name, EventBusName, Ids: gone });
    if (targets.length > 0) call('PutTargets', { Rule: name, EventBusName, Targets: targets });
  };
  return {
    properties: {
      Name: 'replace',
      EventBusName: 'replace',
      Description: 'update',
      EventPattern: 'update',
      RoleArn: 'update',
      ScheduleExpression: 'update',
      State: 'update',
      Targets: 'update',
      Tags: 'update',
    },
    create: (context, properties) => {
      const name = properties.Name ?? context.generateName(64);
      put(name, properties);
      return properties.EventBusName && properties.EventBusName !== 'default' ? `${properties.EventBusName.split('/').pop()}|${name}` : name;
    },
    update: (_, id, properties, previous) => put(id.split('|').pop()!, properties, previous),
    delete: (_, id, properties) => {
      const name = id.split('|').pop()!;
      const EventBusName = properties.EventBusName;
      if (!events.bus(EventBusName).has(name)) return;
      call('RemoveTargets', { Rule: name, EventBusName, Ids: [...events.rule(EventBusName, name).targets.keys()] });
      call('DeleteRule', { Name: name, EventBusName });
    },
    attribute: (id, name, properties) => {
      if (name === 'Arn') return events.rule(properties.EventBusName, id.split('|').pop()!).arn;
      throw new NotModelled(`the attribute ${name} of AWS::Events::Rule`);
    },
  };
}

const ids = (targets: Properties[] = []): string[] => targets.map((target) => target.Id);

/** Its description and policy are recorded. */
function busType(events: EventsService): ResourceType {
  return {
    properties: { Name: 'replace', Description: 'update', Policy: 'update', Tags: 'update' },
    create: (_, properties) => {
      events.operations.CreateEventBus!({ Name: properties.Name });
      return properties.Name;
    },
    update: () => undefined,
    delete: (_, name) => events.operations.DeleteEventBus!({ Name: name }),
    attribute: (busName, name) => {
      if (name === 'Name') return busName;
      if (name === 'Arn') return events.operations.DescribeEventBus!({ Name: busName }).Arn;
      throw new NotModelled(`the attribute ${name} of AWS::Events::EventBus`);
    },
  };
}
