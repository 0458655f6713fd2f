import { AsyncLocalStorage } from 'node:async_hooks';

/** What is due at a moment of virtual time. */
interface Due {
  readonly at: number;
  readonly order: number;
  readonly label: string;
  readonly background: boolean;
  readonly action: () => unknown;
}

export interface Scheduled {
  cancel(): void;
}

/**
 * Virtual time: a queue of what is due, and coroutines that sleep in it.
 *
 * Time moves only in `step`, to the next thing due, and only once everything that was woken before is finished or asleep
 * again. So the order of all that happens depends on the queue alone, however long the real work in between takes.
 */
export class Timeline {
  private queue: Due[] = [];
  private order = 0;
  private running = 0;
  private idleWaiters: Array<() => void> = [];
  private failure: unknown;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly coroutine = new AsyncLocalStorage<true>();
  /** What is due runs apart from the context in which a step was asked for: whoever lets time pass is not who does it. */
  private readonly apart = AsyncLocalStorage.snapshot();

  public constructor(private current: number) {}

  /** Virtual milliseconds since 1970. */
  public get now(): number {
    return this.current;
  }

  /** Calls `action` after `delay` virtual milliseconds. A background entry does not count as pending work. */
  public schedule(delay: number, label: string, action: () => unknown, options: { background?: boolean } = {}): Scheduled {
    const due: Due = { at: this.current + Math.max(0, delay), order: this.order++, label, background: options.background ?? false, action };
    let index = this.queue.length;
    while (index > 0 && this.queue[index - 1]!.at > due.at) index -= 1;
    this.queue.splice(index, 0, due);
    return { cancel: () => { this.queue = this.queue.filter((other) => other !== due); } };
  }

  /** Starts a coroutine; it may `sleep`. An error it throws surfaces at the next `step`. */
  public spawn(label: string, body: () => Promise<void>): void {
    this.schedule(0, label, body);
  }

  /** Inside a coroutine: pause for `delay` virtual milliseconds. */
  public async sleep(delay: number, label = 'sleep'): Promise<void> {
    const { promise, resolve } = deferred();
    this.schedule(delay, label, () => resolve(), {});
    await this.blocked(promise);
  }

  /** Whether this code runs in a coroutine, which alone may sleep: whoever else waits would keep time from passing. */
  public get inCoroutine(): boolean {
    return this.coroutine.getStore() ?? false;
  }

  /** Inside a coroutine: wait for another coroutine, letting virtual time pass meanwhile. */
  public async blocked<T>(promise: Promise<T>): Promise<T> {
    this.leave();
    try {
      return await promise;
    } finally {
      this.running += 1;
    }
  }

  /** When the next thing is due. */
  public get next(): number | undefined {
    return this.queue[0]?.at;
  }

  /** Whether a step is being done. */
  public get busy(): boolean {
    return this.running > 0;
  }

  /** Whether anything but background work is due. */
  public get pending(): boolean {
    return this.running > 0 || this.queue.some((due) => !due.background);
  }

  /**
   * Does the next thing due and waits until all it woke is finished or asleep. False when nothing is due, or `when` does not
   * hold. Any number of callers may step at the same time: they take turns.
   */
  public async step(when: () => boolean = () => true): Promise<boolean> {
    return this.exclusively(async () => when() && this.advance());
  }

  /** As `step`, for what is due until `moment`. When nothing is, stands at that moment and returns false. */
  public async stepUntil(moment: number): Promise<boolean> {
    return this.exclusively(async () => {
      if (this.next !== undefined && this.next <= moment) return this.advance();
      this.current = Math.max(this.current, moment);
      return false;
    });
  }

  /** Steps until `moment`, then stands there. */
  public async runUntil(moment: number): Promise<void> {
    while (await this.stepUntil(moment));
  }

  /** One step at a time: a second one would move time while what the first one woke still runs. */
  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async advance(): Promise<boolean> {
    const due = this.queue.shift();
    if (!due) return false;
    this.current = Math.max(this.current, due.at);
    this.enter(due);
    await this.idle();
    if (this.failure !== undefined) {
      const failure = this.failure;
      this.failure = undefined;
      throw failure;
    }
    return true;
  }

  private enter(due: Due): void {
    this.running += 1;
    void (async () => {
      try {
        await this.apart(() => this.coroutine.run(true, due.action));
      } catch (error) {
        this.failure ??= new Error(`${due.label}: ${(error as Error).stack ?? String(error)}`);
      } finally {
        this.leave();
      }
    })();
  }

  private leave(): void {
    this.running -= 1;
    if (this.running > 0) return;
    // A resolved promise resumes its coroutine in a later microtask; give it the chance to count itself as running.
    setImmediate(() => {
      if (this.running === 0) this.idleWaiters.splice(0).forEach((wake) => wake());
    });
  }

  private async idle(): Promise<void> {
    const { promise, resolve } = deferred();
    this.idleWaiters.push(resolve);
    if (this.running === 0) setImmediate(() => { if (this.running === 0) this.idleWaiters.splice(0).forEach((wake) => wake()); });
    await promise;
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => { resolve = done; });
  return { promise, resolve };
}
