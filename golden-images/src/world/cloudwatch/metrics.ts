export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

interface Point {
  readonly at: number;
  readonly value: number;
  /** How many samples of this value. */
  readonly count: number;
}

const MINUTE = 60_000;
/** One-minute data points are kept for 15 days. */
const RETENTION = 15 * 24 * 60 * MINUTE;

export const metricKey = (namespace: string, name: string, dimensions: readonly Dimension[]): string =>
  [namespace, name, ...dimensions.map((each) => `${each.Name}=${each.Value}`).sort()].join('|');

/** One metric: data points that were put, or a gauge that a service reports once a minute. */
export class Series {
  private points: Point[] = [];
  private levels: Array<{ at: number; value: number }> = [];

  public constructor(public readonly namespace: string, public readonly name: string, public readonly dimensions: readonly Dimension[]) {}

  public put(at: number, value: number, count = 1): void {
    if (this.points.length > 0 && this.points[0]!.at < at - 2 * RETENTION) this.points = this.points.filter((point) => point.at >= at - RETENTION);
    this.points.push({ at, value, count });
  }

  /** Gives whether the level changed. */
  public level(at: number, value: number): boolean {
    const last = this.levels[this.levels.length - 1];
    if (last?.value === value) return false;
    if (this.levels.length > 1 && this.levels[1]!.at < at - RETENTION) this.levels = this.levels.filter((_, i) => (this.levels[i + 1]?.at ?? at) >= at - RETENTION);
    if (last?.at === at) this.levels.pop();
    this.levels.push({ at, value });
    return true;
  }

  /** The moments after `from` at which the samples of this metric begin to differ. */
  public changes(from: number): number[] {
    const levels = this.levels.map((each) => Math.ceil(each.at / MINUTE) * MINUTE);
    return [...this.points.map((each) => each.at), ...levels].filter((at) => at >= from);
  }

  /** A statistic over [from, to); undefined when there is no data. */
  public statistic(statistic: string, from: number, to: number): number | undefined {
    const samples = [...this.points.filter((point) => point.at >= from && point.at < to), ...this.sampled(from, to)];
    return samples.length === 0 ? undefined : aggregate(statistic, samples);
  }

  /** The gauge as CloudWatch gets it: its level at each whole minute. assumption: gauges-reported-each-minute */
  private sampled(from: number, to: number): Point[] {
    const samples: Point[] = [];
    for (let at = Math.ceil(from / MINUTE) * MINUTE; at < to && this.levels.length > 0; at += MINUTE) {
      const level = [...this.levels].reverse().find((each) => each.at <= at);
      if (level) samples.push({ at, value: level.value, count: 1 });
    }
    return samples;
  }
}

function aggregate(statistic: string, samples: Point[]): number {
  const count = samples.reduce((sum, each) => sum + each.count, 0);
  const sum = samples.reduce((total, each) => total + each.value * each.count, 0);
  switch (statistic) {
    case 'Sum': return sum;
    case 'SampleCount': return count;
    case 'Average': return sum / count;
    case 'Minimum': return Math.min(...samples.map((each) => each.value));
    case 'Maximum': return Math.max(...samples.map((each) => each.value));
    default: return percentile(Number(statistic.slice(1)), samples, count);
  }
}

function percentile(percent: number, samples: Point[], count: number): number {
  const sorted = [...samples].sort((a, b) => a.value - b.value);
  let rank = Math.max(1, Math.ceil((percent / 100) * count));
  for (const sample of sorted) {
    rank -= sample.count;
    if (rank <= 0) return sample.value;
  }
  return sorted[sorted.length - 1]!.value;
}

/** Statistics that are modelled. */
export const isStatistic = (statistic: string): boolean =>
  ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'].includes(statistic) || /^p\d{1,2}(\.\d+)?$|^p100$/.test(statistic);
