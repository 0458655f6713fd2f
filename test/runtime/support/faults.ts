import { TransientError } from '../../../src/runtime/ports';

/** The process is gone: nothing after this is done, not even what stands in `finally`. */
export class Crash extends Error {}

/** Faults by number of port call, counted over the whole history. */
export type Fault = 'throttle' | 'crash-before' | 'crash-after';

export class FaultPlan {
  private calls = 0;
  private planned = new Map<number, Fault>();
  private readonly interruptions = new Map<number, () => Promise<void>>();

  /** The fault happens `inCalls` port calls from now. */
  public plan(fault: Fault, inCalls: number): void {
    this.planned.set(this.calls + inCalls, fault);
  }

  /** Something happens just before the port call that is `inCalls` from now. */
  public meanwhile(inCalls: number, what: () => Promise<void>): void {
    this.interruptions.set(this.calls + inCalls, what);
  }

  public clear(): void {
    this.planned = new Map();
    this.interruptions.clear();
  }

  public async next(): Promise<Fault | undefined> {
    this.calls += 1;
    const call = this.calls;
    await this.interruptions.get(call)?.();
    return this.planned.get(call);
  }
}

/** One invocation of a function: its port calls meet the plan's faults, and after a crash none of them is made any more. */
export class Invocation {
  private dead = false;

  public constructor(private readonly plan: FaultPlan) {}

  /** The same object, with every method that gives a promise going through the plan. */
  public wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, property) => {
        const member: unknown = Reflect.get(object, property);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          const result = await this.call(() => Reflect.apply(member, object, args) as Promise<unknown>);
          return isLease(result) ? this.wrap(result) : result;
        };
      },
    });
  }

  private async call(make: () => Promise<unknown>): Promise<unknown> {
    if (this.dead) throw new Crash();
    const fault = await this.plan.next();
    if (fault === 'throttle') throw new TransientError('throttled', 5);
    if (fault !== 'crash-before') {
      const result = await make();
      if (fault === undefined) return result;
    }
    this.dead = true;
    throw new Crash();
  }
}

const isLease = (value: unknown): value is object => typeof value === 'object' && value !== null && 'held' in value;
