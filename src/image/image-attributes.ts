import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { OperatingSystemVersion, Platform } from '../platform';

/** What is known of an image that another stack declares. */
export interface ImageAttributes {
  /** Name of the image. */
  readonly imageName: string;

  /** Namespace of the stack that declares it: its name in lower case, unless it was given another. */
  readonly namespace: string;

  /**
   * ARN of the DynamoDB table in which the releases of the image stand: the output `GoldenImagesLedgerTableArn` of the stack that declares it. What a
   * fleet follows and an image stands on is read from there, because whoever may write parameters could forge it. The deploy grants the functions of
   * this stack `dynamodb:GetItem` on the record of the image.
   *
   * Required where a fleet follows a channel of the image, or another image stands on it; an error at synthesis says so.
   *
   * @default - unknown: only the parameters of the image can be used
   */
  readonly ledgerTableArn?: string;

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
