const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the name is one of the IANA time zones. */
export function isTimeZone(name: string): boolean {
  try {
    format(name);
    return true;
  } catch {
    return false;
  }
}

/** What the clock on the wall shows at an instant, as if it were UTC. */
export function wallClock(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return instant;
  const parts: Record<string, number> = {};
  for (const { type, value } of format(timeZone).formatToParts(instant)) parts[type] = Number(value);
  return Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!) + (instant % 1000);
}

/** The first instant at which the clock on the wall shows `wall`; undefined when it never does (spring forward). */
export function instantOf(wall: number, timeZone: string): number | undefined {
  if (timeZone === 'UTC') return wall;
  const day = 24 * 60 * 60_000;
  const offsets = [wall - day, wall + day].map((instant) => wallClock(instant, timeZone) - instant);
  const candidates = offsets.map((offset) => wall - offset).filter((instant) => wallClock(instant, timeZone) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : undefined;
}

function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone);
  if (!known) {
    const numeric = 'numeric' as const;
    known = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric,
    });
    formats.set(timeZone, known);
  }
  return known;
}
