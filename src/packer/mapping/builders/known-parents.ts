import * as published from './published-parents';
import type { Architecture, ParentPlan, SystemPlan } from '../../plan';

/** What a template says of the AMI that a builder starts from. */
export interface KnownParent {
  readonly parent: ParentPlan;
  readonly system: SystemPlan;
}

/** A parent that is given; what is in it is what the template says, unless it is known. */
export interface GivenParent {
  readonly parent: ParentPlan;
  readonly system?: SystemPlan;
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

/** EC2 user guide, "Reference the latest AMIs using public parameters"; the vendors' own pages for Ubuntu, Debian and SUSE. */
const FAMILIES: readonly Family[] = [
  {
    owners: AMAZON,
    name: /^\*?(?<name>Windows_Server-(?<version>\d{4})-English-(?:(?:Full|Core)-Base(?=-?\*)|(?:Full|Core)-[A-Za-z0-9_.]+(?=-\*)))-?\*$/,
    parent: ({ name, version }) => published.windows(name!, version!),
  },
  {
    owners: AMAZON,
    // A star in place of 2023 finds those of ECS as well, unless there is a kernel.
    name: new RegExp(`^\\*?al2023-ami-(?:2023${ANY}|${ANY}(?=kernel-\\d))(?:kernel-(?<kernel>\\d+\\.\\d+|[*.]+)-)?${PROCESSOR}$`),
    parent: ({ kernel, processor }, architecture) => published.amazonLinux2023(kernel, processorOf(processor, architecture)),
  },
  {
    owners: AMAZON,
    name: new RegExp(`^\\*?amzn2-ami-(?:kernel-(?<kernel>5\\.10)-)?hvm-(?:2(?:\\.0)?\\.?)?${ANY}(?:${PROCESSOR}(?:-(?<volume>gp2|ebs)|-?\\*)?)?$`),
    parent: ({ kernel, processor, volume = 'gp2' }, architecture) => published.amazonLinux2(kernel, processorOf(processor, architecture), volume),
  },
  {
    owners: CANONICAL,
    name: /^\*?(?:\/?ubuntu\/images\/(?:[^/]*\/)?|\/)?\*?ubuntu-(?<name>[a-z*]+)-(?<version>\d\d\.04|\*)-(?<processor>amd64|arm64|\*)-server-?\*$/,
    parent: ({ name, version, processor }, architecture) => published.ubuntu(name!, version!, processorOf(processor, architecture)),
  },
  {
    owners: ['136693071363', 'amazon'],
    name: /^debian-(?<version>1[0-9])-(?<processor>amd64|arm64|\*)-?\*$/,
    parent: ({ version, processor }, architecture) => published.debian(version!, processorOf(processor, architecture)),
  },
  {
    owners: ['013907871322', 'amazon'],
    name: /^suse-sles-(?<version>1[0-9](?:-sp\d)?)-v\*(?:-hvm-ssd)?-(?<processor>x86_64|arm64|\*)$/,
    parent: ({ version, processor }, architecture) => published.suse(version!, processorOf(processor, architecture)),
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
