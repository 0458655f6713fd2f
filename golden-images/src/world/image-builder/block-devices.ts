import type { Recipe } from './model';
import type { BlockDevice } from '../ec2/images';

interface Mapping {
  readonly deviceName?: string;
  readonly ebs?: { readonly encrypted?: boolean; readonly volumeSize?: number; readonly kmsKeyId?: string };
}

/** The volumes of an AMI: those of its parent, as the recipe changes them. What is encrypted stays so, under its key unless another is given. */
export function devicesOf(parent: readonly BlockDevice[], recipe: Recipe): Array<Omit<BlockDevice, 'snapshotId'>> {
  const mappings = (recipe.input.blockDeviceMappings ?? []) as Mapping[];
  const names = new Set([...parent.map(({ deviceName }) => deviceName), ...mappings.flatMap(({ deviceName }) => deviceName ?? [])]);
  return [...names].map((deviceName) => {
    const below = parent.find((each) => each.deviceName === deviceName);
    const ebs = mappings.find((each) => each.deviceName === deviceName)?.ebs;
    const kmsKeyId = ebs?.kmsKeyId ?? below?.kmsKeyId;
    return {
      deviceName,
      sizeGiB: Number(ebs?.volumeSize ?? below?.sizeGiB ?? 8),
      encrypted: below?.encrypted === true || ebs?.encrypted === true,
      ...(kmsKeyId ? { kmsKeyId } : {}),
    };
  });
}
