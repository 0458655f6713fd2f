import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ImageAttributes } from './image-attributes';
import { ImageBase } from './image-base';
import { rememberImported } from './publisher';
import { Platform, type OperatingSystemVersion } from '../platform';
import { validName } from '../private/names';

/** An image that another stack declares. */
export class ImportedImage extends ImageBase {
  public readonly platform: Platform;
  public readonly architecture: InstanceArchitecture;
  public readonly rootDeviceName?: string;
  private readonly system?: OperatingSystemVersion;

  public constructor(scope: Construct, id: string, attributes: ImageAttributes) {
    super(scope, id, attributes.namespace, attributes.imageName);
    validName(this, 'namespace', attributes.namespace, 'namespace');
    this.platform = attributes.platform ?? Platform.LINUX;
    this.architecture = attributes.architecture ?? InstanceArchitecture.X86_64;
    this.rootDeviceName = attributes.rootDeviceName;
    this.system = attributes.osVersion;
    rememberImported(this, attributes);
    attributes.channelNames?.forEach((name) => this._declare(name, []));
  }

  public override get osVersion(): OperatingSystemVersion | undefined {
    return this.system;
  }
}
