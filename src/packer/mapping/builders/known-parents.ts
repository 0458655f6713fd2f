import type { Architecture, ParentPlan, SystemPlan } from '../../plan';

/** What a template says of the AMI that a builder starts from. */
export interface KnownParent {
  readonly parent: ParentPlan;
  readonly system: SystemPlan;
}

/** AMIs that a vendor also publishes by a public parameter. */
interface Family {
  readonly owners: readonly string[];
  /** Names with a wildcard where the date or version stands, and nowhere else than the others may have one. */
  readonly name: RegExp;
  /** None where names of the pattern are those of several parents. */
  parent(groups: Readonly<Record<string, string | undefined>>, architecture: Architecture | undefined): KnownParent | undefined;
}

const AMAZON = ['amazon', '137112412989', '801119661308', 'self-and-amazon'];
const CANONICAL = ['099720109477', 'amazon', 'aws-marketplace'];
/** Dots, stars and question marks, of which one stands for any text: a version or a date that is not said. */
const ANY = '[.?-]*\\*[.*?-]*';
const PROCESSOR = '(?<processor>x86_64|arm64|amd64|\\*|x86\\*|arm\\*|amd\\*)';

const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest';

/** EC2 user guide, "Reference the latest AMIs using public parameters"; the vendors' own pages for Ubuntu, Debian and SUSE. */
const FAMILIES: readonly Family[] = [
  {
    owners: AMAZON,
    name: /^\*?(?<name>Windows_Server-(?<version>\d{4})-English-(?:(?:Full|Core)-Base(?=-?\*)|(?:Full|Core)-[A-Za-z0-9_.]+(?=-\*)))-?\*$/,
    parent: ({ name, version }) => windows(name!, version!),
  },
  {
    owners: AMAZON,
    // A star from the start finds minimal ones and those of ECS as well; with a kernel, only these.
    name: new RegExp(`^\\*?al2023-ami-(?:2023)?${ANY}(?:kernel-(?<kernel>\\d+\\.\\d+|[*.]+)-)?${PROCESSOR}$`),
    parent: ({ kernel, processor }, architecture) => amazonLinux2023(kernel, processorOf(processor, architecture)),
  },
  {
    owners: AMAZON,
    name: new RegExp(`^\\*?amzn2-ami-(?:kernel-(?<kernel>5\\.10)-)?hvm-(?:2(?:\\.0)?\\.?)?${ANY}(?:${PROCESSOR}(?:-(?<volume>gp2|ebs)|-?\\*)?)?$`),
    parent: ({ kernel, processor, volume = 'gp2' }, architecture) => amazonLinux2(kernel, processorOf(processor, architecture), volume),
  },
  {
    owners: CANONICAL,
    name: /^\*?(?:\/?ubuntu\/images\/(?:[^/]*\/)?|\/)?\*?ubuntu[-/](?<name>[a-z*]+)-(?<version>\d\d\.04|\*)-(?<processor>amd64|arm64|\*)-server-?\*$/,
    parent: ({ name, version, processor }, architecture) => ubuntu(name!, version!, processorOf(processor, architecture)),
  },
  {
    owners: ['136693071363', 'amazon'],
    name: /^debian-(?<version>1[0-9])-(?<processor>amd64|arm64|\*)-?\*$/,
    parent: ({ version, processor }, architecture) => debian(version!, processorOf(processor, architecture)),
  },
  {
    owners: ['013907871322', 'amazon'],
    name: /^suse-sles-(?<version>1[0-9](?:-sp\d)?)-(?:v|byos-v)?\*(?:-hvm-ssd|-hvm)?-(?<processor>x86_64|arm64|\*)$/,
    parent: ({ version, processor }, architecture) => suse(version!, processorOf(processor, architecture)),
  },
];

/** The parent that a public parameter holds: the service follows it, and a search in AWS would find another AMI each time. */
export function knownParent(name: string, owners: readonly string[], architecture: Architecture | undefined): KnownParent | undefined {
  const families = FAMILIES.filter((family) => owners.every((owner) => family.owners.includes(owner)));
  return families.map((family) => [family, family.name.exec(name)] as const)
    .map(([family, match]) => match && family.parent(match.groups ?? {}, architecture)).find((parent) => parent != null) ?? undefined;
}

