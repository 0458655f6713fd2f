import { AMI_ID } from '../../../src/contract';
import type { KnownParent } from '../../../src/packer/mapping/builders/known-parents';
import { amazonLinux2023, ubuntu, UBUNTU_PARENTS, windows, WINDOWS_SERVER_PARENTS } from '../../../src/packer/mapping/builders/published-parents';
import { present } from '../../../src/packer/mapping/present';
import type { Architecture, OsVersionPlan, PlatformName, SystemPlan } from '../../../src/packer/plan';

export const PARENT_FORM = 'amazon-linux-2023, ubuntu-24.04, windows-2022, an AMI id or the name of an SSM parameter; after it, where it is not known: '
  + ',platform=windows ,architecture=arm64 ,os=debian-12 ,root-device=/dev/xvda';

const PLATFORMS: Readonly<Record<string, PlatformName>> = { linux: 'Linux', windows: 'Windows' };
const OPTIONS = ['platform', 'architecture', 'os', 'root-device'];

/** A parent as it is written on the command line: `ubuntu-24.04,architecture=arm64`. None where it is not understood. */
export function parentOf(text: string): KnownParent | undefined {
  const [what, ...options] = text.split(',') as [string, ...string[]];
  const given = new Map(options.map((option) => option.split('=', 2) as [string, string | undefined]));
  const platform = PLATFORMS[given.get('platform') ?? (given.get('os')?.startsWith('windows') ? 'windows' : 'linux')];
  const architecture = given.get('architecture') ?? 'x86_64';
  const known = [...given].every(([name, value]) => OPTIONS.includes(name) && value !== undefined && value !== '');
  if (!known || platform === undefined || architecture !== 'x86_64' && architecture !== 'arm64') return undefined;
  const osVersion = given.has('os') ? systemOf(given.get('os')!) : undefined;
  if (given.has('os') && osVersion === undefined) return undefined;
  const system = present({ platform, architecture, osVersion, rootDeviceName: given.get('root-device') } as const);
  return named(what, architecture, options) ?? byReference(what, system);
}

/** A parent of which all is known but its architecture. */
function named(what: string, architecture: Architecture, options: string[]): KnownParent | undefined {
  const [, family, version] = /^(amazon-linux|ubuntu|windows)-(2023|\d\d\.04|20\d\d)$/.exec(what) ?? [];
  if (options.some((option) => !option.startsWith('architecture='))) return undefined;
  if (family === 'amazon-linux' && version === '2023') return amazonLinux2023(undefined, architecture);
  if (family === 'ubuntu' && UBUNTU_PARENTS.includes(version!)) return ubuntu('', version!, architecture);
  const offered = family === 'windows' && WINDOWS_SERVER_PARENTS.includes(version!) && architecture === 'x86_64';
  return offered ? windows(`Windows_Server-${version}-English-Full-Base`, version!) : undefined;
}

/** Operating systems by the beginning of `debian-12`. */
const SYSTEMS: Readonly<Record<string, OsVersionPlan['family']>> = {
  'amazon-linux': 'Amazon Linux',
  'ubuntu': 'Ubuntu',
  'debian': 'Debian',
  'rhel': 'Red Hat Enterprise Linux',
  'rocky-linux': 'Rocky Linux',
  'alma-linux': 'AlmaLinux',
  'sles': 'SLES',
  'windows': 'Microsoft Windows Server',
};

function systemOf(text: string): OsVersionPlan | undefined {
  const [, name, version] = /^([a-z-]+)-(\d+(?:\.\d+)*)$/.exec(text) ?? [];
  const family = SYSTEMS[name ?? ''];
  return family === undefined ? undefined : { family, version: version! };
}

function byReference(what: string, system: SystemPlan): KnownParent | undefined {
  if (AMI_ID.test(what)) return { parent: { kind: 'amiId', amiId: what, system }, system };
  return /^\/[A-Za-z0-9_.\-/]{1,1010}$/.test(what) ? { parent: { kind: 'ssmParameter', parameterName: what, system }, system } : undefined;
}
