import { InstanceArchitecture, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { isFor } from './builder-names';
import { parentOfFilter, PARENTS_FIX, type KnownParent } from './source-ami';
import { ParentImage } from '../../../image/parent-image';
import { Platform } from '../../../image/platform';
import type { Block, Build, DataReference } from '../../template/model';
import { checked } from '../checked';
import { textOf, Values } from '../values';
import { made } from '../written';

/** What a builder starts from: what the caller says, else what the template says. */
export function parentOf(builder: Block, build: Build, given: ParentImage | undefined): KnownParent {
  const values = Values.of(builder);
  if (given) {
    const bound = checked(builder.at, (scope) => given.bind(scope));
    return { parent: given, platform: bound.platform, architecture: bound.architecture, osVersion: bound.osVersion };
  }
  const source = values.setting('source_ami');
  const filters = values.blocks('source_ami_filter');
  if (source?.kind === 'data') return parentOfData(source.value, values, build, builder);
  if (source !== undefined) return amiId(textOf(source, 'source_ami'), values, build, builder);
  return filters.length > 0 ? parentOfFilter(filters[0]!) : values.fail('source_ami', 'the builder has no source AMI', PARENTS_FIX);
}

function parentOfData({ block, attribute }: DataReference, values: Values, build: Build, builder: Block): KnownParent {
  if (block.type === 'amazon-ami' && attribute === 'id') return parentOfFilter(Values.of(block));
  if (block.type === 'amazon-parameterstore' && attribute === 'value') {
    const options = { ...guessed(values, build, builder) };
    return { ...options, parent: made({ ParentImage }, 'fromSsmParameter', Values.of(block).required('name'), options) };
  }
  return values.fail('source_ami', `data.${block.type} with "${attribute}" names no parent that is known here`, PARENTS_FIX);
}

function amiId(id: string, values: Values, build: Build, builder: Block): KnownParent {
  const options = guessed(values, build, builder);
  const parent = made({ ParentImage }, 'fromAmiId', id, options);
  checked(values.place('source_ami'), (scope) => parent.bind(scope));
  return { parent, ...options };
}

/** An id says nothing of what is in the AMI; the template does. */
function guessed(values: Values, build: Build, builder: Block): { platform: Platform; architecture: InstanceArchitecture; rootDeviceName?: string } {
  const platform = isWindows(values, build, builder) ? Platform.WINDOWS : Platform.LINUX;
  const mapping = values.blocks('launch_block_device_mappings').map((each) => each.text('device_name')).find((name) => name === '/dev/sda1' || name === '/dev/xvda');
  // The root device of every Windows AMI (EC2 user guide, "Device volume mapping for Windows instances").
  const rootDeviceName = platform === Platform.WINDOWS ? '/dev/sda1' : mapping;
  return { platform, architecture: architecture(values), ...(rootDeviceName ? { rootDeviceName } : {}) };
}

const WINDOWS_PROVISIONERS = ['powershell', 'windows-shell', 'windows-restart', 'windows-update'];

function isWindows(values: Values, build: Build, builder: Block): boolean {
  if (values.text('communicator') === 'winrm') return true;
  return build.provisioners.some((each) => WINDOWS_PROVISIONERS.includes(each.type) && isFor(each, builder, build));
}

function architecture(values: Values): InstanceArchitecture {
  const type = values.text('instance_type');
  return type === undefined ? InstanceArchitecture.X86_64 : instanceType(values, type).architecture;
}

/** A type such as `m6i.large`. */
export function instanceType(values: Values, type: string): InstanceType {
  if (!/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.[a-z0-9-]+$/.test(type)) values.fail('instance_type', `"${type.slice(0, 60)}" is no instance type`, 'write such as m6i.large');
  return new InstanceType(type);
}
