/** How a value was made: the call that an app would write to make it again. */
export interface Written {
  /** What the method is called on: the name of a class, or a value that was made itself. */
  readonly on: unknown;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Arguments<F> = F extends (...args: infer A) => unknown ? A : never;
type Result<F> = F extends (...args: never[]) => infer R ? R : never;

const calls = new WeakMap<object, Written>();

/** Calls a static method of the public API, and keeps how: `made({ Step }, 'reboot')`. The class comes by name, which bundlers change. */
export function made<O extends object, M extends keyof O & string>(owner: Record<string, O>, method: M, ...args: Arguments<O[M]>): Result<O[M]> {
  const [[name, holder]] = Object.entries(owner) as [[string, O]];
  return remember(holder, method, args, name);
}

/** The same for a method of a value. */
export const derived = <O extends object, M extends keyof O & string>(on: O, method: M, ...args: Arguments<O[M]>): Result<O[M]> =>
  remember(on, method, args, on);

/** How a value was made; none where it was not made by these. */
export const writtenAs = (value: object): Written | undefined => calls.get(value);

function remember<O extends object, M extends keyof O & string>(holder: O, method: M, args: Arguments<O[M]>, on: unknown): Result<O[M]> {
  const value = (holder[method] as (...all: unknown[]) => object).apply(holder, args as unknown[]);
  calls.set(value, { on, method, args: args as unknown[] });
  return value as Result<O[M]>;
}
