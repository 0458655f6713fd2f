import { WindowsVersion } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { knownVersion, oneOf } from './known';
import { WindowsLanguage, type WindowsServerOptions } from './windows-options';
import { OperatingSystemFamily, type OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';

const ROOT = '/aws/service/ami-windows-latest';
const RELEASES = ['2016', '2019', '2022', '2025'];
const NODE_RELEASES = ['2019', '2022', '2025'];

/** AWS Windows AMI reference, "Find Windows AMIs"; which languages and editions there are is what `WindowsVersion` of aws-cdk-lib lists. */
export function windowsServerParameter(scope: IConstruct, system: OperatingSystemVersion, options: WindowsServerOptions): string {
  const { core = false, language = WindowsLanguage.ENGLISH, sqlServer } = options;
  const release = releaseOf(scope, system, RELEASES);
  const name = `Windows_Server-${release}-${language}-${core ? 'Core' : 'Full'}-${sqlServer === undefined ? 'Base' : `SQL_${sqlServer}`}`;
  const published = Object.values(WindowsVersion).filter((each) => each.startsWith(`Windows_Server-${release}-`) && /-(?:Base|SQL_\w+)$/.test(each));
  return `${ROOT}/${oneOf(scope, 'Windows AMI', name, published as string[])}`;
}

/**
 * With a container runtime for Amazon ECS or EKS. Amazon ECS developer guide, "Retrieving Amazon ECS-optimized Windows AMI metadata"; Amazon EKS user
 * guide, "Retrieve recommended Microsoft Windows AMI IDs".
 */
export const windowsNodeParameter = (scope: IConstruct, system: OperatingSystemVersion, core: boolean, optimized: string): string =>
  `${ROOT}/Windows_Server-${releaseOf(scope, system, NODE_RELEASES)}-English-${core ? 'Core' : 'Full'}-${optimized}/image_id`;

const releaseOf = (scope: IConstruct, system: OperatingSystemVersion, published: string[]): string =>
  knownVersion(scope, 'Windows Server', published, system, OperatingSystemFamily.WINDOWS_SERVER);

/** A desktop or none is a choice of Windows alone. */
export function refuseCore(scope: IConstruct, core: boolean | undefined, system: OperatingSystemVersion): void {
  if (core !== undefined) {
    throw new InvalidInputError(scope, { what: `core is given for ${system}`, expected: 'core with Windows Server only', fix: 'leave core out' });
  }
}
