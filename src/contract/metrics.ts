interface LogMetric {
  readonly metricNamespace: string;
  readonly metricName: string;
  /** Member of every log line that names the control plane. */
  readonly dimension: string;
}

/** Counted by the handlers in their log lines (embedded metric format); one alarm a stack looks at each. */
const counted = (metricName: string): LogMetric => ({ metricNamespace: 'GoldenImages', metricName, dimension: 'namespace' });

/** What only an operator can end, counted each time that a controller meets it. */
export const operatorMetric = counted('NeedsOperator');

/** The pause, counted each time that the controllers leave something undone because of it: at the latest at each sweep. */
export const pausedMetric = counted('Paused');
