import type { Clock, Log } from '../ports';

export const systemClock: Clock = { now: () => Date.now() };

type Fields = Record<string, unknown>;

/** One JSON object a line; Lambda's JSON log format takes it as it is. */
export function jsonLog(fields: Fields, write: (line: string) => void = (line) => { process.stdout.write(`${line}\n`); }): Log {
  const at = (level: string) => (event: string, more: Fields = {}): void => write(JSON.stringify({ level, event, ...fields, ...more }));
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}
