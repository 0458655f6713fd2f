import type { IConstruct } from 'constructs';
import type { OperatingSystemFamily, OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';

/** What to do where a name is not known here. */
export const OTHER_PARAMETER = 'use one of those, or ParentImage.fromSsmParameter with the name of the parameter';

/** The version of a system, where it is known; otherwise the versions that are known are named. */
export function knownVersion(
  scope: IConstruct, product: string, versions: readonly string[], { family, version }: OperatingSystemVersion, of: OperatingSystemFamily,
): string {
  if (family === of && versions.includes(version)) { return version; }
  throw new InvalidInputError(scope, {
    what: family === of ? `the ${product} version '${version}' is not known` : `${family} ${version} is no ${product}`,
    expected: `one of ${versions.join(', ')}`,
    fix: OTHER_PARAMETER,
  });
}

/** What is known of the version of a system; otherwise the versions that are known are named. */
export const known = <T>(
  scope: IConstruct, product: string, versions: ReadonlyMap<string, T>, system: OperatingSystemVersion, of: OperatingSystemFamily,
): T => versions.get(knownVersion(scope, product, [...versions.keys()], system, of))!;

/** One of what is published; otherwise what is published is named. */
export function oneOf<T extends string>(scope: IConstruct, what: string, value: T, values: readonly T[], fix = OTHER_PARAMETER): T {
  if (values.includes(value)) { return value; }
  throw new InvalidInputError(scope, { what: `the ${what} '${value}' is not known`, expected: `one of ${values.join(', ')}`, fix });
}
