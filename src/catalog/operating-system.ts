import { Component } from '../component/component';
import { Step, type UpdateOsOptions } from '../component/step/step';
import { WindowsUpdate, type WindowsUpdateOptions } from '../component/windows/windows-update';
import { Platform } from '../image/platform';

/** Components that keep the operating system up to date. */
export class OperatingSystem {
  /**
   * Installs the updates of the operating system and restarts, with the module that AWS maintains for it. Every patched base image has it
   * first, unless it is given other `updates`.
   */
  public static updates(platform: Platform, options: UpdateOsOptions = {}): Component {
    return Component.fromSteps(`update-${platform.toLowerCase()}`, {
      description: 'Operating system updates',
      buildSteps: [Step.updateOs(options), Step.reboot()],
    });
  }

  /**
   * Installs Windows updates by search criteria, ordered filters and a limit, restarting as often as it takes: for the `updates` of a
   * patched base image where names and numbers of updates are too little to choose by. The validation proves that Windows waits for no
   * restart.
   */
  public static windowsUpdates(options: WindowsUpdateOptions = {}): Component {
    return Component.fromSteps('windows-updates', {
      description: 'Windows updates by criteria and filters',
      buildSteps: [WindowsUpdate.install(options)],
      validateSteps: [WindowsUpdate.checkNoRestartPending()],
    });
  }

  private constructor() {}
}
