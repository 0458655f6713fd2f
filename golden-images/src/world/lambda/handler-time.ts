import type { Scheduled, Timeline } from '../kernel';

/**
 * Brings virtual time to where a handler is that waited for a timer, so that what it asks for then is asked of the world as it is by then.
 * Time stands still for a handler that was invoked from outside of virtual time: nobody there lets it pass.
 */
export class HandlerTime {
  private readonly passes: boolean;
  private waiting: { readonly due: Scheduled; readonly wake: () => void } | undefined;
  private last: Promise<void> = Promise.resolve();
  private stopped = false;

  /** To be made where the function is invoked. */
  public constructor(private readonly timeline: Timeline) {
    this.passes = timeline.inCoroutine;
  }

  public get now(): number {
    return this.timeline.now;
  }

  /** One after the other: a handler is one coroutine, however many requests it makes at once. */
  public reach(at: number): Promise<void> {
    this.last = this.last.then(() => this.wait(at));
    return this.last;
  }

  /** The handler is gone: what it waited for is not awaited any more. */
  public stop(): void {
    this.stopped = true;
    this.waiting?.due.cancel();
    this.waiting?.wake();
  }

  private async wait(at: number): Promise<void> {
    if (!this.passes || this.stopped || at <= this.timeline.now) return;
    const reached = new Promise<void>((resolve) => {
      this.waiting = { due: this.timeline.schedule(at - this.timeline.now, 'a handler that waits', resolve), wake: resolve };
    });
    await this.timeline.blocked(reached);
    this.waiting = undefined;
  }
}
