import { awsCron } from './cron';
import { instantOf, isTimeZone, wallClock } from './zone';

/** When something recurs: gives the first moment after another one, or undefined when there is none. */
export interface Schedule {
  readonly type: 'rate' | 'cron' | 'at';
  next(after: number): number | undefined;
}

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * `rate(…)`, `cron(…)` and `at(…)` as EventBridge and its Scheduler write them. Undefined when AWS would refuse it.
 *
 * Daylight saving as the Scheduler documents it: a time that does not exist is skipped, one that occurs twice counts once;
 * a rate counts real hours.
 */
export function parseSchedule(expression: string, options: { timeZone?: string; start: number }): Schedule | undefined {
  const timeZone = options.timeZone ?? 'UTC';
  const [, kind, body] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (body === undefined || !isTimeZone(timeZone)) return undefined;
  if (kind === 'rate') return rate(body, options.start);
  return kind === 'cron' ? cron(body, timeZone) : at(body, timeZone);
}

function rate(body: string, start: number): Schedule | undefined {
  const [, count, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(body) ?? [];
  // The unit is singular for 1 and plural for the others ("Rate expressions" of the EventBridge user guide).
  if (!count || (count === '1') === body.endsWith('s')) return undefined;
  const interval = Number(count) * units[unit!]!;
  return { type: 'rate', next: (after) => start + (Math.floor((after - start) / interval) + 1) * interval };
}

function cron(body: string, timeZone: string): Schedule | undefined {
  const pattern = awsCron(body);
  if (!pattern) return undefined;
  return {
    type: 'cron',
    next: (after) => {
      // The pattern runs on the wall clock; what it gives is then placed in the time zone.
      for (let wall = pattern.nextRun(new Date(wallClock(after, timeZone))); wall; wall = pattern.nextRun(wall)) {
        const instant = instantOf(wall.getTime(), timeZone);
        if (instant !== undefined && instant > after) return instant;
      }
      return undefined;
    },
  };
}

function at(body: string, timeZone: string): Schedule | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body)) return undefined;
  const wall = Date.parse(`${body}Z`);
  if (Number.isNaN(wall)) return undefined;
  const instant = instantOf(wall, timeZone);
  return { type: 'at', next: (after) => (instant !== undefined && instant > after ? instant : undefined) };
}
