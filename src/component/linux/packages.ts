import type { Construct } from 'constructs';
import { checkNotEmpty, checkWord } from './checks';
import { fetched } from './fetch';
import { holdScript, installFileScript, installScript, removeScript } from './package-scripts';
import { ATTEMPTS, linuxStep, plannedStep } from './script';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
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
   * Whether later updates leave the packages alone (`dnf versionlock`, `apt-mark hold`). Another version of a held package is refused
   * by the package manager, also in images that stand on this one.
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
    const install = linuxStep('InstallPackages', (scope) => installScript(checked(scope)), ATTEMPTS);
    const hold = linuxStep('HoldPackages', (scope) => holdScript(checked(scope)), ATTEMPTS);
    return options.hold ? Step.sequence(install, hold) : install;
  }

  /**
   * Installs one package file and what it needs from the repositories. What is in it is known by its checksum, not by a signature.
   *
   * @param source a `.rpm` or `.deb` file, for the distribution and architecture of the image
   */
  public static installFile(source: Source): Step {
    return plannedStep('InstallPackageFile', (scope, bind) => {
      const file = fetched(scope, bind, source);
      return { before: file.before, lines: [...installFileScript(scope, file), ...file.after] };
    }, ATTEMPTS);
  }

  /** Removes packages, and what needs them. Those that are not there are no failure. */
  public static remove(...packages: LinuxPackage[]): Step {
    return linuxStep('RemovePackages', (scope) => removeScript(checkPackages(scope, packages, {})), ATTEMPTS);
  }

  private constructor() {}
}

function checkPackages(scope: Construct, packages: LinuxPackage[], { requirePins }: LinuxPackagesOptions): LinuxPackage[] {
  checkNotEmpty(scope, packages, 'a list of packages');
  for (const each of packages) {
    const { name, version } = each;
    [name, version, each.aptName, each.aptVersion].filter((text) => text !== undefined)
      .forEach((text) => checkWord(scope, text, `a name or version of the package '${name}':`));
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
