import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';

const MINUTES_A_DAY = 24 * 60;
// Microsoft publishes its monthly updates at 10:00 Pacific time (Windows release health documentation, "update release cycle").
const RELEASE_MINUTE = 10 * 60;
/** The latest day on which the second Tuesday of a month can fall. */
const LATEST_SECOND_TUESDAY = 14;

/** The schedule so long after the second Tuesday of the month, in Pacific time. */
export function patchTuesdayCron(scope: IConstruct, delay: Duration = Duration.minutes(0)): string {
  if (delay.toMinutes({ integral: false }) > 14 * MINUTES_A_DAY) {
    throw new InvalidInputError(scope, {
      what: `the delay '${delay.toHumanString()}' after Patch Tuesday is too long`,
      expected: 'at most 14 days, so that every month has such a day',
      fix: 'give a shorter delay',
    });
  }
  const minutes = RELEASE_MINUTE + Math.ceil(delay.toMinutes({ integral: false }));
  const days = Math.floor(minutes / MINUTES_A_DAY);
  const time = `${minutes % 60} ${Math.floor((minutes % MINUTES_A_DAY) / 60)}`;
  return days % 7 === 0 ? `cron(${time} ? * TUE#${2 + days / 7} *)` : `cron(${time} ${LATEST_SECOND_TUESDAY + days} * ? *)`;
}
