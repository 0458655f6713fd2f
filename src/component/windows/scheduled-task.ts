import { scriptStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** When a scheduled task runs. */
export class ScheduledTaskTrigger {
  /** Whenever Windows starts. */
  public static atStartup(): ScheduledTaskTrigger {
    return new ScheduledTaskTrigger('-AtStartup');
  }

  /**
   * Every day.
   *
   * @param time time of the day by the clock of the instance, such as `03:00`
   */
  public static daily(time: string): ScheduledTaskTrigger {
    return new ScheduledTaskTrigger(`-Daily -At '${time}'`, time);
  }

  /** @internal */
  public readonly _arguments: string;

  /** @internal */
  public readonly _time?: string;

  private constructor(parameters: string, time?: string) {
    this._arguments = parameters;
    this._time = time;
  }
}

/** A task of the Task Scheduler. */
export interface ScheduledTaskOptions {
  /** Path of the program. */
  readonly program: string;

  /**
   * What it is started with, as it is.
   *
   * @default - nothing
   */
  readonly commandLine?: string;

  /** When it runs. */
  readonly trigger: ScheduledTaskTrigger;
}

/** Tasks of the Task Scheduler. */
export class ScheduledTask {
  /** Registers a task that runs as SYSTEM with the highest rights; one of the same name is replaced. */
  public static register(name: string, options: ScheduledTaskOptions): Step {
    return scriptStep('RegisterTask', (scope) => {
      const { program, commandLine, trigger } = options;
      if (name === '' || /[\\/:*?"<>|]/.test(name)) {
        throw new InvalidInputError(scope, { what: `the name '${name}' of a task is not valid`, expected: 'a name without \\/:*?"<>|', fix: 'correct the name' });
      }
      if (trigger._time !== undefined && !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(trigger._time)) {
        throw new InvalidInputError(scope, { what: `the time '${trigger._time}' of a task is not valid`, expected: 'hours and minutes, such as 03:00', fix: 'correct the time' });
      }
      return [
        `$action = New-ScheduledTaskAction -Execute ${powershellQuoted(program)}${commandLine === undefined ? '' : ` -Argument ${powershellQuoted(commandLine)}`}`,
        `$trigger = New-ScheduledTaskTrigger ${trigger._arguments}`,
        `Register-ScheduledTask -TaskName ${powershellQuoted(name)} -Action $action -Trigger $trigger -User 'SYSTEM' -RunLevel Highest -Force | Out-Null`,
      ];
    });
  }

  /** Removes a task, if it is there. */
  public static unregister(name: string): Step {
    return scriptStep('UnregisterTask', () => [
      `Get-ScheduledTask | Where-Object { $_.TaskName -eq ${powershellQuoted(name)} } | Unregister-ScheduledTask -Confirm:$false`,
    ]);
  }

  private constructor() {}
}
