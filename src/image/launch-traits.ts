import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { BuiltImageProps } from './built-image-props';
import type { IImage } from './image';

/** What of an image decides whether instances of a fleet can be launched from it. */
export interface LaunchTraits {
  /** Size of the root snapshot, where it is known: no volume of it can be smaller. */
  readonly rootVolumeGibibytes?: number;
  /** `false`: Sysprep has not generalized it, so that all its instances are the same machine. */
  readonly generalized?: boolean;
  /** Customer key of its snapshots. */
  readonly encryptionKey?: IKey;
}

const known = new WeakMap<IImage, LaunchTraits>();

export const launchTraitsOf = (image: IImage): LaunchTraits => known.get(image) ?? {};

/**
 * What is made of a snapshot is as large as that at least, and under its key unless another one is given (EC2 user guide, "Amazon EBS
 * encryption"). `key`: the one of the build infrastructure, which is set where the root device is known.
 */
export function rememberLaunchTraits(image: IImage, props: BuiltImageProps, key: IKey | undefined, below: LaunchTraits): void {
  known.set(image, {
    rootVolumeGibibytes: props.rootVolumeSize?.toGibibytes() ?? below.rootVolumeGibibytes,
    generalized: props.sysprep,
    encryptionKey: (image.rootDeviceName === undefined ? undefined : key) ?? below.encryptionKey,
  });
}
