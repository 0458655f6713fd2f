import { knownParent, type KnownParent } from './known-parents';
import type { Architecture, SystemPlan } from '../../plan';
import { textOf } from '../text';
import { dropped, mapped, type OptionTable } from '../treatment';
import type { Values } from '../values';

export const PARENTS_FIX = 'name the parent: PackerTemplate.fromFile(…, { parents: { builder: ParentImage.… } }), or --parent builder=… on the command line';

/** Options of `source_ami_filter`. */
export const FILTER_OPTIONS: OptionTable = {
  filters: mapped('the name and the architecture; others are refused, unless every AMI of that parent meets them'),
  owners: mapped('the owner'),
  most_recent: dropped('it is always the newest'),
  include_deprecated: mapped('nothing, where a public parameter holds the newest; of one whole name a warning, since deprecated AMIs are not looked up; else refused'),
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

/**
 * The parent of a filter: a public parameter, where one holds the newest of these AMIs; else the newest of an owner with that name, which the
 * control plane looks up. A date in the name stays in it.
 */
export function parentOfFilter(values: Values, guessed: SystemPlan): KnownParent {
  const filters = new Map([...values.map('filters')].map(([key, setting]) => [key, textOf(setting, key, values.part) ?? '']));
  const owners = values.texts('owners');
  const name = filters.get('name');
  if (name === undefined) values.fail('filters', 'the filter has no name of an AMI', PARENTS_FIX);
  if (owners.length === 0) values.fail('owners', 'the filter has no owners', 'add "owners"; without one, anybody could publish the parent');
  const architecture = architectureIn(filters) ?? guessed.architecture;
  const known = name === undefined || owners.length === 0 ? undefined : knownParent(name, owners, architecture);
  const system = { ...guessed, architecture };
  const found: KnownParent = known ?? { parent: { kind: 'lookup', owner: owners[0] ?? '', name: name ?? '', system }, system };
  checkFilters(values, filters, found.system);
  if (known === undefined && name !== undefined) checkLookup(values, name, owners);
  if (values.flag('include_deprecated')) checkDeprecated(values, name ?? '', known !== undefined);
  if (known?.parent.kind === 'amazonLinux2023') values.part.inform(values.place('filters'), 'of the kernels of Amazon Linux 2023, the parent has the default one');
  return found;
}

/** Others than these would choose other AMIs than those that are found. */
function checkFilters(values: Values, filters: ReadonlyMap<string, string>, system: SystemPlan): void {
  const unmet = [...filters].filter(([key, value]) => !isMet(key, value, system)).map(([key]) => key);
  if (unmet.length > 0) values.fail('filters', `the filter "${unmet.join('", "')}" has no counterpart: an AMI is found by its owner, its name and its architecture`, PARENTS_FIX);
}

/** Of one whole name it is that AMI or none. Of several AMIs the newest may be a deprecated one, and another would be found. */
function checkDeprecated(values: Values, name: string, published: boolean): void {
  const { part } = values;
  const at = values.place('include_deprecated');
  if (published) part.inform(at, '"include_deprecated" is dropped: a public parameter holds the newest of these AMIs');
  else if (/[*?]/.test(name)) values.fail('include_deprecated', '"include_deprecated" of a name with wildcards: deprecated AMIs are not looked up', PARENTS_FIX);
  else part.warn(at, 'deprecated AMIs are not looked up: once this one is deprecated, a deploy does not find it and says so; name it by its id, or a newer one');
}

/** What `ParentImage.lookup` takes. */
function checkLookup(values: Values, name: string, owners: readonly string[]): void {
  const [owner] = owners;
  if (owners.length > 1) {
    values.fail('owners', 'an AMI is looked up by one owner, and the filter has several', `write one; ${PARENTS_FIX}`);
  } else if (owner !== undefined && !/^(?:\d{12}|self|amazon)$/.test(owner)) {
    values.fail('owners', `an AMI is looked up by an account, amazon or self, and not by "${owner.slice(0, 60)}"`, PARENTS_FIX);
  }
  if (!/^[\w()[\] ./'@*?-]{3,128}$/.test(name)) values.fail('filters', `"${name.slice(0, 100)}" is no name of an AMI`, PARENTS_FIX);
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
