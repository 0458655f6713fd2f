import { Duration, TimeZone } from 'aws-cdk-lib';
import { Cron } from 'croner';
import * as fc from 'fast-check';
import { newStack } from './fixture';
import { BuildSchedule, WeekDay } from '../../src/image';

const stack = newStack();
const bind = (schedule: BuildSchedule) => schedule.bind(stack);
const cron = (expression: string) => bind(BuildSchedule.cron(expression)).expression;

test('daily is at three in the morning, UTC, unless told otherwise', () => {
  expect(bind(BuildSchedule.daily())).toEqual({ expression: 'cron(0 3 * * ? *)', timeZone: 'Etc/UTC' });
  expect(bind(BuildSchedule.daily({ hour: 23, minute: 30, timeZone: TimeZone.EUROPE_BERLIN })))
    .toEqual({ expression: 'cron(30 23 * * ? *)', timeZone: 'Europe/Berlin' });
});

test('weekly names the day', () => {
  expect(bind(BuildSchedule.weekly({ weekDay: WeekDay.TUESDAY, hour: 3, timeZone: TimeZone.EUROPE_BERLIN })))
    .toEqual({ expression: 'cron(0 3 ? * TUE *)', timeZone: 'Europe/Berlin' });
});

test.each([
  '0 10 ? * MON *', 'cron(0 10 * * ? *)', '*/15 0-6,22 1,15 JAN-MAR ? 2026-2030', '0 0 L * ? *', '0 0 15W * ? *', '0 0 LW * ? *',
  '0 0 ? * 3#2 *', '0 0 ? * fri#5 *', '0 0 ? * 6L *', '0 0 ? * 2-6 *', '0/5 * * * ? *',
])('%s is a schedule', (expression) => {
  expect(cron(expression)).toMatch(/^cron\(.*\)$/);
});

test.each([
  ['0 10 * * *', 'it has 5 fields'],
  ['0 10  * * ? *', 'it has 7 fields'],
  ['rate(1 day)', 'it has 2 fields'],
  ['60 10 * * ? *', "the minute is '60'"],
  ['0 24 * * ? *', "the hour is '24'"],
  ['0 10 32 * ? *', "the day of month is '32'"],
  ['0 10 1 13 ? *', "the month is '13'"],
  ['0 10 ? * 0 *', "the day of week is '0'"],
  ['0 10 ? * 8 *', "the day of week is '8'"],
  ['0 10 ? * TUE#6 *', "the day of week is 'TUE#6'"],
  ['0 10 ? * TUE#1,FRI#1 *', "the day of week is 'TUE#1,FRI#1'"],
  ['0 10 ? * MON/2 *', "the day of week is 'MON/2'"],
  ['0 10 ? * * 1969', "the year is '1969'"],
  ['5-1 10 ? * * *', "the minute is '5-1'"],
  ['0 10 ? ? MON *', "the month is '?'"],
  ['0 10 1/0 * ? *', "the day of month is '1/0'"],
  ['a 10 * * ? *', "the minute is 'a'"],
  ['0 10 * * MON *', "the day of month is '*' and the day of week is 'MON'"],
  ['0 10 ? * ? *', "the day of month is '?' and the day of week is '?'"],
])('%s is refused: %s', (expression, reason) => {
  expect(() => cron(expression)).toThrow(`Web: the schedule 'cron(${expression})' is not valid: ${reason}; expected`);
});

test('an hour that is none is refused where it is used', () => {
  expect(() => bind(BuildSchedule.daily({ hour: 25 }))).toThrow("the hour is '25'; expected 0 to 23; correct the schedule");
});

describe('Patch Tuesday', () => {
  const patchTuesday = (delay: Duration) => bind(BuildSchedule.patchTuesday({ delay }));
  const zone = 'America/Los_Angeles';
  const releases = new Cron('0 10 * * TUE#2', { timezone: zone });
  /** Our dialect counts days of the week from 1, and says `?` for any. */
  const dates = (expression: string, from: Date) =>
    new Cron(expression.slice(5, -3).replace('?', '*'), { timezone: zone }).nextRun(from)!;

  test('without delay is the second Tuesday at ten in Redmond', () => {
    expect(bind(BuildSchedule.patchTuesday())).toEqual({ expression: 'cron(0 10 ? * TUE#2 *)', timeZone: zone });
  });

  test('with whole weeks and hours of the day is exact', () => {
    expect(patchTuesday(Duration.hours(6)).expression).toBe('cron(0 16 ? * TUE#2 *)');
    expect(patchTuesday(Duration.days(7)).expression).toBe('cron(0 10 ? * TUE#3 *)');
    expect(patchTuesday(Duration.minutes(90)).expression).toBe('cron(30 11 ? * TUE#2 *)');
  });

  test('with other delays is the first day that is surely late enough', () => {
    expect(patchTuesday(Duration.days(3)).expression).toBe('cron(0 10 17 * ? *)');
    expect(patchTuesday(Duration.hours(20)).expression).toBe('cron(0 6 15 * ? *)');
  });

  test('always comes after the delay, and at most six days later', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 14 * 24 * 60 }), fc.integer({ min: 0, max: 200 }), (minutes, month) => {
      const release = releases.nextRun(new Date(Date.UTC(2026, month, 1, 12)))!;
      const due = release.getTime() + minutes * 60_000;
      // An hour of daylight saving time may lie between.
      const next = dates(patchTuesday(Duration.minutes(minutes)).expression, new Date(due - 3_700_000)).getTime();
      expect(next - due).toBeLessThanOrEqual(6 * 86_400_000 + 3_600_000);
      expect(next - due).toBeGreaterThanOrEqual(-3_600_000);
    }), { seed: process.env.SOAK ? undefined : 42, numRuns: process.env.SOAK ? 2000 : 100 });
  });

  test('of more than two weeks is refused', () => {
    expect(() => patchTuesday(Duration.days(15))).toThrow("Web: the delay '15 days' after Patch Tuesday is too long; expected at most 14 days");
  });
});
