import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { AmiFilter } from './options';
import type { OperatingSystemVersion, Platform } from '../../platform';
import type { AmiLocation } from '../ami-location';

/** A parent image, as a recipe needs it. */
export interface ParentImageConfig extends AmiLocation {
  /** The recipe's `parentImage`. For a parent with an `amiFilter` the image replaces it with the SSM parameter that holds the AMI. */
  readonly parentImage: string;

  /** Platform of the parent. */
  readonly platform: Platform;

  /** Processor architecture. */
  readonly architecture: InstanceArchitecture;

  /**
   * Device name of the root volume.
   *
   * @default - unknown
   */
  readonly rootDeviceName?: string;

  /**
   * Operating system and version. Steps that an older version lacks are refused by it.
   *
   * @default - not known
   */
  readonly osVersion?: OperatingSystemVersion;

  /**
   * By which the AMI is looked up, when the stack is deployed and as long as it exists.
   *
   * @default - the AMI is not looked up
   */
  readonly amiFilter?: AmiFilter;
}
