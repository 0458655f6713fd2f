import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { GateConfig } from './gate';
import type { IImage } from '../image/image';
import { enter } from '../private/doors';

/** What a channel is made of. */
export interface ChannelProps {
  /** Name of the channel. */
  readonly channelName: string;

  /** Name of the parameter that holds the channel's AMI. */
  readonly parameterName: string;

  /**
   * What a version must meet before the channel moves to it.
   *
   * @default - nothing
   */
  readonly gates?: GateConfig[];
}

/**
 * A named pointer to a version of an image.
 *
 * Published as a Systems Manager parameter of data type `aws:ec2:image`, which launch templates, recipes and people can read.
 */
export class Channel {
  /** Name of the channel. */
  public readonly channelName: string;

  /** Name of the parameter that holds the channel's AMI. */
  public readonly parameterName: string;

  /** What a version must meet before the channel moves to it. */
  public readonly gates: GateConfig[];

  /** The image whose versions the channel points to. */
  public readonly image: IImage;

  /** Channels are made by `addChannel` of an image. */
  public constructor(image: IImage, props: ChannelProps) {
    enter('Channel', arguments, new.target);
    this.image = image;
    this.channelName = props.channelName;
    this.parameterName = props.parameterName;
    this.gates = [...props.gates ?? []];
  }

  /** ARN of the parameter that holds the channel's AMI. */
  public get parameterArn(): string {
    return Stack.of(this.image).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: this.parameterName.replace(/^\//, ''),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
