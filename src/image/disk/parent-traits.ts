import { traitsOf, type DiskTraits } from './exportability';
import type { IImage } from '../image';
import type { ParentImageConfig } from '../parents';
import { Platform } from '../platform';

export type TraitsBelow = Omit<DiskTraits, 'encrypted'> & { readonly encrypted?: boolean };

/** What is known of a parent that stands outside of the library. VM Import/Export user guide, "Considerations for image export". */
export function traitsOfParent({ parentImage, platform, imageBuilderArn }: ParentImageConfig): TraitsBelow {
  if (parentImage.startsWith('ssm:/aws/service/ami-windows-latest/')) {
    return { obstacle: 'its parent is a Windows image of AWS, whose license stays there' };
  }
  if (/^(?:prod-|[a-z0-9]{8}-)/.test(parentImage)) {
    return { obstacle: 'its parent comes from AWS Marketplace' };
  }
  if (/^ssm:\/aws\/service\/(?:ami-amazon-linux-latest|canonical)\//.test(parentImage)) {
    // assumption: hybrid-boot-export
    return {
      doubt: 'AWS exports no image that boots by BIOS and by UEFI, which public images of Amazon Linux 2023 and Ubuntu for x86_64 do; '
        + 'if the distribution of the first build fails, import the disk that their vendor publishes: ParentImage.fromImportedDisk',
    };
  }
  if (platform === Platform.WINDOWS && imageBuilderArn === undefined) {
    return { doubt: 'AWS exports a Windows image only if it was imported with a license of your own' };
  }
  return {};
}

/** What is known of an image that another one stands on. */
export const traitsOfImage = (image: IImage): TraitsBelow => traitsOf(image) ?? {
  doubt: `it is not known here how the parent '${image.imageName}' is built: AWS exports it only without encrypted snapshots and without software that AWS provides`,
};
