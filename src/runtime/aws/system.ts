import { operatorMetric, pausedMetric } from '../../contract';
import type { Clock, Log } from '../ports';

export const systemClock: Clock = { now: () => Date.now() };

export const wait = (seconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

type Fields = Record<string, unknown>;

/**
 * One JSON object a line; Lambda's JSON log format takes it as it is, and CloudWatch Logs makes a metric of what is counted
 * (assumption: raw-stdout-line).
 */
export function jsonLog(fields: Fields, write: (line: string) => void = (line) => { process.stdout.write(`${line}\n`); }): Log {
  const at = (level: string) => (event: string, more: Fields = {}): void => write(JSON.stringify({ level, event, ...fields, ...more }));
  const [warn, error] = [at('WARN'), at('ERROR')];
  return {
    info: at('INFO'),
    warn,
    error,
    alert: (event, more) => error(event, { ...more, ...counted(operatorMetric, systemClock.now()) }),
    paused: (more) => warn('paused', { ...more, ...counted(pausedMetric, systemClock.now()) }),
  };
}

/** The members by which CloudWatch Logs counts a line (embedded metric format); the dimension is a member of every line. */
function counted({ metricNamespace, metricName, dimension }: typeof operatorMetric, now: number): Fields {
  const metrics = [{ Namespace: metricNamespace, Dimensions: [[dimension]], Metrics: [{ Name: metricName, Unit: 'Count' }] }];
  return { [metricName]: 1, _aws: { Timestamp: now, CloudWatchMetrics: metrics } };
}
