import { Stack, Token } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { ImportedDiskOptions, ParentImage, ParentImageConfig, ParentImageOptions } from './parent-image';
import { Platform } from './platform';
import { InvalidInputError } from '../private/errors';
import { legalName } from '../private/names';

interface Reference extends Pick<ParentImageConfig, 'parentImage' | 'amiParameterName' | 'amiId' | 'imageBuilderArn'> {}

const withDefaults = (options: ParentImageOptions, reference: Reference): ParentImageConfig => ({
  platform: options.platform ?? Platform.LINUX,
  architecture: options.architecture ?? InstanceArchitecture.X86_64,
  rootDeviceName: options.rootDeviceName,
  osVersion: options.osVersion,
  ...reference,
});

function check(scope: IConstruct, value: string, pattern: RegExp, what: string, expected: string): string {
  if (!Token.isUnresolved(value) && !pattern.test(value)) {
    throw new InvalidInputError(scope, { what: `the ${what} '${value}' is not legal`, expected, fix: 'correct the parent' });
  }
  return value;
}

export class SsmParameterParent implements ParentImage {
  public constructor(private readonly name: (scope: IConstruct) => string, private readonly options: ParentImageOptions) {}

  public bind(scope: IConstruct): ParentImageConfig {
    const name = check(scope, this.name(scope), /^\/[A-Za-z0-9_.\-/]{1,1010}$/, 'parameter name', 'a name that begins with a slash');
    return withDefaults(this.options, { parentImage: `ssm:${name}`, amiParameterName: name });
  }
}

export class AmiIdParent implements ParentImage {
  public constructor(private readonly amiId: string, private readonly options: ParentImageOptions) {}

  public bind(scope: IConstruct): ParentImageConfig {
    const amiId = check(scope, this.amiId, /^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$/, 'AMI id', 'ami- and 8 or 17 hexadecimal digits');
    return withDefaults(this.options, { parentImage: amiId, amiId });
  }
}

export class ImageBuilderParent implements ParentImage {
  public constructor(private readonly arn: string, private readonly options: ParentImageOptions) {}

  public bind(scope: IConstruct): ParentImageConfig {
    const arn = check(
      scope, this.arn, /^arn:aws[^:]*:imagebuilder:[^:]+:[^:]+:image\/[a-z0-9-_]+\/(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)(?:\/\d+)?$/,
      'image ARN', 'the ARN of an Image Builder image with a version, such as …:image/name/x.x.x',
    );
    return withDefaults(this.options, { parentImage: arn, imageBuilderArn: arn });
  }
}

export class ImportedDiskParent implements ParentImage {
  public constructor(private readonly name: string, private readonly options: ImportedDiskOptions) {}

  public bind(scope: IConstruct): ParentImageConfig {
    const name = legalName(scope, 'name of the imported disk', this.name, 'the name of the parent');
    const version = check(scope, this.options.version ?? 'x.x.x', /^(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)$/, 'version of the imported disk', 'a version such as 1.0.0 or 1.x.x');
    const arn = Stack.of(scope).formatArn({ service: 'imagebuilder', resource: 'image', resourceName: `${name}/${version}` });
    // assumption: imported-root-device
    return withDefaults({ ...this.options, rootDeviceName: this.options.rootDeviceName ?? '/dev/sda1' }, { parentImage: arn, imageBuilderArn: arn });
  }
}

export class MarketplaceParent implements ParentImage {
  public constructor(private readonly productId: string, private readonly options: ParentImageOptions) {}

  public bind(scope: IConstruct): ParentImageConfig {
    const parentImage = check(scope, this.productId, /^(?:prod-)?[a-z0-9-]{8,}$/, 'Marketplace product id', 'an id such as prod-abcdefghijklm');
    return withDefaults(this.options, { parentImage });
  }
}
