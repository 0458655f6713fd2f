import { NotModelled } from '../kernel';

/** A value that a log line brings to a metric. */
export interface EmbeddedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
  readonly values: readonly number[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A line that says it is in the format, and is not: no metric comes of it. */
export class InvalidEmbeddedMetrics extends Error {}

// A JSON document of anybody; checked below.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/**
 * The metrics in a line that is one JSON object in the embedded metric format. "Specification: Embedded metric format": members that the
 * specification does not know are ignored; a target member of a metric is a number or up to 100 of them, one of a dimension a string.
 */
export function embeddedMetrics(line: string): EmbeddedMetric[] {
  const root = documentOf(line);
  if (!root) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = root._aws;
  check(Number.isInteger(at), 'Timestamp is no number');
  return list(directives, 'CloudWatchMetrics').flatMap((directive) => metricsOf(root, directive, at));
}

function documentOf(line: string): Json {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return undefined;
  try {
    const root: Json = JSON.parse(line);
    return Array.isArray(root._aws?.CloudWatchMetrics) ? root : undefined;
  } catch {
    return undefined;
  }
}

function metricsOf(root: Json, directive: Json, at: number): EmbeddedMetric[] {
  const { Namespace: namespace } = directive;
  check(typeof namespace === 'string' && /^[^:].{0,1023}$/.test(namespace), 'Namespace is no text of 1 to 1024 characters');
  const metrics = list(directive.Metrics, 'Metrics', 100);
  return list(directive.Dimensions, 'Dimensions').flatMap((set) => {
    const dimensions = list(set, 'a dimension set', 30).map((key: string) => ({ Name: key, Value: dimension(root, key) }));
    return metrics.map((metric) => ({ namespace, name: metric.Name, dimensions, values: valuesOf(root, metric), at }));
  });
}

function dimension(root: Json, key: string): string {
  check(typeof root[key] === 'string' && root[key].length > 0, `dimension ${key} has no text as its value`);
  return root[key];
}

function valuesOf(root: Json, { Name: name, StorageResolution: resolution = 60 }: Json): number[] {
  if (resolution !== 60) throw new NotModelled('metrics of high resolution in the embedded metric format');
  const values = Array.isArray(root[name]) ? root[name] : [root[name]];
  check(values.length > 0 && values.length <= 100 && values.every((each: unknown) => typeof each === 'number'), `metric ${name} has no number as its value`);
  return values;
}

function list(value: unknown, what: string, maximum = Infinity): Json[] {
  check(Array.isArray(value) && value.length <= maximum, `${what} is no list of at most ${maximum}`);
  return value as Json[];
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new InvalidEmbeddedMetrics(otherwise);
}
