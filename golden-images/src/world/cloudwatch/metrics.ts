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

/** One metric: data points that were put, or a gauge that a service reports once a minute. Both are kept in order of time. */
export class Series {
  private points: Point[] = [];
  private levels: Point[] = [];

  public constructor(public readonly namespace: string, public readonly name: string, public readonly dimensions: readonly Dimension[]) {}

  public put(at: number, value: number, count = 1): void {
    let index = this.points.length;
    while (index > 0 && this.points[index - 1]!.at > at) index -= 1;
    this.points.splice(index, 0, { at, value, count });
    if (this.points[0]!.at < at - 2 * RETENTION) this.points = since(this.points, at - RETENTION);
  }

  /** Sets the level of a gauge; gives whether it changed. */
  public level(at: number, value: number): boolean {
    const last = this.levels[this.levels.length - 1];
    if (last?.value === value) return false;
    if (last?.at === at) this.levels.pop();
    this.levels.push({ at, value, count: 1 });
    if (this.levels[0]!.at < at - 2 * RETENTION) this.levels = [...this.before(at - RETENTION), ...since(this.levels, at - RETENTION)];
    return true;
  }

  /** The moments from `from` on at which the samples of this metric begin to differ. */
  public changes(from: number): number[] {
    return [...since(this.points, from).map((each) => each.at), ...since(this.levels, from - MINUTE).map((each) => minuteFrom(each.at))];
  }

  /** A statistic over [from, to); undefined when there is no data. */
  public statistic(statistic: string, from: number, to: number): number | undefined {
    const samples = [...since(this.points, from).filter((point) => point.at < to), ...this.sampled(from, to)];
    return samples.length === 0 ? undefined : aggregate(statistic, samples);
  }

  /** The gauge as CloudWatch gets it: its level at each whole minute. assumption: gauges-reported-each-minute */
  private sampled(from: number, to: number): Point[] {
    if (this.levels.length === 0) return [];
    const levels = [...this.before(from), ...since(this.levels, from)];
    const samples: Point[] = [];
    let current = 0;
    for (let at = minuteFrom(from); at < to; at += MINUTE) {
      while (levels[current + 1] && levels[current + 1]!.at <= at) current += 1;
      if (levels[current]!.at <= at) samples.push({ at, value: levels[current]!.value, count: 1 });
    }
    return samples;
  }

  /** The last level set before a moment, if any. */
  private before(moment: number): Point[] {
    const index = this.levels.length - since(this.levels, moment).length;
    return this.levels.slice(Math.max(0, index - 1), index);
  }
}

const minuteFrom = (at: number): number => Math.ceil(at / MINUTE) * MINUTE;

/** The end of an ordered list that is not older than a moment; it is looked for from behind, since what is asked for is recent. */
function since(points: readonly Point[], moment: number): Point[] {
  let index = points.length;
  while (index > 0 && points[index - 1]!.at >= moment) index -= 1;
  return points.slice(index);
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
