import type { CfnImageRecipe } from 'aws-cdk-lib/aws-imagebuilder';
import type { BuiltImageProps } from './built-image-props';
import type { IImage } from './image';
import { Platform } from './platform';
import { InvalidInputError } from '../private/errors';

/** Whether the image has a last component that checks what Sysprep needs. */
export const isChecked = (platform: Platform, { sysprep, skipSysprepCheck }: BuiltImageProps): boolean =>
  platform === Platform.WINDOWS && sysprep !== false && skipSysprepCheck === undefined;

/** Who reads the template finds the reason beside the recipe. */
export function rememberSkipped(recipe: CfnImageRecipe, { skipSysprepCheck }: BuiltImageProps): void {
  if (skipSysprepCheck !== undefined) { recipe.addMetadata('cdk-golden-images:skipSysprepCheck', skipSysprepCheck); }
}

/** What an image says of Sysprep, and cannot mean. */
export function checkSysprep(image: IImage, { sysprep, skipSysprepCheck, enhancedImageMetadata }: BuiltImageProps): void {
  if (sysprep !== undefined && image.platform !== Platform.WINDOWS) {
    throw new InvalidInputError(image, {
      what: `sysprep is ${sysprep}, and the image is ${image.platform}`, expected: 'sysprep on Windows images only', fix: 'leave sysprep out',
    });
  }
  if (skipSysprepCheck !== undefined && (image.platform !== Platform.WINDOWS || sysprep === false)) {
    throw new InvalidInputError(image, {
      what: 'skipSysprepCheck is given, and Sysprep does not generalize the image',
      expected: 'skipSysprepCheck on Windows images with Sysprep only',
      fix: 'leave skipSysprepCheck out: there is no check',
    });
  }
  if (skipSysprepCheck?.trim() === '') {
    throw new InvalidInputError(image, { what: 'skipSysprepCheck is empty', expected: 'the reason', fix: 'say why, or leave it out' });
  }
  if (sysprep === false && enhancedImageMetadata === false) {
    throw new InvalidInputError(image, {
      what: 'sysprep and enhancedImageMetadata are both false',
      expected: 'one of them, because the build workflow of images without Sysprep collects metadata',
      fix: 'leave enhancedImageMetadata out',
    });
  }
}
