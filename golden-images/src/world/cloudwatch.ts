import { checkMetricAlarm, ruleOf, watched, type Alarm, type AlarmInput } from './cloudwatch/alarm';
import { CompositeRule } from './cloudwatch/composite-rule';
import { metricKey, Series, type Dimension } from './cloudwatch/metrics';
import { cloudWatchOperations } from './cloudwatch/operations';
import { cloudWatchResourceTypes } from './cloudwatch/resource-types';
import { notifyStateChange } from './cloudwatch/state-change';
import { verdict, type AlarmState } from './cloudwatch/verdict';
import { AwsError, Service, type Operation, type ResourceType, type Scheduled, type World } from './kernel';

const MINUTE = 60_000;

/**
 * Amazon CloudWatch: metrics and alarms. Alarms are evaluated at whole minutes, but only at those at which what they see
 * changes: when data came, and when it leaves a period. Dashboards are recorded.
 */
export class CloudWatchService extends Service {
  public override readonly signingName = 'monitoring';
  public override readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  public readonly dashboards = new Map<string, string>();
  private readonly metrics = new Map<string, Series>();
  private readonly byName = new Map<string, Alarm>();
  private readonly evaluations = new Map<string, Scheduled & { at: number }>();

  public constructor(world: World) {
    super(world);
    this.operations = cloudWatchOperations(world, this);
    this.resourceTypes = cloudWatchResourceTypes(this);
  }

  public get alarms(): Alarm[] {
    return [...this.byName.values()];
  }

  public alarm(nameOrArn: string): Alarm | undefined {
    return this.byName.get(nameOrArn.split(':alarm:').pop()!);
  }

  /** The state of an alarm, by name or ARN. */
  public alarmState(name: string): AlarmState | undefined {
    return this.alarm(name)?.state;
  }

  /** Sets a state by hand. As on AWS it lasts until the next evaluation: within the minute, unless nothing says otherwise. */
  public setAlarmState(name: string, state: AlarmState, reason: string): void {
    const alarm = this.alarm(name);
    if (!alarm) throw new AwsError('ResourceNotFound', `alarm ${name} does not exist`, 404);
    this.change(alarm, state, reason);
    if (alarm.type === 'MetricAlarm') this.evaluateAt(alarm, nextMinute(this.world.now));
  }

  /** Puts one sample, or `count` of them; at the present moment unless `at` says otherwise. */
  public putMetric(
    namespace: string, name: string, dimensions: readonly Dimension[], value: number, options: { at?: number; count?: number } = {},
  ): void {
    this.series(namespace, name, dimensions).put(options.at ?? this.world.now, value, options.count);
    this.touched(metricKey(namespace, name, dimensions));
  }

  /** Sets a metric that a service reports each minute, until it is set again. */
  public setGauge(namespace: string, name: string, dimensions: readonly Dimension[], value: number): void {
    if (this.series(namespace, name, dimensions).level(this.world.now, value)) this.touched(metricKey(namespace, name, dimensions));
  }

  public series(namespace: string, name: string, dimensions: readonly Dimension[]): Series {
    const key = metricKey(namespace, name, dimensions);
    let series = this.metrics.get(key);
    if (!series) this.metrics.set(key, (series = new Series(namespace, name, dimensions)));
    return series;
  }

  public putMetricAlarm(input: AlarmInput): void {
    checkMetricAlarm(input);
    this.evaluateAt(this.put('MetricAlarm', input), nextMinute(this.world.now));
  }

  public putCompositeAlarm(input: AlarmInput): void {
    new CompositeRule(input.AlarmRule ?? '');
    this.put('CompositeAlarm', input);
    this.evaluateComposites();
  }

  public deleteAlarms(names: string[]): void {
    for (const name of names) {
      this.evaluations.get(name)?.cancel();
      this.evaluations.delete(name);
      this.byName.delete(name);
    }
  }

  public putDashboard(name: string, body: unknown): void {
    this.dashboards.set(name, String(body));
  }

