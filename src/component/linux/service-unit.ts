import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkLine, checkOwner, checkPath, checkVariable } from './checks';
import { unitAssignment, unitText, type Setting, type UnitOptions } from './unit-text';

/** When a service counts as started (systemd.service(5), `Type`). */
export enum ServiceType {
  /** As soon as its process is there. */
  SIMPLE = 'simple',
  /** As soon as its program runs. */
  EXEC = 'exec',
  /** When its process has made another one and has ended. */
  FORKING = 'forking',
  /** When its process has ended. */
  ONESHOT = 'oneshot',
  /** When it says so. */
  NOTIFY = 'notify',
}

/** When a service that has ended is started again (systemd.service(5), `Restart`). */
export enum ServiceRestart {
  /** Never. */
  NO = 'no',
  /** When it failed. */
  ON_FAILURE = 'on-failure',
  /** Always. */
  ALWAYS = 'always',
}

/** A service of systemd. Values are written as they are: `%` starts a specifier of systemd, except in `environment`. */
export interface ServiceUnitOptions extends UnitOptions {
  /**
   * What it is.
   *
   * @default - none
   */
  readonly description?: string;

  /** Its command line, with the absolute path of the program. No shell reads it. */
  readonly execStart: string;

  /**
   * Command lines that are run before.
   *
   * @default - none
   */
  readonly execStartPre?: string[];

  /**
   * Command line that makes it read its configuration again.
   *
   * @default - none
   */
  readonly execReload?: string;

  /**
   * When it counts as started.
   *
   * @default ServiceType.SIMPLE
   */
  readonly serviceType?: ServiceType;

  /**
   * User as whom it runs.
   *
   * @default - root
   */
  readonly user?: string;

  /**
   * Group as which it runs.
   *
   * @default - the group of the user
   */
  readonly group?: string;

  /**
   * Folder in which it runs.
   *
   * @default - the root folder
   */
  readonly workingDirectory?: string;

  /**
   * Environment variables. Never secrets: everybody on the instance can read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * File with environment variables, which must be there when the service starts.
   *
   * @default - none
   */
  readonly environmentFile?: string;

  /**
   * When it is started again.
   *
   * @default ServiceRestart.ON_FAILURE, for ServiceType.ONESHOT ServiceRestart.NO
   */
  readonly restart?: ServiceRestart;

  /**
   * How long it waits before that.
   *
   * @default - 100 milliseconds
   */
  readonly restartDelay?: Duration;

  /**
   * Units after which it starts, where both start.
   *
   * @default ['network-online.target'], which it also wants
   */
  readonly after?: string[];

  /**
   * Units that are started with it.
   *
   * @default ['network-online.target']
   */
  readonly wants?: string[];

  /**
   * Units with which it is started once enabled.
   *
   * @default ['multi-user.target']
   */
  readonly wantedBy?: string[];

  /**
   * Further settings of the section `Service`, such as `{ LimitNOFILE: '65536', ProtectSystem: 'full' }`.
   *
   * @default - none
   */
  readonly settings?: { [name: string]: string };
}

/** The unit file of a service. */
export function serviceText(scope: Construct, options: ServiceUnitOptions): string {
  const { after = ['network-online.target'], wants = ['network-online.target'], wantedBy = ['multi-user.target'] } = options;
  const sections = {
    Unit: [['Description', options.description], ['After', list(after)], ['Wants', list(wants)]] as Setting[],
    Service: serviceSettings(scope, options),
    Install: [['WantedBy', list(wantedBy)]] as Setting[],
  };
  Object.values(sections).flat().forEach(([key, value]) => checkLine(scope, value ?? '', key));
  return unitText(sections);
}

function serviceSettings(scope: Construct, options: ServiceUnitOptions): Setting[] {
  const { serviceType: type = ServiceType.SIMPLE, user, group, workingDirectory, environmentFile, environment = {} } = options;
  const { restart = type === ServiceType.ONESHOT ? ServiceRestart.NO : ServiceRestart.ON_FAILURE } = options;
  return [
    ['Type', type],
    ['User', user && checkOwner(scope, user, 'the user')],
    ['Group', group && checkOwner(scope, group, 'the group')],
    ['WorkingDirectory', workingDirectory && checkPath(scope, workingDirectory, 'the working directory')],
    ...Object.entries(environment).map(([name, value]): Setting =>
      ['Environment', unitAssignment(checkVariable(scope, name, 'the environment variable'), value)]),
    ['EnvironmentFile', environmentFile && checkPath(scope, environmentFile, 'the environment file')],
    ...(options.execStartPre ?? []).map((command): Setting => ['ExecStartPre', command]),
    ['ExecStart', checkPath(scope, options.execStart, 'the command line')],
    ['ExecReload', options.execReload],
    ['Restart', restart],
    ['RestartSec', options.restartDelay && `${options.restartDelay.toMilliseconds()}ms`],
    ...Object.entries(options.settings ?? {}),
  ];
}

const list = (units: string[]): string | undefined => (units.length === 0 ? undefined : units.join(' '));
