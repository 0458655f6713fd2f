/** Exit code of a command that was interrupted. */
export const INTERRUPTED = 130;

/** Closes what is open when the work ends, and when we are told to end. */
export async function during<T extends { close(): Promise<void> }, R>(open: T, work: (open: T) => Promise<R>): Promise<R> {
  const withdraw = closeOnSignal(() => open.close());
  try {
    return await work(open);
  } finally {
    await open.close();
    withdraw();
  }
}

/**
 * Calls `close` at the first SIGINT or SIGTERM and exits when it is done; a second signal exits at once. Returns what
 * withdraws this.
 */
export function closeOnSignal(close: () => Promise<void>, exit: (code: number) => void = process.exit): () => void {
  let closing = false;
  const stop = (): void => {
    if (closing) return exit(INTERRUPTED);
    closing = true;
    void close().catch((error: unknown) => console.error(error)).finally(() => exit(INTERRUPTED));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
}
