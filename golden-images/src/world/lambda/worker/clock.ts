/* eslint-disable @typescript-eslint/no-explicit-any */

/** Virtual time in a worker. */
export interface WorkerClock {
  now(): number;
  /** Begins an invocation: time stands at `now`; a timer beyond `deadline` calls `onDeadline` instead of firing. */
  begin(now: number, deadline: number, onDeadline: () => void): void;
  /** Time went on elsewhere, while a request was on its way. */
  reach(now: number): void;
  /** Freezes timers until the next invocation, as Lambda freezes the environment. */
  freeze(): void;
  /** Called when something real (a request) begins; what it gives is called when it ended. No timer fires meanwhile. */
  busy(): () => void;
}

/**
 * Replaces Date, performance and the timers of this thread. Time stands still while the handler works; when all it does is wait
 * for a timer, time jumps to it. So back-off and polling cost nothing, and a timer never outruns a request.
 *
 * Runs in the worker from its source text: it may refer to nothing but its parameters and globals.
 */
export function installClock(load: (name: string) => any): WorkerClock {
  const real = { Date, setTimeout, clearTimeout };
  const timers = load('node:timers');
  const { promisify } = load('node:util');
  let current = real.Date.now();
  let deadline = Infinity;
  let onDeadline = (): void => undefined;
  let active = false;
  let requests = 0;
  let order = 0;
  let waking = false;
  const pending = new Set<any>();

  // Two milliseconds of real time let work in the thread pool (files, compression) finish before time jumps.
  const wake = (): void => {
    if (waking) return;
    waking = true;
    real.setTimeout(() => {
      waking = false;
      jump();
    }, 2);
  };
  const jump = (): void => {
    if (!active || requests > 0 || ![...pending].some((timer) => timer.referenced)) return;
    const next = [...pending].sort((a, b) => a.due - b.due || a.order - b.order)[0];
    if (next.due > deadline) {
      active = false;
      onDeadline();
      return;
    }
    current = Math.max(current, next.due);
    if (next.interval === undefined) pending.delete(next);
    else next.due = current + next.interval;
    wake();
    next.callback(...next.args);
  };

  const start = (callback: any, delay: any, args: any[], repeated: boolean): any => {
    const duration = Math.max(1, Number(delay) || 1);
    const timer: any = { callback, args, due: current + duration, order: order++, interval: repeated ? duration : undefined, referenced: true };
    const chained = (act: () => void) => (): any => {
      act();
      wake();
      return timer;
    };
    timer.ref = chained(() => { timer.referenced = true; });
    timer.unref = chained(() => { timer.referenced = false; });
    timer.refresh = chained(() => {
      timer.due = current + duration;
      pending.add(timer);
    });
    timer.hasRef = () => timer.referenced;
    timer.close = () => pending.delete(timer);
    timer[Symbol.toPrimitive] = () => timer.order;
    pending.add(timer);
    wake();
    return timer;
  };
  const clear = (timer: any): void => {
    pending.delete(timer);
    if (typeof timer !== 'object') [...pending].filter((each) => each.order === Number(timer)).forEach((each) => pending.delete(each));
  };

  const later: any = (callback: any, delay: any, ...args: any[]) => start(callback, delay, args, false);
  const sleep = (delay: number, result: unknown): Promise<unknown> => new Promise((resolve) => later(resolve, delay, result));
  later[promisify.custom] = sleep;
  const repeat = (callback: any, delay: any, ...args: any[]): any => start(callback, delay, args, true);
  const replaced = { setTimeout: later, clearTimeout: clear, setInterval: repeat, clearInterval: clear };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  load('node:timers/promises').setTimeout = sleep;

  globalThis.Date = new Proxy(real.Date, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [Math.floor(current)], newTarget),
    apply: () => new real.Date(current).toString(),
    get: (target, key) => (key === 'now' ? () => Math.floor(current) : Reflect.get(target, key)),
  });
  const origin = current;
  Object.defineProperty(performance, 'now', { value: () => current - origin });
  const hrtime: any = (since?: [number, number]) => {
    const elapsed = [Math.floor(current / 1000), (current % 1000) * 1e6];
    return since ? [elapsed[0]! - since[0], elapsed[1]! - since[1]] : elapsed;
  };
  hrtime.bigint = () => BigInt(Math.round(current * 1e6));
  process.hrtime = hrtime;

  return {
    now: () => current,
    begin: (now, until, expired) => {
      current = now;
      deadline = until;
      onDeadline = expired;
      active = true;
      wake();
    },
    reach: (now) => { current = Math.max(current, now); },
    freeze: () => { active = false; },
    busy: () => {
      requests += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        requests -= 1;
        wake();
      };
    },
  };
}
