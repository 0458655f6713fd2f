import type { Duration, TimeZone } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { checkCron } from './cron';
import { patchTuesdayCron } from './patch-tuesday';

/** A day of the week. */
export enum WeekDay {
  /** Monday. */
  MONDAY = 'MON',
  /** Tuesday. */
  TUESDAY = 'TUE',
  /** Wednesday. */
  WEDNESDAY = 'WED',
  /** Thursday. */
  THURSDAY = 'THU',
  /** Friday. */
  FRIDAY = 'FRI',
  /** Saturday. */
  SATURDAY = 'SAT',
  /** Sunday. */
  SUNDAY = 'SUN',
}

/** Options of `BuildSchedule.daily`. */
export interface DailyScheduleOptions {
  /**
   * Hour of the day, 0 to 23.
   *
   * @default 3
   */
  readonly hour?: number;

  /**
   * Minute of the hour, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * Time zone of the hour.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;
}

/** Options of `BuildSchedule.weekly`. */
export interface WeeklyScheduleOptions extends DailyScheduleOptions {
  /** Day of the week. */
  readonly weekDay: WeekDay;
}

/** Options of `BuildSchedule.cron`. */
export interface CronScheduleOptions {
  /**
   * Time zone of the expression.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;
}

/** Options of `BuildSchedule.patchTuesday`. */
export interface PatchTuesdayScheduleOptions {
  /**
   * How long to wait after Microsoft publishes its updates, 14 days at most.
   *
   * Hours of the same day and whole weeks are kept exactly. A schedule cannot say "three days after the second Tuesday": any other
   * delay builds on the first day of the month that is surely so long after it, up to six days later.
   *
   * @default - no delay: at 10:00 in Redmond
   */
  readonly delay?: Duration;
}

/** A schedule, as a pipeline needs it. */
export interface BuildScheduleConfig {
  /** Cron expression of Image Builder. */
  readonly expression: string;

  /** Time zone of the expression, an IANA name. */
  readonly timeZone: string;
}

/** When a patched base image is built again. */
export abstract class BuildSchedule {
  /** Every day. */
  public static daily(options: DailyScheduleOptions = {}): BuildSchedule {
    return new CronSchedule(() => `cron(${options.minute ?? 0} ${options.hour ?? 3} * * ? *)`, options.timeZone);
  }

  /** Every week, on a day. */
  public static weekly(options: WeeklyScheduleOptions): BuildSchedule {
    return new CronSchedule(() => `cron(${options.minute ?? 0} ${options.hour ?? 3} ? * ${options.weekDay} *)`, options.timeZone);
  }

  /** An expression of six fields: minute, hour, day of month, month, day of week, year; with or without `cron( )` around it. */
  public static cron(expression: string, options: CronScheduleOptions = {}): BuildSchedule {
    return new CronSchedule(() => (/^cron\(/.test(expression) ? expression : `cron(${expression})`), options.timeZone);
  }

  /** After Microsoft's monthly updates: the second Tuesday of the month, 10:00 in Redmond. */
  public static patchTuesday(options: PatchTuesdayScheduleOptions = {}): BuildSchedule {
    return new PatchTuesdaySchedule(options.delay);
  }

  /** Called by the image that is built on the schedule. */
  public abstract bind(scope: IConstruct): BuildScheduleConfig;
}

class CronSchedule extends BuildSchedule {
  public constructor(private readonly expression: () => string, private readonly timeZone?: TimeZone) {
    super();
  }

  public bind(scope: IConstruct): BuildScheduleConfig {
    return { expression: checkCron(scope, this.expression()), timeZone: this.timeZone?.timezoneName ?? 'Etc/UTC' };
  }
}

class PatchTuesdaySchedule extends BuildSchedule {
  public constructor(private readonly delay?: Duration) {
    super();
  }

  public bind(scope: IConstruct): BuildScheduleConfig {
    return { expression: checkCron(scope, patchTuesdayCron(scope, this.delay)), timeZone: 'America/Los_Angeles' };
  }
}
