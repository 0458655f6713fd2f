import type { LocalAws } from './local-aws';

/** How often virtual time moves, in real milliseconds. */
const TICK = 200;

/** Lets virtual time pass with real time. */
export class Clock {
  private readonly timer: NodeJS.Timeout | undefined;
  private passing = false;
  private last = performance.now();

  /** `speed`: virtual seconds in a real second; 0 lets none pass. */
  public constructor(private readonly local: LocalAws, private readonly speed: number, private readonly onError: (error: unknown) => void) {
    if (speed > 0) this.timer = setInterval(() => void this.tick(), TICK);
  }

  public stop(): void {
    clearInterval(this.timer);
  }

  /** Real time that goes by while things happen counts, too; the next tick catches up. */
  private async tick(): Promise<void> {
    if (this.passing) return;
    this.passing = true;
    const now = performance.now();
    const elapsed = now - this.last;
    this.last = now;
    await this.local.pass(Math.round(elapsed * this.speed)).catch(this.onError);
    this.passing = false;
  }
}
