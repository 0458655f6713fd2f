import { entry } from './entry';
import { onApt, onDnf } from './package-manager';
import type { Component } from '../component/component';
import { checkWord } from '../component/linux/checks';
import { linuxStep } from '../component/linux/script';
import { bashQuoted } from '../component/step/quoting';
import { Step, type UpdateOsOptions } from '../component/step/step';
import { WindowsUpdate, type WindowsUpdateOptions } from '../component/windows/windows-update';
import { Platform } from '../image/platform';

/** Options of `OperatingSystem.updates`. */
export interface OperatingSystemUpdatesOptions extends UpdateOsOptions {
  /**
   * Release of Amazon Linux 2023 to which the image is brought, such as `2023.9.20251117`: its repositories are locked to one release (AL2023
   * user guide, "Deterministic upgrades through versioned repositories"). Only there.
   *
   * @default 'latest'
   */
  readonly releaseVersion?: string;
}

/** Components that keep the operating system up to date. */
export class OperatingSystem {
  /**
   * Installs the updates of the operating system and restarts: by dnf where it is (Amazon Linux 2023, the Red Hat family), otherwise by the
   * module `UpdateOS` that AWS maintains, which does not support Amazon Linux 2023. Every patched base image has it first, unless it is given
   * other `updates`.
   */
  public static updates(platform: Platform, options: OperatingSystemUpdatesOptions = {}): Component {
    const { releaseVersion, ...lists } = options;
    const module = Step.updateOs(lists);
    return entry(`update-${platform.toLowerCase()}`, {
      description: 'Operating system updates',
      buildSteps: [...platform === Platform.LINUX ? [onDnf(upgrade(lists, releaseVersion)), onApt(module)] : [module], Step.reboot()],
    }, { movesRelease: true });
  }

  /**
   * Installs Windows updates by search criteria, ordered filters and a limit, restarting as often as it takes: for the `updates` of a
   * patched base image where names and numbers of updates are too little to choose by. The validation proves that Windows waits for no
   * restart.
   */
  public static windowsUpdates(options: WindowsUpdateOptions = {}): Component {
    return entry('windows-updates', {
      description: 'Windows updates by criteria and filters',
      buildSteps: [WindowsUpdate.install(options)],
      validateSteps: [WindowsUpdate.checkNoRestartPending()],
    });
  }

  private constructor() {}
}

/** The lists mean what they mean for UpdateOS: of those to include, those not to exclude. */
const upgrade = ({ include, exclude = [] }: UpdateOsOptions, releaseVersion = 'latest'): Step => linuxStep('Upgrade', (scope) => {
  const wanted = include?.filter((name) => !exclude.includes(name));
  if (wanted?.length === 0) { return ["echo 'nothing to update: all that is included is excluded'"]; }
  const words = [
    ...exclude.map((name) => bashQuoted(`--exclude=${checkWord(scope, name, 'the package')}`)),
    ...(wanted ?? []).map((name) => bashQuoted(checkWord(scope, name, 'the package'))),
  ];
  const release = bashQuoted(`--releasever=${checkWord(scope, releaseVersion, 'the release')}`);
  return [
    'release=()',
    `if grep -Eq '^ID="?amzn' /etc/os-release; then release=(${release}); fi`,
    // The empty list is an unset variable for old versions of bash.
    ['dnf -y upgrade', '${release[@]+"${release[@]}"}', ...words].join(' '),
  ];
});
