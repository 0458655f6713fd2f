import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { ParentImage } from '../../../image/parent-image';
import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../../platform';
import { textOf, Values } from '../values';
import { made } from '../written';

/** What a template says of the AMI that a builder starts from. */
export interface KnownParent {
  readonly parent: ParentImage;
  readonly platform: Platform;
  readonly architecture: InstanceArchitecture;
  readonly osVersion?: OperatingSystemVersion;
}

interface Filter {
  readonly name: string;
  readonly owners: string[];
}

interface Pattern {
  readonly owners: string[];
  readonly name: RegExp;
  parent(match: RegExpExecArray): KnownParent;
}

const architectureOf = (text: string): InstanceArchitecture =>
  (/^(?:arm64|aarch64)$/.test(text) ? InstanceArchitecture.ARM_64 : InstanceArchitecture.X86_64);

const AMAZON = ['amazon', '137112412989', '801119661308', 'self-and-amazon'];
const SHORT_CUTS = ['2019', '2022', '2025'];

/** Names of AMIs that vendors also publish by a public parameter (EC2 user guide, "Reference the latest AMIs using public parameters"). */
const PATTERNS: Pattern[] = [
  {
    owners: AMAZON,
    name: /^(Windows_Server-(\d{4})-English-(?:Full|Core)-[A-Za-z0-9_.]+)-?\*$/,
    parent: ([, name, version]) => {
      const osVersion = OperatingSystemVersion.of(OperatingSystemFamily.WINDOWS_SERVER, version!);
      const parent = SHORT_CUTS.includes(version!) && name!.endsWith('-English-Full-Base')
        ? made({ ParentImage }, 'windowsServer', osVersion)
        : made({ ParentImage }, 'fromSsmParameter', `/aws/service/ami-windows-latest/${name}`, { platform: Platform.WINDOWS, rootDeviceName: '/dev/sda1', osVersion });
      return { parent, platform: Platform.WINDOWS, architecture: InstanceArchitecture.X86_64, osVersion };
    },
  },
  {
    owners: AMAZON,
    name: /^al2023-ami-(?:\*|20)[\w.*]*-(?:kernel-(\d+\.\d+)-)?(x86_64|arm64)$/,
    parent: ([, kernel, processor]) => linux(kernel === undefined
      ? made({ ParentImage }, 'amazonLinux2023', architectureOf(processor!))
      : made({ ParentImage }, 'fromSsmParameter', `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-${kernel}-${processor}`, {
        architecture: architectureOf(processor!), rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2023,
      }), processor!, OperatingSystemVersion.AMAZON_LINUX_2023),
  },
  {
    owners: AMAZON,
    name: /^amzn2-ami-hvm-[^/]*?(x86_64|arm64)(?:-gp2|-ebs|-\*|\*)?$/,
    parent: ([, processor]) => linux(made({ ParentImage }, 'fromSsmParameter', `/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-${processor}-gp2`, {
      architecture: architectureOf(processor!), rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2,
    }), processor!, OperatingSystemVersion.AMAZON_LINUX_2),
  },
  {
    owners: ['099720109477', 'amazon'],
    name: /^(?:\*?\/?ubuntu\/images\/(?:[^/]*\/)?|\*\/?)?\*?ubuntu-[a-z*]+-(20\.04|22\.04|24\.04|26\.04)-(amd64|arm64)-server-?\*$/,
    parent: ([, version, processor]) => {
      const osVersion = OperatingSystemVersion.of(OperatingSystemFamily.UBUNTU, version!);
      return linux(made({ ParentImage }, 'ubuntu', osVersion, architectureOf(processor!)), processor!, osVersion);
    },
  },
];

function linux(parent: ParentImage, processor: string, osVersion: OperatingSystemVersion): KnownParent {
  return { parent, platform: Platform.LINUX, architecture: architectureOf(processor), osVersion };
}

export const PARENTS_FIX = 'name the parent: PackerTemplate.fromFile(…, { parents: { builder: ParentImage.… } })';

/** The parent of a filter: a search in AWS gives another AMI from one synthesis to the next, a public parameter is followed by the service. */
export function parentOfFilter(values: Values): KnownParent {
  const { name, owners } = readFilter(values);
  const found = PATTERNS.filter((pattern) => owners.every((owner) => pattern.owners.includes(owner)))
    .map((pattern) => ({ pattern, match: pattern.name.exec(name) })).find(({ match }) => match !== null);
  if (found?.match) return found.pattern.parent(found.match);
  return values.fail('filters', `no public parameter is known for AMIs that are called "${name.slice(0, 100)}" and belong to ${owners.join(', ').slice(0, 100)}`, PARENTS_FIX);
}

function readFilter(values: Values): Filter {
  const filters = values.map('filters');
  const owners = values.texts('owners');
  const name = filters.get('name');
  if (name === undefined) return values.fail('filters', 'the filter has no name of an AMI', PARENTS_FIX);
  if (owners.length === 0) return values.fail('owners', 'the filter has no owners', 'add "owners"; without one, anybody could publish the parent');
  return { name: textOf(name, 'name'), owners };
}