/** The processor in the name; where a star stands for it, the one that the filter asks for. */
function processorOf(text: string | undefined, asked: Architecture | undefined): Architecture | undefined {
  const named = text === undefined ? undefined : /^arm/.test(text) ? 'arm64' : /^(?:x86|amd)/.test(text) ? 'x86_64' : undefined;
  return named ?? asked;
}

const parameter = (parameterName: string, system: SystemPlan): KnownParent => ({ parent: { kind: 'ssmParameter', parameterName, system }, system });

const SHORT_CUTS = ['2019', '2022', '2025'];

function windows(name: string, version: string): KnownParent {
  const system: SystemPlan = { platform: 'Windows', architecture: 'x86_64', osVersion: { family: 'Microsoft Windows Server', version }, rootDeviceName: '/dev/sda1' };
  if (SHORT_CUTS.includes(version) && name.endsWith('-English-Full-Base')) return { parent: { kind: 'windowsServer', version }, system };
  return parameter(`/aws/service/ami-windows-latest/${name}`, system);
}

function amazonLinux2023(kernel: string | undefined, architecture: Architecture | undefined): KnownParent | undefined {
  if (architecture === undefined) return undefined;
  const system: SystemPlan = { platform: 'Linux', architecture, osVersion: { family: 'Amazon Linux', version: '2023' }, rootDeviceName: '/dev/xvda' };
  if (kernel === undefined || /^[*.]+$/.test(kernel)) return { parent: { kind: 'amazonLinux2023', architecture }, system };
  return parameter(`${AMAZON_LINUX}/al2023-ami-kernel-${kernel}-${architecture}`, system);
}

function amazonLinux2(kernel: string | undefined, architecture: Architecture | undefined, volume: string): KnownParent | undefined {
  if (architecture === undefined) return undefined;
  const name = `amzn2-ami-${kernel === undefined ? '' : `kernel-${kernel}-`}hvm-${architecture}-${volume}`;
  return parameter(`${AMAZON_LINUX}/${name}`, { platform: 'Linux', architecture, osVersion: { family: 'Amazon Linux', version: '2' }, rootDeviceName: '/dev/xvda' });
}

/** Code names of Ubuntu's versions with long-term support (Ubuntu wiki, "Releases"). */
const UBUNTU: Readonly<Record<string, string>> = { xenial: '16.04', bionic: '18.04', focal: '20.04', jammy: '22.04', noble: '24.04' };

function ubuntu(name: string, version: string, architecture: Architecture | undefined): KnownParent | undefined {
  const known = version === '*' ? UBUNTU[name] : version;
  if (known === undefined || architecture === undefined) return undefined;
  const system: SystemPlan = { platform: 'Linux', architecture, osVersion: { family: 'Ubuntu', version: known }, rootDeviceName: '/dev/sda1' };
  if (['20.04', '22.04', '24.04', '26.04'].includes(known)) return { parent: { kind: 'ubuntu', version: known, architecture }, system };
  if (!Object.values(UBUNTU).includes(known)) return undefined;
  const processor = architecture === 'arm64' ? 'arm64' : 'amd64';
  return parameter(`/aws/service/canonical/ubuntu/server/${known}/stable/current/${processor}/hvm/ebs-gp2/ami-id`, system);
}

/** Debian wiki, "Cloud/AmazonEC2Image". */
function debian(version: string, architecture: Architecture | undefined): KnownParent | undefined {
  if (architecture === undefined) return undefined;
  const processor = architecture === 'arm64' ? 'arm64' : 'amd64';
  return parameter(`/aws/service/debian/release/${version}/latest/${processor}`, {
    platform: 'Linux', architecture, osVersion: { family: 'Debian', version }, rootDeviceName: '/dev/xvda',
  });
}

/** SUSE public cloud guide, "Public cloud images". */
function suse(version: string, architecture: Architecture | undefined): KnownParent | undefined {
  if (architecture === undefined) return undefined;
  return parameter(`/aws/service/suse/sles/${version}/${architecture}/latest`, {
    platform: 'Linux', architecture, osVersion: { family: 'SLES', version: version.replace('-sp', '.') }, rootDeviceName: '/dev/sda1',
  });
}
