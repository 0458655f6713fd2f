import type { IResource } from 'aws-cdk-lib';
import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { OperatingSystemVersion, Platform } from '../platform';
import type { Channel } from '../release/channel';

/** An image: a patched base, a role, or one that another stack declares. */
export interface IImage extends IResource {
  /** Name of the image, unique in its namespace. */
  readonly imageName: string;

  /** Operating system family of the image. */
  readonly platform: Platform;

  /** Processor architecture of the image. */
  readonly architecture: InstanceArchitecture;

  /** Device name of the root volume, where it is known. */
  readonly rootDeviceName?: string;

  /** Operating system and version, where they are known. */
  readonly osVersion?: OperatingSystemVersion;

  /** The channel that every image has: its newest version that was built well. */
  readonly latest: Channel;

  /** A channel by its name. Throws, with the names of the known ones, if there is none of that name. */
  channel(channelName: string): Channel;
}
