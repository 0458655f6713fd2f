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
import { checkOwners } from './owners';
import type { ParentImageConfig } from './parents';
import { followedChannel } from './publisher';
import type { RegisteredImageProps, RegisterGrantOptions } from './registered-image-props';
import { Registrars } from './registrars';
import type { FollowedChannel, ImageIntent, ParentIntent, RegisteredIntent } from '../contract';
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
  private readonly foreign: Required<Pick<RegisteredIntent, 'owners' | 'copy'>>;
  private readonly registrars: Registrars;
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
    this.foreign = { owners: checkOwners(this, props), copy: props.copyAmis ?? false };
    const operator = this.plane.registerForeignImage({ intent: () => this.intent() });
    if (this.parentIntent.type === 'image') { this.plane.follow(this.parentIntent); }
    if (this.foreign.copy) { operator.permitCopies(); }
    this.registrars = new Registrars(this, this.imageName, operator);
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
   * Lets a role or user register versions of this image, and of no other. They come in over the function URL of the stack, where AWS says who signs a
   * request; where the stack has none (`ControlPlaneSettingsProps.operatorUrl`), by invoking an alias of the function that stands for this image.
   *
   * Throws if the grantee comes over the URL and is no role and no user: AWS names no groups, accounts and organizations to the function.
   */
  public grantRegister(grantee: IGrantable, options: RegisterGrantOptions = {}): void {
    this.registrars.grant(grantee, options);
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
    const source = initialSource(this, undefined, this.initial, this.beginsWith?.publisher);
    this.plane.seed({ name: channel.parameterName, owner: this.node.path, source });
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
        ...(this.project ? { projectName: this.project.name, projectClaimsTests: this.project.claimsTests } : {}),
        path: this.node.path,
        ...this.foreign,
        ...this.registrars.intent,
      },
      channels: this._channels.map(({ channelName, parameterName, gates }) => ({
        name: channelName, parameterName, gates: gates.map((gate) => gateIntent(this, gate)),
      })),
    };
  }
}
