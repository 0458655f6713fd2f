const DAY = 86_400_000;
/** Distances between the ticks of a time axis, in days. */
const TICKS = [1 / 24, 1 / 4, 1, 2, 7, 14, 28, 91, 364];

export interface Tick {
  readonly x: number;
  readonly label: string;
}

/** Time on a horizontal axis. */
export class TimeScale {
  private readonly from: number;
  private readonly span: number;

  public constructor(startedAt: string, endedAt: string, private readonly left: number, private readonly width: number) {
    this.from = Date.parse(startedAt);
    this.span = Math.max(1, Date.parse(endedAt) - this.from);
  }

  public x(at: string | number): number {
    const share = ((typeof at === 'number' ? at : Date.parse(at)) - this.from) / this.span;
    return Math.round((this.left + Math.min(1, Math.max(0, share)) * this.width) * 10) / 10;
  }

  /** At most a dozen round moments. */
  public ticks(): Tick[] {
    const distance = (TICKS.find((days) => this.span / (days * DAY) <= 12) ?? TICKS.at(-1)!) * DAY;
    const first = Math.ceil(this.from / distance) * distance;
    const moments = Array.from({ length: Math.floor((this.from + this.span - first) / distance) + 1 }, (_each, index) => first + index * distance);
    return moments.map((moment) => {
      const iso = new Date(moment).toISOString();
      return { x: this.x(moment), label: distance < DAY ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(5, 10) };
    });
  }
}
