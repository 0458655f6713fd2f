import { isFor } from './builder-names';
import { architectureOfType, instanceTypesOf } from './instance-type';
import type { GivenParent, KnownParent } from './known-parents';
import { parentOfFilter, PARENTS_FIX } from './source-ami-filter';
import { AMI_ID } from '../../../contract';
import type { PlatformName, SystemPlan } from '../../plan';
import type { Block, Build, DataReference } from '../../template/model';
import { present } from '../present';
import { textOf } from '../text';
import { Values } from '../values';

/** What a builder starts from: what is given, else what the template says. */
export function parentOf(builder: Block, build: Build, values: Values, given?: GivenParent): KnownParent {
  const guessed = guessedSystem(values, build, builder);
  if (given) return { parent: given.parent, system: given.system ?? guessed };
  const source = values.setting('source_ami');
  const [filter] = values.blocks('source_ami_filter');
  if (source?.kind === 'data') return parentOfData(source.value, values, guessed);
  if (source !== undefined) return amiId(textOf(source, 'source_ami', values.part), values, guessed);
  if (filter !== undefined) return parentOfFilter(filter, guessed);
  return unknown(values, 'the builder has no source AMI', guessed);
}

function unknown(values: Values, what: string, system: SystemPlan): KnownParent {
  values.fail('source_ami', what, PARENTS_FIX);
  return { parent: { kind: 'lookup', owner: '', name: '', system }, system };
}

function parentOfData({ block, attribute }: DataReference, values: Values, system: SystemPlan): KnownParent {
  const data = Values.of(block, values.part);
  if (block.type === 'amazon-ami' && attribute === 'id') return parentOfFilter(data, system);
  if (block.type === 'amazon-parameterstore' && attribute === 'value') {
    return { parent: { kind: 'ssmParameter', parameterName: data.required('name') ?? '', system }, system };
  }
  return unknown(values, `data.${block.type} with "${attribute}" names no parent that is known here`, system);
}

function amiId(id: string | undefined, values: Values, system: SystemPlan): KnownParent {
  if (id !== undefined && !AMI_ID.test(id)) {
    values.fail('source_ami', `the AMI id '${id}' is not valid; expected ami- and 8 or 17 hexadecimal digits`, 'correct the parent');
  }
  return { parent: { kind: 'amiId', amiId: id ?? '', system }, system };
}

/** An id says nothing of what is in the AMI; the template does. */
function guessedSystem(values: Values, build: Build, builder: Block): SystemPlan {
  const platform = guessedPlatform(builder, build, values);
  const devices = values.blocks('launch_block_device_mappings').map((each) => each.text('device_name'));
  // The root device of every Windows AMI (EC2 user guide, "Device volume mapping for Windows instances").
  const rootDeviceName = platform === 'Windows' ? '/dev/sda1' : devices.find((name) => name === '/dev/sda1' || name === '/dev/xvda');
  return present({ platform, architecture: architectureOfType(instanceTypesOf(values)[0]), rootDeviceName });
}

const WINDOWS_PROVISIONERS = ['powershell', 'windows-shell', 'windows-restart', 'windows-update'];

/** What a builder's connection and its provisioners say. */
export function guessedPlatform(builder: Block, build: Build, values: Values): PlatformName {
  if (values.text('communicator') === 'winrm') return 'Windows';
  return build.provisioners.some((each) => WINDOWS_PROVISIONERS.includes(each.type) && isFor(each, builder)) ? 'Windows' : 'Linux';
}
