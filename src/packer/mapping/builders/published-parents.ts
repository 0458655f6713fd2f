import type { KnownParent } from './known-parents';
import type { Architecture, OsVersionPlan, SystemPlan } from '../../plan';

/** None where the name is that of several processors, or of a version that is not published. */
type Published = KnownParent | undefined;
type Processor = Architecture | undefined;

const parameter = (parameterName: string, system: SystemPlan): KnownParent =>
  ({ parent: { kind: 'ssmParameter', parameterName, system }, system });

const linux = (family: OsVersionPlan['family'], version: string, architecture: Architecture, rootDeviceName: string): SystemPlan =>
  ({ platform: 'Linux', architecture, osVersion: { family, version }, rootDeviceName });

const debianProcessor = (architecture: Architecture): string => (architecture === 'arm64' ? 'arm64' : 'amd64');

/** Versions that become `ParentImage.windowsServer`; others are parents by their parameter. */
export const WINDOWS_SERVER_PARENTS = ['2019', '2022', '2025'];

export function windows(name: string, version: string): KnownParent {
  const osVersion: OsVersionPlan = { family: 'Microsoft Windows Server', version };
  const system: SystemPlan = { platform: 'Windows', architecture: 'x86_64', osVersion, rootDeviceName: '/dev/sda1' };
  if (WINDOWS_SERVER_PARENTS.includes(version) && name.endsWith('-English-Full-Base')) return { parent: { kind: 'windowsServer', version }, system };
  return parameter(`/aws/service/ami-windows-latest/${name}`, system);
}

const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest';

export function amazonLinux2023(kernel: string | undefined, architecture: Processor): Published {
  if (architecture === undefined) return undefined;
  const system = linux('Amazon Linux', '2023', architecture, '/dev/xvda');
  if (kernel === undefined || /^[*.]+$/.test(kernel)) return { parent: { kind: 'amazonLinux2023', architecture }, system };
  return parameter(`${AMAZON_LINUX}/al2023-ami-kernel-${kernel}-${architecture}`, system);
}

export function amazonLinux2(kernel: string | undefined, architecture: Processor, volume: string): Published {
  if (architecture === undefined) return undefined;
  const name = `amzn2-ami-${kernel === undefined ? '' : `kernel-${kernel}-`}hvm-${architecture}-${volume}`;
  return parameter(`${AMAZON_LINUX}/${name}`, linux('Amazon Linux', '2', architecture, '/dev/xvda'));
}

/** Code names of versions with long-term support (Ubuntu wiki, "Releases"). */
const UBUNTU: Readonly<Record<string, string>> = { xenial: '16.04', bionic: '18.04', focal: '20.04', jammy: '22.04', noble: '24.04' };
/** Those of `ParentImage.ubuntu`. */
export const UBUNTU_PARENTS = ['20.04', '22.04', '24.04', '26.04'];

export function ubuntu(name: string, version: string, architecture: Processor): Published {
  const known = version === '*' ? UBUNTU[name] : version;
  if (known === undefined || architecture === undefined) return undefined;
  const system = linux('Ubuntu', known, architecture, '/dev/sda1');
  if (UBUNTU_PARENTS.includes(known)) return { parent: { kind: 'ubuntu', version: known, architecture }, system };
  if (!Object.values(UBUNTU).includes(known)) return undefined;
  return parameter(`/aws/service/canonical/ubuntu/server/${known}/stable/current/${debianProcessor(architecture)}/hvm/ebs-gp2/ami-id`, system);
}

/** Debian wiki, "Cloud/AmazonEC2Image". assumption: vendor-root-devices */
export function debian(version: string, architecture: Processor): Published {
  if (architecture === undefined) return undefined;
  const system = linux('Debian', version, architecture, '/dev/xvda');
  return parameter(`/aws/service/debian/release/${version}/latest/${debianProcessor(architecture)}`, system);
}

/** SUSE public cloud guide, "Public cloud images". assumption: vendor-root-devices */
export function suse(version: string, architecture: Processor): Published {
  if (architecture === undefined) return undefined;
  const system = linux('SLES', version.replace('-sp', '.'), architecture, '/dev/sda1');
  return parameter(`/aws/service/suse/sles/${version}/${architecture}/latest`, system);
}
