import { Component } from '../component/component';
import { Step, type UpdateOsOptions } from '../component/step/step';
import { Platform } from '../image/platform';

/** Components that keep the operating system up to date. */
export class OperatingSystem {
  /** Installs the updates of the operating system and restarts. Every patched base image has it first. */
  public static updates(platform: Platform, options: UpdateOsOptions = {}): Component {
    return Component.fromSteps(`update-${platform.toLowerCase()}`, {
      description: 'Operating system updates',
      buildSteps: [Step.updateOs(options), Step.reboot()],
    });
  }

  private constructor() {}
}
