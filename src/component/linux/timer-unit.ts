import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkLine, checkUnitName } from './checks';
import { unitText, type Setting, type UnitOptions } from './unit-text';

/** A timer of systemd. */
export interface TimerUnitOptions extends UnitOptions {
  /** When, as systemd.time(7) has it: `daily`, `Mon *-*-* 03:00:00`. In the time zone of the instance. */
  readonly calendar: string;

  /**
   * What is started.
   *
   * @default - the service of the timer's name
   */
  readonly unit?: string;

  /**
   * Up to how much later each instance starts it, so that not all do at once.
   *
   * @default - at the time
   */
  readonly randomDelay?: Duration;

  /**
   * Whether a run that was missed while the instance did not run is made up for.
   *
   * @default false
   */
  readonly persistent?: boolean;

  /**
   * What it is for.
   *
   * @default - none
   */
  readonly description?: string;
}

/** The unit file of a timer. */
export function timerText(scope: Construct, { calendar, unit, randomDelay, persistent, description }: TimerUnitOptions): string {
  const timer: Setting[] = [
    ['OnCalendar', checkLine(scope, calendar, 'the calendar')],
    ['Unit', unit && checkUnitName(scope, unit, 'the unit')],
    ['RandomizedDelaySec', randomDelay && `${randomDelay.toSeconds()}`],
    ['Persistent', persistent ? 'true' : undefined],
  ];
  return unitText({ Unit: [['Description', description && checkLine(scope, description, 'the description')]], Timer: timer, Install: [['WantedBy', 'timers.target']] });
}
