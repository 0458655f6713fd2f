import type { Duration } from 'aws-cdk-lib';
import { moduleStep } from './module-step';
import { Step, type UpdateOsOptions } from '../step';

/** Modules that work on the whole system (Image Builder user guide, "System action modules"). `InstallModule` has those of Windows. */
export class SystemModule {
  /**
   * `Reboot`: restarts the instance and goes on with the next step.
   *
   * @param delay how long it waits before
   */
  public static reboot(delay?: Duration): Step {
    return moduleStep('Reboot', delay && { delaySeconds: delay.toSeconds() });
  }

  /** `UpdateOS`: installs operating system updates. */
  public static updateOs(options: UpdateOsOptions = {}): Step {
    return Step.updateOs(options);
  }

  private constructor() {}
}
