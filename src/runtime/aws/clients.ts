/** Settings of every SDK client. The queue retries too, so a client gives up early: the time of an invocation is short. */
export const clientSettings = { maxAttempts: 3, retryMode: 'adaptive' } as const;

const made = new Map<() => unknown, unknown>();

/** What `make` gives, made at first use, once a process. `make` must be the same function each time. */
export function once<T>(make: () => T): T {
  if (!made.has(make)) made.set(make, make());
  return made.get(make) as T;
}
