import type { Construct } from 'constructs';
import { checkNotEmpty, checkUnitName } from './checks';
import { linuxStep } from './script';
import { serviceText, type ServiceUnitOptions } from './service-unit';
import { timerText, type TimerUnitOptions } from './timer-unit';
import { unitPath, type UnitOptions } from './unit-text';
import { writeText } from './write-file';
import type { Step } from '../step';

/**
 * Units of systemd. In an image they are installed and enabled, that is started with each instance; started during the build only where
 * that is asked for.
 */
export class SystemdUnit {
  /**
   * Any unit, by its text.
   *
   * @param name name with its type, such as `app.service`
   * @param text the unit file
   */
  public static of(name: string, text: string, options: UnitOptions = {}): Step {
    return unit(name, () => text, options);
  }

  /**
   * A service.
   *
   * @param name name without `.service`
   */
  public static service(name: string, options: ServiceUnitOptions): Step {
    return unit(`${name}.service`, (scope) => serviceText(scope, options), options);
  }

  /**
   * Starts a unit by the calendar. Takes the place of cron, which minimal images such as Amazon Linux 2023 do not have.
   *
   * @param name name without `.timer`; the service of that name is started unless another unit is given
   */
  public static timer(name: string, options: TimerUnitOptions): Step {
    return unit(`${name}.timer`, (scope) => timerText(scope, options), options);
  }

  /** Starts units that are there with each instance. */
  public static enable(...names: string[]): Step {
    return systemctl('EnableUnits', 'enable', names);
  }

  /** Stops units, and starts them no more with an instance. */
  public static disable(...names: string[]): Step {
    return systemctl('DisableUnits', 'disable --now', names);
  }

  /** Stops units, and keeps everything from starting them. */
  public static mask(...names: string[]): Step {
    return systemctl('MaskUnits', 'mask --now', names);
  }

  /** Starts units on the build instance too, or starts them again. */
  public static restart(...names: string[]): Step {
    return systemctl('RestartUnits', 'restart', names);
  }

  private constructor() {}
}

function unit(name: string, text: (scope: Construct) => string, { enabled = true, started = false }: UnitOptions): Step {
  return linuxStep('InstallUnit', (scope) => {
    const checked = checkUnitName(scope, name, 'the unit');
    return [
      ...writeText(unitPath(checked), text(scope)),
      'systemctl daemon-reload',
      ...enabled ? [`systemctl enable '${checked}'`] : [],
      ...started ? [`systemctl restart '${checked}'`] : [],
    ];
  });
}

function systemctl(step: string, command: string, names: string[]): Step {
  return linuxStep(step, (scope) => {
    checkNotEmpty(scope, names, 'the list of units');
    return [`systemctl ${command} ${names.map((name) => `'${checkUnitName(scope, name, 'the unit')}'`).join(' ')}`];
  });
}
