import type { EventsService } from '../events';
import { AwsError, refuseUnknown, type Operation, type World } from '../kernel';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Input = any;

export function eventBusOperations(world: World, events: EventsService): Record<string, Operation> {
  const described = (name: string): Record<string, string> => ({ Name: name, Arn: world.arn('events', `event-bus/${name}`) });
  return {
    PutEvents: (input) => putEvents(world, events, input.Entries ?? []),
    CreateEventBus: (input) => {
      refuseUnknown('events:CreateEventBus', input, ['Name', 'Description', 'Tags']);
      if (events.buses.has(input.Name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${input.Name} already exists.`);
      events.buses.set(input.Name, new Map());
      return { EventBusArn: described(input.Name).Arn };
    },
    DeleteEventBus: (input) => {
      if (input.Name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
      if (events.buses.get(input.Name)?.size) throw new AwsError('ValidationException', `Event bus ${input.Name} cannot be deleted: it has rules.`);
      events.buses.delete(input.Name);
    },
    DescribeEventBus: (input) => {
      events.bus(input.Name);
      return described(input.Name ?? 'default');
    },
    ListEventBuses: (input) => {
      refuseUnknown('events:ListEventBuses', input, ['NamePrefix', 'Limit']);
      return { EventBuses: [...events.buses.keys()].filter((name) => name.startsWith(input.NamePrefix ?? '')).map(described) };
    },
  };
}

function putEvents(world: World, events: EventsService, entries: Input[]): Record<string, unknown> {
  if (entries.length < 1 || entries.length > 10) {
    throw new AwsError('ValidationException', `1 validation error detected: Value '${entries.length}' at 'entries' failed to satisfy constraint: Member must have length between 1 and 10`);
  }
  const results = entries.map((entry) => putEvent(world, events, entry));
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

/** A bad entry fails by itself, with an error code in the answer. */
function putEvent(world: World, events: EventsService, entry: Input): Record<string, string> {
  refuseUnknown('events:PutEvents Entries', entry, ['Time', 'Source', 'Resources', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader']);
  const failed = (ErrorCode: string, ErrorMessage: string): Record<string, string> => ({ ErrorCode, ErrorMessage });
  for (const member of ['Source', 'DetailType', 'Detail']) {
    if (!entry[member]) return failed('InvalidArgument', `Parameter ${member} is not valid. Reason: ${member} is a required argument.`);
  }
  if (entry.Source.startsWith('aws.')) return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parsed(entry.Detail);
  if (detail === undefined) return failed('MalformedDetail', 'Detail is malformed.');
  const time = entry.Time ? new Date(entry.Time).getTime() : world.now;
  const event = events.envelope(entry.Source, entry.DetailType, detail, entry.Resources ?? [], time);
  events.publish(entry.EventBusName ?? 'default', event);
  return { EventId: event.id };
}

function parsed(text: string): unknown {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
