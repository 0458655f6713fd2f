import { Annotations } from 'aws-cdk-lib';
import { InvalidInputError } from '../../private/errors';
import type { BuiltImageProps } from '../built-image-props';
import type { IImage } from '../image';

/** What decides whether an AMI can be exported; it goes from image to image. */
export interface DiskTraits {
  readonly encrypted: boolean;
  /** Why AWS exports nothing that stands on the parent. */
  readonly obstacle?: string;
  /** What the documentation says against it, without saying that it is refused. */
  readonly doubt?: string;
}

const known = new WeakMap<IImage, DiskTraits>();

export const traitsOf = (image: IImage): DiskTraits | undefined => known.get(image);

/** Remembers what an image is, refuses what would not become so, and what would not be exported. */
export function checkDisk(image: IImage, props: BuiltImageProps, below: Omit<DiskTraits, 'encrypted'> & { readonly encrypted?: boolean }): void {
  const encrypted = props.encrypted ?? true;
  known.set(image, { ...below, encrypted: encrypted || below.encrypted === true });
  if (!encrypted) { checkPlain(image, props, below.encrypted); }
  if (props.diskExport === undefined) { return; }
  if (encrypted) {
    throw new InvalidInputError(image, {
      what: 'the image has a disk export and an encrypted root volume',
      expected: 'encrypted: false, because AWS exports no AMI with encrypted snapshots',
      fix: 'give this image, and those it stands on, encrypted: false, and turn encryption on for the volumes of what is launched from it',
    });
  }
  if (below.obstacle !== undefined) {
    throw new InvalidInputError(image, {
      what: `the image has a disk export and ${below.obstacle}`,
      expected: 'a parent that AWS exports',
      fix: 'import a machine of your own as the parent: ParentImage.fromImportedDisk',
    });
  }
  if (below.doubt !== undefined) { Annotations.of(image).addWarningV2('cdk-golden-images:diskExportBootMode', below.doubt); }
}

/** EC2 user guide, "Amazon EBS encryption": a copy of an encrypted snapshot, and a volume made of it, is always encrypted. */
function checkPlain(image: IImage, { infrastructure }: BuiltImageProps, encryptedBelow: boolean | undefined): void {
  if (encryptedBelow) {
    throw new InvalidInputError(image, {
      what: 'encrypted is false and the parent is encrypted',
      expected: 'a parent that is not, because what is made of an encrypted snapshot is always encrypted',
      fix: 'give the parent encrypted: false too, or let the image stand on another',
    });
  }
  if (infrastructure?.encryptionKey !== undefined) {
    throw new InvalidInputError(image, {
      what: 'encrypted is false and the build infrastructure has an encryptionKey', expected: 'one of them', fix: 'give the image an infrastructure without a key',
    });
  }
}
