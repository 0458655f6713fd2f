import type { IConstruct } from 'constructs';
import type { OperatingSystemFamily, OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';

/** What to do where a name is not known here. */
export const OTHER_PARAMETER = 'use one of those, or ParentImage.fromSsmParameter with the name of the parameter';

/** What is known of a version; otherwise the versions that are known are named. */
export function known<T>(
  scope: IConstruct, product: string, versions: ReadonlyMap<string, T>, { family, version }: OperatingSystemVersion, of: OperatingSystemFamily,
): T {
  const value = family === of ? versions.get(version) : undefined;
  if (value !== undefined) { return value; }
  throw new InvalidInputError(scope, {
    what: family === of ? `the ${product} version '${version}' is not known` : `${family} ${version} is no ${product}`,
    expected: `one of ${[...versions.keys()].join(', ')}`,
    fix: OTHER_PARAMETER,
  });
}

/** One of what is published; otherwise what is published is named. */
export function oneOf<T extends string>(scope: IConstruct, what: string, value: T, values: readonly T[], fix = OTHER_PARAMETER): T {
  if (values.includes(value)) { return value; }
  throw new InvalidInputError(scope, { what: `the ${what} '${value}' is not known`, expected: `one of ${values.join(', ')}`, fix });
}
