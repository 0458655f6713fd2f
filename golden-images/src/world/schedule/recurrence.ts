import type { Scheduled, World } from '../kernel';
import type { Schedule } from './expression';

/** Keeps the next firing of a schedule, and only that one, in the timeline. */
export class Recurrence {
  private entry: Scheduled | undefined;

  public constructor(
    private readonly world: World,
    private readonly label: string,
    private readonly schedule: Schedule,
    private readonly fire: () => unknown,
    private readonly until = Infinity,
  ) {}

  /** Plans the first firing after `after`. */
  public start(after = this.world.now): void {
    this.stop();
    const next = this.schedule.next(after);
    if (next === undefined || next > this.until) return;
    this.entry = this.world.timeline.schedule(next - this.world.now, this.label, () => {
      this.start();
      return this.fire();
    }, { background: true });
  }

  public stop(): void {
    this.entry?.cancel();
    this.entry = undefined;
  }
}
