import * as fc from 'fast-check';
import { parseSchedule } from '../../../../golden-images/src/world/schedule/expression';
import { instantOf, wallClock } from '../../../../golden-images/src/world/schedule/zone';

const start = Date.UTC(2026, 0, 5);
const firings = (expression: string, from: string, count: number, timeZone?: string): string[] => {
  const schedule = parseSchedule(expression, { timeZone, start: Date.parse(from) })!;
  const found: string[] = [];
  for (let at = schedule.next(Date.parse(from)); at !== undefined && found.length < count; at = schedule.next(at)) found.push(new Date(at).toISOString().replace(':00.000Z', 'Z'));
  return found;
};

describe('schedule expressions', () => {
  test.each([
    ['rate(5 minutes)', ['2026-01-05T00:05Z', '2026-01-05T00:10Z']],
    ['rate(1 day)', ['2026-01-06T00:00Z', '2026-01-07T00:00Z']],
    ['cron(0 12 * * ? *)', ['2026-01-05T12:00Z', '2026-01-06T12:00Z']],
    ['cron(0/15 * * * ? *)', ['2026-01-05T00:15Z', '2026-01-05T00:30Z']],
    ['cron(15 10 ? * 6L 2026-2027)', ['2026-01-30T10:15Z', '2026-02-27T10:15Z']],
    ['cron(0 3 ? * TUE#2 *)', ['2026-01-13T03:00Z', '2026-02-10T03:00Z']],
    ['cron(0 3 ? * 3#2 *)', ['2026-01-13T03:00Z', '2026-02-10T03:00Z']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-01-05T18:00Z', '2026-01-06T18:00Z']],
    ['cron(0 8 L * ? *)', ['2026-01-31T08:00Z', '2026-02-28T08:00Z']],
    ['cron(0 8 1W * ? *)', ['2026-02-02T08:00Z', '2026-03-02T08:00Z']],
    ['cron(0 0 ? * 1 *)', ['2026-01-11T00:00Z', '2026-01-18T00:00Z']],
    ['cron(30 4 1 1,7 ? *)', ['2026-07-01T04:30Z', '2027-01-01T04:30Z']],
    ['cron(0 8 29 2 ? *)', ['2028-02-29T08:00Z', '2032-02-29T08:00Z']],
    ['at(2026-03-01T10:00:00)', ['2026-03-01T10:00Z']],
    ['at(2025-03-01T10:00:00)', []],
    ['cron(0 8 1 1 ? 2020)', []],
  ])('%s', (expression, expected) => {
    expect(firings(expression, '2026-01-05T00:00:00Z', 2)).toEqual(expected);
  });

  test.each([
    'rate(5 minute)', 'rate(1 minutes)', 'rate(0 minutes)', 'rate(5 seconds)', 'rate(1.5 hours)', 'every day', 'cron(0 12 * * *)', 'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)', 'cron(60 12 * * ? *)', 'cron(0 24 * * ? *)', 'cron(0 12 32 * ? *)', 'cron(0 12 * 13 ? *)', 'cron(0 12 ? * 8 *)',
    'cron(0 12 ? * 0 *)', 'cron(0 12 ? * MON#6 *)', 'cron(0 ? * * ? *)', 'cron(*/0 * * * ? *)', 'cron(0 12 * * ? 1969)', 'cron(0 12 FRI * ? *)',
    'cron(a * * * ? *)', 'cron(5-1 * * * ? *)', 'at(2026-02-30)', 'cron()',
  ])('%s is refused', (expression) => {
    expect(parseSchedule(expression, { start })).toBeUndefined();
  });

  test('an unknown time zone is refused', () => {
    expect(parseSchedule('cron(0 12 * * ? *)', { start, timeZone: 'Europe/Atlantis' })).toBeUndefined();
  });

  test('follow the clock of their time zone', () => {
    expect(firings('cron(0 3 * * ? *)', '2026-03-28T00:00:00Z', 3, 'Europe/Berlin')).toEqual(['2026-03-28T02:00Z', '2026-03-29T01:00Z', '2026-03-30T01:00Z']);
    expect(firings('at(2026-07-01T12:00:00)', '2026-03-28T00:00:00Z', 1, 'Asia/Kolkata')).toEqual(['2026-07-01T06:30Z']);
  });

  test('skip a time that does not exist', () => {
    expect(firings('cron(30 2 * * ? *)', '2026-03-28T00:00:00Z', 2, 'Europe/Berlin')).toEqual(['2026-03-28T01:30Z', '2026-03-30T00:30Z']);
  });

  test('run once at a time that occurs twice', () => {
    expect(firings('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 2, 'Europe/Berlin')).toEqual(['2026-10-25T00:30Z', '2026-10-26T01:30Z']);
    expect(firings('cron(0/30 * * * ? *)', '2026-10-25T00:00:00Z', 3, 'Europe/Berlin')).toEqual(['2026-10-25T00:30Z', '2026-10-25T02:00Z', '2026-10-25T02:30Z']);
  });

  test('a rate counts real hours', () => {
    expect(firings('rate(1 day)', '2026-03-28T12:00:00Z', 2, 'Europe/Berlin')).toEqual(['2026-03-29T12:00Z', '2026-03-30T12:00Z']);
  });

  test('every wall-clock time that exists comes back from its instant', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Sao_Paulo', 'UTC');
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 * 24 * 365 * 3 }), zones, (minutes, zone) => {
      const wall = wallClock(start + minutes * 60_000, zone);
      const instant = instantOf(wall, zone)!;
      expect(wallClock(instant, zone)).toBe(wall);
      expect(instant).toBeLessThanOrEqual(start + minutes * 60_000);
    }), process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 100 });
  });
});
