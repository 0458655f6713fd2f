import { Annotations, SizeRoundingBehavior, Token, type Size } from 'aws-cdk-lib';
import type { ImageDefinition } from './built-image';
import type { BuiltImageProps } from './built-image-props';
import type { IImage } from './image';
import { Platform } from './platform';
import { checkSysprep, isChecked } from './sysprep-check';
import type { ComponentConfig } from '../component/component';
import { OWNER_TAG } from '../contract';
import { InvalidInputError } from '../private/errors';
import { MAX_TAGS } from '../private/limits';

/** API reference of EC2 Image Builder: EbsVolumeSizeInteger. */
const MAX_GIBIBYTES = 16_000;

/** EC2 Image Builder quotas: components a recipe. */
const MAX_COMPONENTS = 20;

/** What can be wrong with an image, before anything is made of it. */
export function checkDefinition(image: IImage, props: BuiltImageProps, { components, parent }: ImageDefinition): void {
  // On Linux one more waits for cloud-init; on Windows one more checks what Sysprep needs.
  const maximum = image.platform === Platform.LINUX || isChecked(image.platform, props) ? MAX_COMPONENTS - 1 : MAX_COMPONENTS;
  if (components.length === 0 || components.length > maximum) {
    throw new InvalidInputError(image, {
      what: `the image has ${components.length === 0 ? 'no' : components.length} components`,
      expected: `1 to ${maximum}`,
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
  checkSysprep(image, props);
  checkTexts(image, props);
  warnOfParameter(image, parent.parentImage);
  checkRootVolume(image, props);
}

/** A component that is defined twice would be run twice, or be refused (assumption: component-once). */
export function checkTwice(image: IImage, components: ComponentConfig[]): void {
  const twice = components.find((component, index) => components.findIndex(({ componentArn }) => componentArn === component.componentArn) < index);
  if (twice !== undefined) {
    throw new InvalidInputError(image, {
      what: `the component '${twice.componentName}' is defined twice`,
      expected: 'each component once',
      fix: 'remove one of them',
    });
  }
}

/** Our own, and those that the service gives every AMI: `CreatedBy` and `Ec2ImageBuilderArn` (user guide, "Tag Image Builder output resources"). */
const TAGS_BESIDE = 3;

function checkTags(image: IImage, amiTags: { [key: string]: string }): void {
  const count = Object.keys(amiTags).length;
  if (count > MAX_TAGS - TAGS_BESIDE) {
    throw new InvalidInputError(image, {
      what: `there are ${count} amiTags`,
      expected: `at most ${MAX_TAGS - TAGS_BESIDE}, because an AMI takes ${MAX_TAGS}, of which this library and EC2 Image Builder give ${TAGS_BESIDE}`,
      fix: `remove ${count - MAX_TAGS + TAGS_BESIDE} of them`,
    });
  }
  const reserved = Object.keys(amiTags).find((key) => key === OWNER_TAG || key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw new InvalidInputError(image, {
      what: `the tag '${reserved}' is reserved`, expected: `a key that does not begin with aws: and is not ${OWNER_TAG}`, fix: 'remove it from amiTags',
    });
  }
}

/** What AWS refuses of texts: descriptions have 1 to 1,024 characters, and some tags are not the user's. */
function checkTexts(image: IImage, { description, amiTags = {} }: BuiltImageProps): void {
  if (description !== undefined && !Token.isUnresolved(description) && !/^.{1,1024}$/s.test(description)) {
    throw new InvalidInputError(image, {
      what: `the description has ${description.length} characters`, expected: '1 to 1024', fix: 'shorten the description or leave it out',
    });
  }
  checkTags(image, amiTags);
}

/** What the service-linked role may read: AWS managed policy AWSServiceRoleForImageBuilder. */
function warnOfParameter(image: IImage, parentImage: string): void {
  if (!/^ssm:\/(?!imagebuilder\/|aws\/service\/)/.test(parentImage) || Token.isUnresolved(parentImage)) { return; }
  Annotations.of(image).addWarningV2(
    'cdk-golden-images:parentParameterUnreadable',
    `Image Builder cannot read the parent's parameter '${parentImage.slice('ssm:'.length)}': its service-linked role reads those under /imagebuilder/ `
    + 'and /aws/service/; publish the AMI in one of these',
  );
}

function checkSize(image: IImage, size: Size): void {
  const gibibytes = size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(gibibytes) || gibibytes < 1 || gibibytes > MAX_GIBIBYTES) {
    throw new InvalidInputError(image, {
      what: `rootVolumeSize is ${gibibytes} GiB`, expected: `a whole number from 1 to ${MAX_GIBIBYTES}`, fix: 'change rootVolumeSize',
    });
  }
}

function checkRootVolume(image: IImage, props: BuiltImageProps): void {
  if (props.rootVolumeSize !== undefined) { checkSize(image, props.rootVolumeSize); }
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
