import { knownParent, type KnownParent } from './known-parents';
import type { Architecture, SystemPlan } from '../../plan';
import { textOf } from '../text';
import { mapped, dropped, each, type OptionTable } from '../treatment';
import type { Values } from '../values';

export const PARENTS_FIX = 'name the parent: PackerTemplate.fromFile(…, { parents: { builder: ParentImage.… } }), or --parent builder=… on the command line';

/** Options of `source_ami_filter`. */
export const FILTER_OPTIONS: OptionTable = {
  filters: mapped('a public parameter'),
  owners: mapped('whose AMIs'),
  ...each('most_recent include_deprecated', dropped('the parameter holds the newest')),
};

/** Filters that every AMI meets which a public parameter holds (EC2 API reference, DescribeImages). */
const MET: Readonly<Record<string, RegExp>> = {
  'virtualization-type': /^hvm$/,
  'root-device-type': /^ebs$/,
  'state': /^available$/,
  'image-type': /^machine$/,
  'is-public': /^true$/,
  'hypervisor': /^xen$/,
  'ena-support': /^true$/,
  'owner-alias': /^amazon$/,
  // Of AMIs of one name; root volumes of images are gp3 whatever their parent has.
  'block-device-mapping.volume-type': /^gp[23]$/,
};

/** The parent of a filter: a search in AWS gives another AMI from one synthesis to the next, a public parameter is followed by the service. */
export function parentOfFilter(values: Values, guessed: SystemPlan): KnownParent {
  const filters = new Map([...values.map('filters')].map(([name, setting]) => [name, textOf(setting, name, values.part) ?? '']));
  const owners = values.texts('owners');
  const name = filters.get('name');
  if (name === undefined) values.fail('filters', 'the filter has no name of an AMI', PARENTS_FIX);
  if (owners.length === 0) values.fail('owners', 'the filter has no owners', 'add "owners"; without one, anybody could publish the parent');
  const found = name === undefined || owners.length === 0 ? undefined : knownParent(name, owners, architectureIn(filters) ?? guessed.architecture);
  const searched: KnownParent = {
    parent: { kind: 'ownerAndFilter', owners, filters: Object.fromEntries([...filters].map(([key, value]) => [key, [value]])), system: guessed }, system: guessed,
  };
  if (name === undefined || owners.length === 0) return searched;
  const unmet = found && [...filters].filter(([key, value]) => !isMet(key, value, found.system)).map(([key]) => key);
  if (found && unmet?.length === 0) return found;
  const whose = `belong to ${owners.join(', ').slice(0, 100)}`;
  if (unmet) values.fail('filters', `no public parameter is known for AMIs that are chosen by "${unmet.join('", "')}" and ${whose}`, PARENTS_FIX);
  else values.fail('filters', `no public parameter is known for AMIs that are called "${name.slice(0, 100)}" and ${whose}`, PARENTS_FIX);
  return searched;
}

function isMet(key: string, value: string, { architecture, platform }: SystemPlan): boolean {
  if (key === 'name') return true;
  if (key === 'architecture') return value === architecture;
  if (key === 'platform') return value === 'windows' && platform === 'Windows';
  return Object.hasOwn(MET, key) && MET[key]!.test(value);
}

function architectureIn(filters: ReadonlyMap<string, string>): Architecture | undefined {
  const asked = filters.get('architecture');
  return asked === 'x86_64' || asked === 'arm64' ? asked : undefined;
}