  private put(type: Alarm['type'], input: AlarmInput): Alarm {
    const name: string = input.AlarmName;
    const { now } = this.world;
    const before = this.byName.get(name);
    // Updating an alarm keeps its state (API reference of PutMetricAlarm).
    const state = { state: before?.state ?? ('INSUFFICIENT_DATA' as const), stateUpdatedAt: before?.stateUpdatedAt ?? now };
    const arn = this.world.arn('cloudwatch', `alarm:${name}`);
    const alarm: Alarm = { name, arn, type, input, updatedAt: now, reason: before?.reason ?? 'Unchecked: Initial alarm creation', ...state };
    this.byName.set(name, alarm);
    return alarm;
  }

  private touched(key: string): void {
    for (const alarm of this.byName.values()) {
      if (alarm.type === 'MetricAlarm' && watched(alarm.input).key === key) this.evaluateAt(alarm, nextMinute(this.world.now));
    }
  }

  private evaluateAt(alarm: Alarm, at: number): void {
    const planned = this.evaluations.get(alarm.name);
    if (planned && planned.at <= at) return;
    planned?.cancel();
    const entry = this.world.timeline.schedule(at - this.world.now, `alarm ${alarm.name}`, () => this.evaluate(alarm.name), { background: true });
    this.evaluations.set(alarm.name, { at, cancel: () => entry.cancel() });
  }

  /** assumption: alarm-evaluation-minute. The windows end at the minute of the evaluation. */
  private evaluate(name: string): void {
    this.evaluations.delete(name);
    const alarm = this.byName.get(name);
    if (!alarm) return;
    const rule = ruleOf(alarm.input);
    const metric = watched(alarm.input);
    const series = this.series(metric.namespace, metric.name, metric.dimensions);
    const { now } = this.world;
    const period = metric.period * 1000;
    const window = (k: number): number | undefined => series.statistic(metric.statistic, now - (k + 1) * period, now - k * period);
    const values = Array.from({ length: rule.evaluationPeriods }, (_, k) => window(k));
    const state = verdict(rule, values, alarm.state);
    if (state !== alarm.state) this.change(alarm, state, reasonOf(state, values, rule.comparison, rule.threshold));
    const next = nextChange(series, now, period, rule.evaluationPeriods);
    if (next !== undefined) this.evaluateAt(alarm, next);
  }

  private change(alarm: Alarm, state: AlarmState, reason: string): void {
    const previous = { value: alarm.state, at: alarm.stateUpdatedAt };
    alarm.state = state;
    alarm.reason = reason;
    if (previous.value === state) return;
    alarm.stateUpdatedAt = this.world.now;
    notifyStateChange(this.world, alarm, previous);
    this.evaluateComposites();
  }

  private evaluateComposites(): void {
    for (const alarm of this.byName.values()) {
      if (alarm.type !== 'CompositeAlarm') continue;
      const rule = new CompositeRule(alarm.input.AlarmRule);
      const state = rule.holds((name) => this.alarmState(name)) ? 'ALARM' : 'OK';
      if (state !== alarm.state) this.change(alarm, state, `alarm rule ${alarm.input.AlarmRule} is ${state === 'ALARM'}`);
    }
  }
}

const nextMinute = (now: number): number => Math.floor(now / MINUTE) * MINUTE + MINUTE;

/** The next minute at which a change of the data enters a window or passes from one to the next. */
function nextChange(series: Series, now: number, period: number, periods: number): number | undefined {
  const due = series.changes(now - periods * period - MINUTE)
    .flatMap((at) => Array.from({ length: periods + 1 }, (_, k) => nextMinute(at) + k * period))
    .filter((at) => at > now);
  return due.length > 0 ? Math.min(...due) : undefined;
}

function reasonOf(state: AlarmState, values: ReadonlyArray<number | undefined>, comparison: string, threshold: number): string {
  const real = values.filter((value) => value !== undefined);
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${values.length} datapoints were unknown.`;
  const words = comparison.replace(/([A-Z])/g, ' $1').toLowerCase().replace(' to threshold', ' to the threshold').trim();
  return `Threshold Crossed: ${real.length} out of the last ${values.length} datapoints [${real.join(', ')}] ${state === 'ALARM' ? 'were' : 'were not'} ${words} (${threshold}).`;
}
