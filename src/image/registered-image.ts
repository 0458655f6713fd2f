import { Duration, Stack } from 'aws-cdk-lib';
import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ChannelOptions } from './built-image-props';
import type { IImage } from './image';
import type { ImageAttributes } from './image-attributes';
import { ImageBase } from './image-base';
import { ImportedImage } from './imported-image';
import { initialSource } from './initial-source';
import { Lineage } from './lineage';
import type { ParentImage } from './parent-image';
import type { ParentImageConfig } from './parents';
import { followedChannel } from './publisher';
import type { FollowedChannel, ImageIntent, ParentIntent } from '../contract';
import { lookedUp } from './parents/looked-up';
import { ControlPlane, type BuildProject } from '../control-plane/control-plane';
import type { OperatingSystemVersion, Platform } from '../platform';
import { enter } from '../private/doors';
import { checkEnvironment } from '../private/environments';
import { InvalidInputError } from '../private/errors';
import { nameOfId } from '../private/name-of-id';
import { deployAfter } from '../private/stacks';
import type { Channel } from '../release/channel';
import { Gate } from '../release/gate';
import { gateIntent } from '../release/gate-intent';

/** Properties of `RegisteredImage`. */
export interface RegisteredImageProps {
  /**
   * Name of the image: 1 to 50 lower-case letters, digits and hyphens, unique in the stack.
   *
   * @default - the id of the construct in lower case, words apart by hyphens
   */
  readonly imageName?: string;

  /**
   * What the channels hold until the first version is released. It also says the platform, architecture and root device that versions have.
   *
   * @default - the AMI of the parent's channel; required without a parent
   */
  readonly initialAmi?: ParentImage;

  /**
   * The image of this library that versions are built on. A version is withdrawn with the one it stands on.
   *
   * @default - none: versions stand on what is not known here
   */
  readonly parent?: IImage;

  /**
   * Name of the parent's channel that it follows.
   *
   * @default 'latest'
   */
  readonly parentChannel?: string;
}

/**
 * What builds a registered image.
 *
 * @internal
 */
export interface ImageProject extends BuildProject {
  readonly scheduled: boolean;
  /** Called at synthesis: hash of what is in the image. */
  readonly contentHash: () => string;
}

/**
 * An image that is made outside of EC2 Image Builder, by Packer in a pipeline or by hand, and whose AMIs are registered as its versions.
 * From there on it is an image as any other: gates, channels, roles on top of it, fleets.
 */
export class RegisteredImage extends ImageBase {
  /** An image that another stack declares. */
  public static fromImageAttributes(scope: Construct, id: string, attributes: ImageAttributes): IImage {
    return new ImportedImage(scope, id, attributes);
  }

  public readonly platform: Platform;
  public readonly architecture: InstanceArchitecture;
  public readonly rootDeviceName?: string;
  /**
   * The channel of the image that versions are built on.
   *
   * @internal
   */
  public readonly _parentChannel?: Channel;
  private readonly plane: ControlPlane;
  /** The channel whose AMI its channels begin with. */
  private readonly beginsWith?: FollowedChannel;
  private readonly initial: Pick<ParentImageConfig, 'platform' | 'architecture' | 'rootDeviceName' | 'osVersion' | 'amiParameterName' | 'amiId' | 'imageBuilderArn'>;
  private readonly parentIntent: ParentIntent;
  private project?: ImageProject;

  public constructor(scope: Construct, id: string, props: RegisteredImageProps) {
    enter('RegisteredImage', arguments, new.target);
    super(scope, id, ControlPlane.of(scope).namespace, props.imageName ?? nameOfId(id));
    this.plane = ControlPlane.of(this);
    if (props.parent) { checkEnvironment(this, props.parent, 'parent of the image'); }
    const channel = props.parent?.channel(props.parentChannel ?? 'latest');
    this._parentChannel = channel;
    this.initial = this.initialOf(props, channel);
    this.platform = this.initial.platform;
    this.architecture = this.initial.architecture;
    this.rootDeviceName = this.initial.rootDeviceName;
    this.parentIntent = channel
      ? { type: 'image', ...followedChannel(this, channel) }
      : { type: 'external', reference: 'registered' };
    this.beginsWith = props.initialAmi || this.parentIntent.type !== 'image' ? undefined : this.parentIntent;
    Lineage.of(this).add(this, this.latest.parameterName, channel?.parameterName);
    this.seed(this.latest);
    this.plane.registerForeignImage({ intent: () => this.intent() });
    if (this.parentIntent.type === 'image') { this.plane.follow(this.parentIntent); }
    if (props.parent) { deployAfter(this, props.parent, 'the channel of the parent image must exist'); }
  }

  public override get osVersion(): OperatingSystemVersion | undefined {
    return this.initial.osVersion;
  }

  /** Declares a channel, next to `latest`. Without gates a channel takes every version, and `production` those that were 24 hours in `latest`. */
  public addChannel(channelName: string, options: ChannelOptions = {}): Channel {
    const channel = this._declare(channelName, options.gates ?? (channelName === 'production' ? [Gate.soak(Duration.hours(24))] : []));
    this.seed(channel);
    return channel;
  }

  /**
   * Lets somebody register versions: a pipeline's role, a person's. Over the function URL of the stack; where it has none
   * (`ControlPlaneSettingsProps.operatorUrl`), by invoking the function.
   */
  public grantRegister(grantee: IGrantable): void {
    this.plane.operator.grantCommands(grantee);
  }

  /**
   * Has builds of a project make its versions.
   *
   * @internal
   */
  public _buildBy(project: ImageProject): void {
    if (this.project) {
      throw new InvalidInputError(this, { what: 'something builds the image already', expected: 'one build an image', fix: 'declare another RegisteredImage' });
    }
    this.project = project;
    this.plane.buildByProject(project);
  }

  private initialOf({ initialAmi, parent }: RegisteredImageProps, channel: Channel | undefined): RegisteredImage['initial'] {
    if (initialAmi) { return lookedUp(this, initialAmi.bind(this)); }
    if (parent && channel) {
      const { platform, architecture, rootDeviceName, osVersion } = parent;
      return { platform, architecture, rootDeviceName, osVersion, amiParameterName: channel.parameterName };
    }
    throw new InvalidInputError(this, {
      what: 'initialAmi is missing', expected: 'initialAmi or parent, because channels hold an AMI from the start', fix: 'give it the AMI that is in use now',
    });
  }

  private seed(channel: Channel): void {
    this.plane.seed({ name: channel.parameterName, owner: this.node.path, source: initialSource(this, undefined, this.initial, this.beginsWith?.publisher) });
  }

  private intent(): ImageIntent {
    return {
      name: this.imageName,
      recipeArn: '',
      pipelineArn: '',
      parent: this.parentIntent,
      contentHash: this.project?.contentHash() ?? 'registered',
      scheduled: this.project?.scheduled ?? false,
      regions: [Stack.of(this).region],
      registered: {
        platform: this.platform,
        architecture: this.architecture,
        ...(this.project ? { projectName: this.project.name } : {}),
      },
      channels: this._channels.map(({ channelName, parameterName, gates }) => ({
        name: channelName, parameterName, gates: gates.map((gate) => gateIntent(this, gate)),
      })),
    };
  }
}
