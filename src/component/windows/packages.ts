import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

/** A package of a package manager. */
interface Named {
  readonly version?: string;
}

/** Names and versions that are there, valid, and written once. A valid name cannot be taken for an option. */
export function checkPackages<T extends Named>(scope: Construct, packages: T[], rules: {
  readonly manager: string;
  readonly nameOf: (each: T) => string;
  readonly name: RegExp;
  readonly version: RegExp;
  readonly allowUnpinned?: boolean;
}): void {
  const refuse = (what: string, expected: string, fix: string): never => {
    throw new InvalidInputError(scope, { what, expected, fix });
  };
  if (packages.length === 0) {
    refuse(`a list of ${rules.manager} packages is empty`, 'one or more', 'name a package, or leave the step out');
  }
  const names = packages.map((each) => rules.nameOf(each));
  const twice = names.find((name, index) => names.findIndex((each) => each.toLowerCase() === name.toLowerCase()) < index);
  if (twice !== undefined) {
    refuse(`the ${rules.manager} package '${twice}' is defined twice`, 'a package once', 'remove one');
  }
  packages.forEach((each, index) => {
    const name = names[index]!;
    if (!Token.isUnresolved(name) && !rules.name.test(name)) {
      refuse(`the name '${name}' of a ${rules.manager} package is not valid`, `what ${rules.name.source} matches`, 'correct the name');
    }
    if (each.version === undefined && !rules.allowUnpinned) {
      refuse(
        `the ${rules.manager} package '${name}' has no version`, 'a version, so that two builds of one definition are the same',
        'give it a version, or set allowUnpinned: true to take whatever is newest on the day of the build',
      );
    }
    if (each.version !== undefined && !Token.isUnresolved(each.version) && !rules.version.test(each.version)) {
      refuse(`the version '${each.version}' of '${name}' is not valid`, 'one version, such as 1.2.3', 'correct the version');
    }
  });
}
