import { scriptStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** When a service is started. */
export enum ServiceStartupType {
  /** With Windows. */
  AUTOMATIC = 'auto',
  /** A little after Windows. */
  AUTOMATIC_DELAYED = 'delayed-auto',
  /** When somebody starts it. */
  MANUAL = 'demand',
  /** Never. */
  DISABLED = 'disabled',
}

/** What a service does. */
export enum ServiceState {
  /** It runs. */
  RUNNING = 'Running',
  /** It does not run. */
  STOPPED = 'Stopped',
}

/** Options of `WindowsService.configure`. */
export interface WindowsServiceOptions {
  /**
   * When it is started.
   *
   * @default - as it is
   */
  readonly startupType?: ServiceStartupType;

  /**
   * What it does after the step. In an image only the startup type stays: on a new instance it begins by that.
   *
   * @default - as it is
   */
  readonly state?: ServiceState;
}

/** Services of Windows. */
export class WindowsService {
  /** Sets the startup type of a service, and starts or stops it. Waits a minute for it. Fails where there is no such service. */
  public static configure(name: string, options: WindowsServiceOptions): Step {
    return scriptStep('ConfigureService', (scope) => {
      const { startupType, state } = options;
      if (startupType === undefined && state === undefined) {
        throw new InvalidInputError(scope, { what: `nothing is said of the service '${name}'`, expected: 'startupType or state', fix: 'give one of them' });
      }
      return [
        `$service = Get-Service -Name ${powershellQuoted(name)}`,
        // By sc.exe: Set-Service of Windows PowerShell has no delayed start.
        ...startupType === undefined ? [] : [
          `& "$env:SystemRoot\\System32\\sc.exe" config $service.Name start= ${startupType}`,
          "if ($LASTEXITCODE -ne 0) { throw ('sc.exe config {0}: exit code {1}' -f $service.Name, $LASTEXITCODE) }",
        ],
        ...state === undefined ? [] : [
          state === ServiceState.RUNNING ? '$service | Start-Service' : '$service | Stop-Service -Force',
          `$service.WaitForStatus('${state}', [TimeSpan]::FromMinutes(1))`,
        ],
      ];
    });
  }

  private constructor() {}
}
