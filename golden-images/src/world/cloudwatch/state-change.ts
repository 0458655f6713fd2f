import type { World } from '../kernel';
import { assertServiceMayUse, SEND } from '../kms/encrypted';
import { SnsService } from '../sns';
import { watched, type Alarm } from './alarm';
import type { AlarmState } from './verdict';

const actionsOf: Record<AlarmState, string> = { OK: 'OKActions', ALARM: 'AlarmActions', INSUFFICIENT_DATA: 'InsufficientDataActions' };

/** What follows from a new state: an event on the bus, and the actions, which are written to the journal. */
export function notifyStateChange(world: World, alarm: Alarm, previous: { value: AlarmState; at: number }): void {
  world.log('cloudwatch', `alarm ${alarm.name}: ${previous.value} → ${alarm.state}`, { alarm: alarm.name, state: alarm.state, reason: alarm.reason });
  world.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: { value: alarm.state, reason: alarm.reason, timestamp: timestamp(world.now) },
      previousState: { value: previous.value, timestamp: timestamp(previous.at) },
      configuration: configuration(alarm),
    },
  });
  if (alarm.input.ActionsEnabled === false) return;
  for (const action of alarm.input[actionsOf[alarm.state]] ?? []) act(world, alarm, action, previous.value);
}

/** Topics get a message; other actions are written to the journal and done by nobody. */
function act(world: World, alarm: Alarm, action: string, before: AlarmState): void {
  world.log('cloudwatch', `action of alarm ${alarm.name}`, { action, state: alarm.state });
  if (!action.includes(':sns:')) return;
  const message = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.input.AlarmDescription ?? null,
    AWSAccountId: world.account,
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: timestamp(world.now),
    Region: world.region,
    AlarmArn: alarm.arn,
    OldStateValue: before,
  };
  try {
    const topics = world.get(SnsService);
    assertServiceMayUse(world, topics.keyOf(action), 'cloudwatch.amazonaws.com', { actions: SEND, context: { 'aws:SourceArn': alarm.arn, 'aws:SourceAccount': world.account } });
    topics.publish(action, JSON.stringify(message), `${alarm.state}: "${alarm.name}" in ${world.region}`);
  } catch (error) {
    world.log('cloudwatch', `action of alarm ${alarm.name} failed: ${(error as Error).message}`);
  }
}

const timestamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

function configuration(alarm: Alarm): Record<string, unknown> {
  if (alarm.type === 'CompositeAlarm') return { alarmRule: alarm.input.AlarmRule };
  const { namespace, name, dimensions, statistic, period } = watched(alarm.input);
  const metric = { namespace, name, dimensions: Object.fromEntries(dimensions.map((each) => [each.Name, each.Value])) };
  return { metrics: [{ id: 'm1', metricStat: { metric, period, stat: statistic }, returnData: true }] };
}
