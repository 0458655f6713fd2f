import type { Construct } from 'constructs';
import { holdScript, installScript, removeScript } from './package-scripts';
import { ATTEMPTS, linuxStep } from './script';
import { InvalidInputError } from '../../private/errors';
import { Step } from '../step';

/** A package of a distribution. */
export interface LinuxPackage {
  /** Name of the package. */
  readonly name: string;

  /**
   * Version, as the package manager writes it; `*` stands for any text.
   *
   * @default - the newest
   */
  readonly version?: string;

  /**
   * Name on Debian and Ubuntu.
   *
   * @default - the same name
   */
  readonly aptName?: string;

  /**
   * Version on Debian and Ubuntu.
   *
   * @default - the same version
   */
  readonly aptVersion?: string;
}

/** Options of `LinuxPackages.install`. */
export interface LinuxPackagesOptions {
  /**
   * Whether every package must have a version, so that two builds install the same.
   *
   * @default false
   */
  readonly requirePins?: boolean;

  /**
   * Whether later updates leave the packages alone (`dnf versionlock`, `apt-mark hold`).
   *
   * @default false
   */
  readonly hold?: boolean;
}

/**
 * Packages of the distribution, by dnf (Amazon Linux 2023, Red Hat family) or apt (Debian, Ubuntu): which of them is found on the
 * instance. Asks nothing, waits for locks that others hold, tries again what failed, and fails where one package is missing.
 */
export class LinuxPackages {
  /** Installs packages; a version that is given is installed also where another one is there. */
  public static install(packages: LinuxPackage[], options: LinuxPackagesOptions = {}): Step {
    const checked = (scope: Construct): LinuxPackage[] => checkPackages(scope, packages, options);
    const install = linuxStep('InstallPackages', (scope) => installScript(checked(scope)), { maxAttempts: ATTEMPTS });
    const hold = linuxStep('HoldPackages', (scope) => holdScript(checked(scope)), { maxAttempts: ATTEMPTS });
    return options.hold ? Step.sequence(install, hold) : install;
  }

  /** Removes packages, and what needs them. Those that are not there are no failure. */
  public static remove(...packages: LinuxPackage[]): Step {
    return linuxStep('RemovePackages', (scope) => removeScript(checkPackages(scope, packages, {})), { maxAttempts: ATTEMPTS });
  }

  private constructor() {}
}

function checkPackages(scope: Construct, packages: LinuxPackage[], { requirePins }: LinuxPackagesOptions): LinuxPackage[] {
  if (packages.length === 0) {
    throw new InvalidInputError(scope, { what: 'a list of packages is empty', expected: 'at least one', fix: 'name a package or remove the step' });
  }
  for (const { name, version, aptName, aptVersion } of packages) {
    for (const text of [name, version, aptName, aptVersion]) {
      // What starts with a dash would be an option.
      if (text !== undefined && !/^[^\s-][^\s]*$/.test(text)) {
        throw new InvalidInputError(scope, {
          what: `'${text}' of the package '${name}' is no name or version`,
          expected: 'a text without spaces that does not start with a dash',
          fix: 'correct it',
        });
      }
    }
    if (requirePins && version === undefined) {
      throw new InvalidInputError(scope, {
        what: `the package '${name}' has no version`,
        expected: 'a version for every package, because requirePins is set',
        fix: `give it a version: { name: '${name}', version: '…' }`,
      });
    }
  }
  return packages;
}
