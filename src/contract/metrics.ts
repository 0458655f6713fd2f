/**
 * What only an operator can end, counted each time that a controller meets it. The handlers write it into their log lines (embedded metric
 * format), one alarm a stack looks at it.
 */
export const operatorMetric = {
  metricNamespace: 'GoldenImages',
  metricName: 'NeedsOperator',
  /** Member of every log line that names the control plane. */
  dimension: 'namespace',
} as const;
