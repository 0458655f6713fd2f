import { Resource } from 'aws-cdk-lib';
import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { IImage } from './image';
import { channelParameterName } from '../contract';
import type { OperatingSystemVersion, Platform } from '../platform';
import { InvalidInputError } from '../private/errors';
import { nameLimits } from '../private/limits';
import { composedName, validName } from '../private/names';
import { Channel } from '../release/channel';
import type { Gate } from '../release/gate';
import { gateIntent } from '../release/gate-intent';

const LATEST = 'latest';

/** What every image is. */
export abstract class ImageBase extends Resource implements IImage {
  public readonly latest: Channel;
  public abstract readonly platform: Platform;
  public abstract readonly architecture: InstanceArchitecture;
  public abstract readonly rootDeviceName?: string;
  private readonly channels = new Map<string, Channel>();

  protected constructor(scope: Construct, id: string, private readonly namespace: string, public readonly imageName: string) {
    super(scope, id);
    validName(this, 'image name', imageName, 'imageName');
    this.latest = this.declareChannel(LATEST, []);
  }

  public get osVersion(): OperatingSystemVersion | undefined {
    return undefined;
  }

  public channel(channelName: string): Channel {
    const channel = this.channels.get(channelName);
    if (channel === undefined) {
      throw new InvalidInputError(this, {
        what: `the image '${this.imageName}' has no channel '${channelName}'`,
        expected: `one of ${[...this.channels.keys()].join(', ')}`,
        fix: 'correct the name or declare the channel with addChannel',
      });
    }
    return channel;
  }

  /**
   * All channels, in the order of declaration.
   *
   * @internal
   */
  protected get _channels(): Channel[] {
    return [...this.channels.values()];
  }

  /**
   * Makes a channel known.
   *
   * @internal
   */
  protected _declare(channelName: string, gates: Gate[]): Channel {
    return this.declareChannel(channelName, gates);
  }

  private declareChannel(channelName: string, gates: Gate[]): Channel {
    validName(this, 'channel name', channelName, 'the name of the channel');
    if (this.channels.has(channelName)) {
      throw new InvalidInputError(this, {
        what: `the channel '${channelName}' is declared twice`,
        expected: 'one channel of a name',
        fix: `use channel('${channelName}')`,
      });
    }
    const parts = { namespace: this.namespace, imageName: this.imageName, channelName };
    const parameterName = composedName(this, nameLimits.parameter, channelParameterName(this.namespace, this.imageName, channelName), parts);
    // Bound before the channel is known: a channel cannot wait for itself.
    const bound = gates.map((gate) => gate.bind(this));
    bound.forEach((gate) => gateIntent(this, gate));
    const channel = new Channel(this, { channelName, parameterName, gates: bound });
    this.channels.set(channelName, channel);
    return channel;
  }
}
