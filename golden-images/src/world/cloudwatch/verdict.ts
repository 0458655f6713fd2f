export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Rule {
  readonly comparison: string;
  readonly threshold: number;
  /** N of "M out of N". */
  readonly evaluationPeriods: number;
  /** M of "M out of N". */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
}

const comparisons: Record<string, (value: number, threshold: number) => boolean> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

export const isComparison = (name: string): boolean => name in comparisons;

/**
 * The state of an alarm by its last N values, a missing one being undefined ("Configuring how CloudWatch alarms treat missing
 * data"). With `missing`, what there is decides; with `ignore`, the state stays until real data decides.
 * Fewer real values than are needed decide as that guide's table does (assumption: treat-missing-data-table).
 */
export function verdict(rule: Rule, values: ReadonlyArray<number | undefined>, current: AlarmState): AlarmState {
  const real = values.filter((value): value is number => value !== undefined);
  const missing = values.length - real.length;
  const breaching = real.filter((value) => comparisons[rule.comparison]!(value, rule.threshold)).length;
  if (breaching >= rule.datapointsToAlarm) return 'ALARM';
  switch (rule.treatMissingData) {
    case 'breaching': return breaching + missing >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
    case 'notBreaching': return 'OK';
    case 'ignore': return breaching + missing >= rule.datapointsToAlarm ? current : 'OK';
    default:
      if (real.length === 0) return 'INSUFFICIENT_DATA';
      return breaching === real.length && real.length < rule.datapointsToAlarm ? 'ALARM' : 'OK';
  }
}
