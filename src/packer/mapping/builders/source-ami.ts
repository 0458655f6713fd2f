import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { ParentImage } from '../../../image/parent-image';
import { Platform } from '../../../image/platform';
import { textOf, Values } from '../values';
import { made } from '../written';

/** What a template says of the AMI that a builder starts from. */
export interface KnownParent {
  readonly parent: ParentImage;
  readonly platform: Platform;
  readonly architecture: InstanceArchitecture;
  readonly osVersion?: string;
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
    parent: ([, name, version]) => ({
      parent: SHORT_CUTS.includes(version!) && name!.endsWith('-English-Full-Base')
        ? made({ ParentImage }, 'windowsServer', version!)
        : made({ ParentImage }, 'fromSsmParameter', `/aws/service/ami-windows-latest/${name}`, { platform: Platform.WINDOWS, rootDeviceName: '/dev/sda1', osVersion: version }),
      platform: Platform.WINDOWS,
      architecture: InstanceArchitecture.X86_64,
      osVersion: version,
    }),
  },
  {
    owners: AMAZON,
    name: /^al2023-ami-(?:\*|20)[\w.*]*-(?:kernel-(\d+\.\d+)-)?(x86_64|arm64)$/,
    parent: ([, kernel, processor]) => linux(kernel === undefined
      ? made({ ParentImage }, 'amazonLinux2023', architectureOf(processor!))
      : made({ ParentImage }, 'fromSsmParameter', `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-${kernel}-${processor}`, {
        architecture: architectureOf(processor!), rootDeviceName: '/dev/xvda', osVersion: '2023',
      }), processor!, '2023'),
  },
  {
    owners: AMAZON,
    name: /^amzn2-ami-hvm-[^/]*?(x86_64|arm64)(?:-gp2|-ebs|-\*|\*)?$/,
    parent: ([, processor]) => linux(made({ ParentImage }, 'fromSsmParameter', `/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-${processor}-gp2`, {
      architecture: architectureOf(processor!), rootDeviceName: '/dev/xvda', osVersion: '2',
    }), processor!, '2'),
  },
  {
    owners: ['099720109477', 'amazon'],
    name: /^(?:\*?\/?ubuntu\/images\/(?:[^/]*\/)?|\*\/?)?\*?ubuntu-[a-z*]+-(20\.04|22\.04|24\.04|26\.04)-(amd64|arm64)-server-?\*$/,
    parent: ([, version, processor]) => linux(made({ ParentImage }, 'ubuntu', version!, architectureOf(processor!)), processor!, version!),
  },
];

function linux(parent: ParentImage, processor: string, osVersion: string): KnownParent {
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
