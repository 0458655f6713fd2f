import { Annotations } from 'aws-cdk-lib';
import type { ImageDefinition } from './built-image';
import type { BuiltImageProps } from './built-image-props';
import type { IImage } from './image';
import type { ComponentConfig } from '../component/component';
import { InvalidInputError } from '../private/errors';

/** EC2 Image Builder quotas: components a recipe. */
const MAX_COMPONENTS = 20;

/** What can be wrong with an image, before anything is made of it. */
export function checkDefinition(image: IImage, props: BuiltImageProps, { components }: ImageDefinition): void {
  if (components.length === 0 || components.length > MAX_COMPONENTS) {
    throw new InvalidInputError(image, {
      what: `the image has ${components.length === 0 ? 'no' : components.length} components`,
      expected: `1 to ${MAX_COMPONENTS}`,
      fix: components.length === 0 ? 'give it a component, or use its parent itself' : 'join some of them, or split the image in two roles',
    });
  }
  if (props.version !== undefined && !/^\d+\.\d+\.x$/.test(props.version)) {
    throw new InvalidInputError(image, {
      what: `the version '${props.version}' is not numeric`,
      expected: 'two numbers and an x, such as 1.0.x',
      fix: 'correct the version or leave it out: the service counts the last number',
    });
  }
  checkRootVolume(image, props);
}

/** A component that is there twice would be run twice, or be refused (assumption: component-once). */
export function checkTwice(image: IImage, components: ComponentConfig[]): void {
  const twice = components.find((component, index) => components.findIndex(({ componentArn }) => componentArn === component.componentArn) < index);
  if (twice !== undefined) {
    throw new InvalidInputError(image, {
      what: `the component '${twice.componentName}' is there twice`,
      expected: 'each component once',
      fix: 'remove one of them',
    });
  }
}

function checkRootVolume(image: IImage, props: BuiltImageProps): void {
  if (image.rootDeviceName !== undefined) {
    return;
  }
  if (props.rootVolumeSize !== undefined) {
    throw new InvalidInputError(image, {
      what: `rootVolumeSize is ${props.rootVolumeSize.toGibibytes()} GiB, and the root device of the parent is not known`,
      expected: 'a parent with rootDeviceName',
      fix: 'give the parent image its rootDeviceName, such as /dev/xvda',
    });
  }
  Annotations.of(image).addWarningV2(
    'cdk-golden-images:rootDeviceUnknown',
    'the root device of the parent is not known, so that encryption of the root volume is not enforced; give the parent image its rootDeviceName',
  );
}
