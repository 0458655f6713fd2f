/* eslint-disable @typescript-eslint/no-explicit-any */

/** Sends what the handler prints to `line`; `raw` where it bypasses the console. Runs in the worker from its source text. */
export function installLogging(load: (name: string) => any, line: (level: string, text: string, raw: boolean) => void): void {
  const { format } = load('node:util');
  const levels: Record<string, string> = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };
  for (const [method, level] of Object.entries(levels)) (console as any)[method] = (...args: unknown[]) => line(level, format(...args), false);
  for (const stream of [process.stdout, process.stderr]) {
    (stream as any).write = (chunk: any) => {
      line('INFO', String(chunk).replace(/\n$/, ''), true);
      return true;
    };
  }
}
