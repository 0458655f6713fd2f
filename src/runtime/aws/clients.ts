/** Settings of every SDK client. The queue retries too, so a client gives up early: the time of an invocation is short. */
export const clientSettings = { maxAttempts: 3, retryMode: 'adaptive' } as const;

/** Made at first use, once a process. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
