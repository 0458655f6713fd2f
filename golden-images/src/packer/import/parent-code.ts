import { call, list, member, options, text, type Code } from './code';
import type { Architecture, OsVersionPlan, ParentPlan, SystemPlan } from '../../../../src/packer/plan';
import type { OperatingSystemVersion } from '../../../../src/platform';
import { OperatingSystemFamily } from '../../../../src/platform/operating-system-family';

/** A parent as the code that makes it. */
export function parentCode(parent: ParentPlan): Code {
  switch (parent.kind) {
    case 'amiId': return call('ParentImage', 'fromAmiId', [text(parent.amiId), optionsOf(parent.system)]);
    case 'ssmParameter': return call('ParentImage', 'fromSsmParameter', [text(parent.parameterName), optionsOf(parent.system)]);
    case 'amazonLinux2023': return call('ParentImage', 'amazonLinux2023', [architectureCode(parent.architecture)]);
    case 'ubuntu': return call('ParentImage', 'ubuntu', [versionCode({ family: 'Ubuntu', version: parent.version }), architectureCode(parent.architecture)]);
    case 'windowsServer': return call('ParentImage', 'windowsServer', [versionCode({ family: 'Microsoft Windows Server', version: parent.version })]);
    case 'lookup': return call('ParentImage', 'lookup', [options({ owner: text(parent.owner), names: list(text(parent.name)), ...entriesOf(parent.system) })]);
    // The command line gives parents as what they are.
    case 'given': throw new Error(`the parent of ${parent.builder} was given as a construct`);
  }
}

const optionsOf = (system: SystemPlan): Code => options(entriesOf(system));

const entriesOf = ({ platform, architecture, rootDeviceName, osVersion }: SystemPlan): Record<string, Code | undefined> => ({
  platform: member('Platform', platform === 'Windows' ? 'WINDOWS' : 'LINUX'),
  architecture: architectureCode(architecture),
  rootDeviceName: rootDeviceName === undefined ? undefined : text(rootDeviceName),
  osVersion: osVersion && versionCode(osVersion),
});

const architectureCode = (architecture: Architecture): Code =>
  member('InstanceArchitecture', architecture === 'arm64' ? 'ARM_64' : 'X86_64', 'aws-cdk-lib/aws-ec2');

const CONSTANTS: Readonly<Record<string, keyof typeof OperatingSystemVersion>> = {
  'Amazon Linux 2': 'AMAZON_LINUX_2',
  'Amazon Linux 2023': 'AMAZON_LINUX_2023',
  'Ubuntu 20.04': 'UBUNTU_20_04',
  'Ubuntu 22.04': 'UBUNTU_22_04',
  'Ubuntu 24.04': 'UBUNTU_24_04',
  'Ubuntu 26.04': 'UBUNTU_26_04',
  'Microsoft Windows Server 2016': 'WINDOWS_SERVER_2016',
  'Microsoft Windows Server 2019': 'WINDOWS_SERVER_2019',
  'Microsoft Windows Server 2022': 'WINDOWS_SERVER_2022',
  'Microsoft Windows Server 2025': 'WINDOWS_SERVER_2025',
};

/** Names of the constants of families. */
const FAMILIES = new Map(Object.entries(OperatingSystemFamily).map(([name, family]) => [`${family}`, name]));

/** By its constant, where the library has one. */
function versionCode({ family, version }: OsVersionPlan): Code {
  const constant = CONSTANTS[`${family} ${version}`];
  if (constant !== undefined) return member('OperatingSystemVersion', constant);
  return call('OperatingSystemVersion', 'of', [member('OperatingSystemFamily', FAMILIES.get(family)!), text(version)]);
}
