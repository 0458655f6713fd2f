import { keyOf } from './infrastructure';
import type { InfrastructurePlan, PlatformName } from '../../plan';
import { dropped, each, mapped, refused, warned, type OptionTable } from '../treatment';
import type { Values } from '../values';

/** Options of a block of `launch_block_device_mappings`. */
export const ROOT_VOLUME_OPTIONS: OptionTable = {
  device_name: mapped('which volume it is'),
  volume_size: mapped('`rootVolumeSize`'),
  volume_type: mapped('nothing: root volumes are gp3'),
  delete_on_termination: mapped('nothing: root volumes are deleted with their instance'),
  encrypted: mapped('nothing: root volumes are encrypted, unless the image is given `encrypted: false`'),
  kms_key_id: mapped('`encryptionKey` of the infrastructure'),
  ...each('iops throughput', mapped('nothing, where it is what gp3 has; of more, a warning')),
  volume_initialization_rate: warned('root volumes are initialized as they are read'),
  snapshot_id: refused('the root volume comes from the parent', 'remove it, and name the AMI of that snapshot as the parent'),
  no_device: refused('an image has its root volume', 'remove it'),
  virtual_name: dropped('it is for instance stores'),
};

/** What a volume of type gp3 has without paying for more (EBS user guide, "General Purpose SSD volumes"). */
const BASELINE: Readonly<Record<string, number>> = { iops: 3000, throughput: 125 };

/** The root volume's size in GiB, and its key where the builder has none; the rest of the mappings stays with the parent. */
export function rootVolumeOf(values: Values, platform: PlatformName, { kmsKeyId }: InfrastructurePlan): { size?: number; kmsKeyId?: string } {
  const mappings = values.blocks('launch_block_device_mappings').map((mapping) => [mapping, mapping.required('device_name') ?? ''] as const);
  const isRoot = (device: string): boolean => device === '/dev/sda1' || device === '/dev/xvda' && platform === 'Linux';
  for (const [mapping, device] of mappings) {
    if (!isRoot(device)) values.part.warn(mapping.at, `the volume ${device.slice(0, 40)} is not taken over: images have the root volume and what their parent has`);
  }
  const roots = mappings.filter(([, device]) => isRoot(device)).map(([mapping]) => mapping);
  roots.forEach(checkVolume);
  const size = roots.map((root) => sizeOf(root)).filter((known) => known !== undefined).at(-1);
  const key = roots.map((root) => keyOf(root, 'kms_key_id')).filter((known) => known !== undefined).at(-1);
  if (key !== undefined && kmsKeyId !== undefined && key !== kmsKeyId) {
    values.fail('kms_key_id', 'the root volume has another key than the AMI', 'write one key: the infrastructure has one `encryptionKey`');
  }
  return { ...size === undefined ? {} : { size }, ...key === undefined ? {} : { kmsKeyId: key } };
}

function sizeOf(root: Values): number | undefined {
  const gibibytes = root.number('volume_size');
  if (gibibytes === undefined || gibibytes > 0) return gibibytes;
  return gibibytes === 0 ? undefined : root.fail('volume_size', '"volume_size" is not positive', 'write gibibytes');
}

function checkVolume(root: Values): void {
  const type = root.text('volume_type');
  if (type !== undefined && type !== 'gp3') root.part.inform(root.place('volume_type'), 'root volumes are gp3');
  if (root.flag('delete_on_termination') === false) root.part.warn(root.place('delete_on_termination'), 'root volumes are deleted with their instance');
  if (root.flag('encrypted') === false) root.part.inform(root.place('encrypted'), 'root volumes are encrypted, unless the image is given `encrypted: false`');
  for (const [name, most] of Object.entries(BASELINE)) {
    const wanted = root.number(name) ?? 0;
    if (wanted > most) {
      const instead = 'say it in the launch template of the fleet, whose volumes it is for';
      root.part.warn(root.place(name), `"${name}" of the root volume is not taken over: it is ${wanted}, and root volumes of images have ${most}; ${instead}`);
    }
  }
}
