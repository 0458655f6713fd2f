import { Stack, Token } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { knownAs, type ParentBinding } from './binding';
import type { ParentImageConfig } from './config';
import type { ImportedDiskOptions, ParentImageOptions } from './options';
import { AMI_ID } from '../../contract';
import { Platform } from '../../platform';
import { InvalidInputError } from '../../private/errors';
import { validName } from '../../private/names';

interface Reference extends Pick<ParentImageConfig, 'parentImage' | 'amiParameterName' | 'amiId' | 'imageBuilderArn' | 'amiFilter'> {}

export const withDefaults = (scope: IConstruct, options: ParentImageOptions, reference: Reference): ParentImageConfig => ({
  platform: platformOf(scope, options),
  architecture: options.architecture ?? InstanceArchitecture.X86_64,
  rootDeviceName: options.rootDeviceName,
  osVersion: options.osVersion,
  ...reference,
});

/** The system says the platform, too. */
function platformOf(scope: IConstruct, { platform, osVersion }: ParentImageOptions): Platform {
  if (platform !== undefined && osVersion !== undefined && platform !== osVersion.platform) {
    throw new InvalidInputError(scope, {
      what: `the parent's platform is ${platform}, and its osVersion ${osVersion}`, expected: 'a system of that platform', fix: 'leave platform out, or correct osVersion',
    });
  }
  return platform ?? osVersion?.platform ?? Platform.LINUX;
}

function check(scope: IConstruct, value: string, pattern: RegExp, what: string, expected: string): string {
  if (!Token.isUnresolved(value) && !pattern.test(value)) {
    throw new InvalidInputError(scope, { what: `the ${what} '${value}' is not valid`, expected, fix: 'correct the parent' });
  }
  return value;
}

export const ssmParameterParent = (nameOf: (scope: IConstruct) => string, options: ParentImageOptions): ParentBinding => knownAs(options, (scope) => {
  const name = check(scope, nameOf(scope), /^\/[A-Za-z0-9_.\-/]{1,1010}$/, 'parameter name', 'a name that begins with a slash');
  return withDefaults(scope, options, { parentImage: `ssm:${name}`, amiParameterName: name });
});

export const amiIdParent = (given: string, options: ParentImageOptions): ParentBinding => knownAs(options, (scope) => {
  const amiId = check(scope, given, AMI_ID, 'AMI id', 'ami- and 8 or 17 hexadecimal digits');
  return withDefaults(scope, options, { parentImage: amiId, amiId });
});

export const imageBuilderParent = (given: string, options: ParentImageOptions): ParentBinding => knownAs(options, (scope) => {
  const arn = check(
    scope, given, /^arn:aws[^:]*:imagebuilder:[^:]+:[^:]+:image\/[a-z0-9-_]+\/(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)(?:\/\d+)?$/,
    'image ARN', 'the ARN of an Image Builder image with a version, such as …:image/name/x.x.x',
  );
  return withDefaults(scope, options, { parentImage: arn, imageBuilderArn: arn });
});

export const importedDiskParent = (given: string, options: ImportedDiskOptions): ParentBinding => knownAs(options, (scope) => {
  const name = validName(scope, 'name of the imported disk', given, 'the name of the parent');
  const version = check(scope, options.version ?? 'x.x.x', /^(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)$/, 'version of the imported disk', 'a version such as 1.0.0 or 1.x.x');
  const arn = Stack.of(scope).formatArn({ service: 'imagebuilder', resource: 'image', resourceName: `${name}/${version}` });
  // assumption: imported-root-device
  return withDefaults(scope, { ...options, rootDeviceName: options.rootDeviceName ?? '/dev/sda1' }, { parentImage: arn, imageBuilderArn: arn });
});

export const marketplaceParent = (productId: string, options: ParentImageOptions): ParentBinding => knownAs(options, (scope) => {
  const parentImage = check(scope, productId, /^(?:prod-)?[a-z0-9-]{8,}$/, 'Marketplace product id', 'an id such as prod-abcdefghijklm');
  return withDefaults(scope, options, { parentImage });
});
