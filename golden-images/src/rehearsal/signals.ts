/** Exit code of a command that was interrupted. */
export const INTERRUPTED = 130;

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
