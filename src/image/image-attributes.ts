import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { OperatingSystemVersion, Platform } from '../platform';

/** What is known of an image that another stack declares. */
export interface ImageAttributes {
  /** Name of the image. */
  readonly imageName: string;

  /** Namespace of the stack that declares it: its name in lower case, unless it was given another. */
  readonly namespace: string;

  /**
   * Names of the channels that it has next to `latest`.
   *
   * @default - none
   */
  readonly channelNames?: string[];

  /**
   * Operating system family.
   *
   * @default Platform.LINUX
   */
  readonly platform?: Platform;

  /**
   * Processor architecture.
   *
   * @default InstanceArchitecture.X86_64
   */
  readonly architecture?: InstanceArchitecture;

  /**
   * Device name of the root volume.
   *
   * @default - unknown
   */
  readonly rootDeviceName?: string;

  /**
   * Operating system and version.
   *
   * @default - not known
   */
  readonly osVersion?: OperatingSystemVersion;
}
