import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../../domain/fleet';
import type { Alarms } from '../../ports-fleet';
import { callAws } from '../errors';

/** DescribeAlarms takes 100 names, and gives 100 records by default at most where asked to. */
const CHUNK = 100;

export class CloudWatchAlarms implements Alarms {
  public constructor(private readonly client: CloudWatchClient) {}

  public async states(names: readonly string[]): Promise<Alarm[]> {
    const alarms: Alarm[] = [];
    for (let start = 0; start < names.length; start += CHUNK) {
      const { MetricAlarms: metric = [], CompositeAlarms: composite = [] } = await callAws('cloudwatch:DescribeAlarms', () =>
        this.client.send(new DescribeAlarmsCommand({
          AlarmNames: names.slice(start, start + CHUNK), AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: CHUNK,
        })));
      alarms.push(...[...metric, ...composite].flatMap(({ AlarmName: name, StateValue: state }) => (name ? [{ name, red: state === 'ALARM' }] : [])));
    }
    return alarms;
  }
}
