import { NotModelled, type Properties, type ResourceType } from '../kernel';
import type { SchedulerService } from '../scheduler';

export function schedulerResourceTypes(scheduler: SchedulerService): Record<string, ResourceType> {
  return { 'AWS::Scheduler::Schedule': scheduleType(scheduler), 'AWS::Scheduler::ScheduleGroup': groupType(scheduler) };
}

function scheduleType(scheduler: SchedulerService): ResourceType {
  const put = (name: string, properties: Properties, how: 'create' | 'update'): void => {
    scheduler.put({ ...(properties as Parameters<SchedulerService['put']>[0]), Name: name }, how);
  };
  return {
    properties: {
      Name: 'replace',
      GroupName: 'update',
      Description: 'update',
      EndDate: 'update',
      FlexibleTimeWindow: 'update',
      KmsKeyArn: 'update',
      ScheduleExpression: 'update',
      ScheduleExpressionTimezone: 'update',
      StartDate: 'update',
      State: 'update',
      Target: 'update',
    },
    create: (context, properties) => {
      const name = properties.Name ?? context.generateName(64);
      put(name, properties, 'create');
      return name;
    },
    update: (_, name, properties, previous) => {
      const moved = properties.GroupName !== previous.GroupName;
      put(name, properties, moved ? 'create' : 'update');
      if (moved) scheduler.delete(previous.GroupName, name);
    },
    delete: (_, name, properties) => scheduler.delete(properties.GroupName, name),
    attribute: (name, attribute, properties) => {
      if (attribute === 'Arn') return scheduler.arn(properties.GroupName, name);
      throw new NotModelled(`the attribute ${attribute} of AWS::Scheduler::Schedule`);
    },
  };
}

function groupType(scheduler: SchedulerService): ResourceType {
  return {
    properties: { Name: 'replace', Tags: 'update' },
    create: (context, properties) => {
      const name = properties.Name ?? context.generateName(64);
      scheduler.createGroup(name);
      return name;
    },
    update: () => undefined,
    delete: (_, name) => scheduler.deleteGroup(name),
    attribute: (name, attribute) => {
      if (attribute === 'Arn') return scheduler.groupArn(name);
      throw new NotModelled(`the attribute ${attribute} of AWS::Scheduler::ScheduleGroup`);
    },
  };
}
