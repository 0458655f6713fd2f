import type { Recipe } from './model';
import type { BlockDevice } from '../ec2/images';

interface Mapping {
  readonly deviceName?: string;
  readonly ebs?: { readonly encrypted?: boolean; readonly volumeSize?: number };
}

/** The volumes of an AMI: those of its parent, as the recipe changes them. What is encrypted stays so. */
export function devicesOf(parent: readonly BlockDevice[], recipe: Recipe): Array<{ deviceName: string; sizeGiB: number; encrypted: boolean }> {
  const mappings = (recipe.input.blockDeviceMappings ?? []) as Mapping[];
  const names = new Set([...parent.map(({ deviceName }) => deviceName), ...mappings.flatMap(({ deviceName }) => deviceName ?? [])]);
  return [...names].map((deviceName) => {
    const below = parent.find((each) => each.deviceName === deviceName);
    const ebs = mappings.find((each) => each.deviceName === deviceName)?.ebs;
    return { deviceName, sizeGiB: Number(ebs?.volumeSize ?? below?.sizeGiB ?? 8), encrypted: below?.encrypted === true || ebs?.encrypted === true };
  });
}
