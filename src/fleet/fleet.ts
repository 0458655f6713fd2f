import { Annotations, Aspects } from 'aws-cdk-lib';
import type { IMachineImage } from 'aws-cdk-lib/aws-ec2';
import { Construct, type IConstruct } from 'constructs';
import { FleetImage } from './fleet-image';
import { permitLaunches } from './fleet-key';
import { FleetTargets } from './fleet-targets';
import { checkRollout, rolloutIntent } from './rollout-intent';
import type { RolloutPolicy } from './rollout-policy';
import { rolloutTarget, type RolloutTarget } from './rollout-target';
import { fleetParameterName, fleetStatusName, type FleetIntent, type FollowedChannel, type RolloutIntent } from '../contract';
import { ControlPlane } from '../control-plane/control-plane';
import type { IImage } from '../image/image';
import { initialSource } from '../image/initial-source';
import { launchTraitsOf } from '../image/launch-traits';
import type { ParentImage } from '../image/parent-image';
import { Platform } from '../image/platform';
import { followedChannel } from '../image/publisher';
import { enter } from '../private/doors';
import { checkEnvironment } from '../private/environments';
import { InvalidInputError } from '../private/errors';
import { nameOfId } from '../private/name-of-id';
import { validName } from '../private/names';
import { deployAfter } from '../private/stacks';
import type { Channel } from '../release/channel';

/** Instances that follow a channel. */
export interface IFleet extends IConstruct {
  /** Name of the fleet, unique in its stack. */
  readonly fleetName: string;

  /** Parameter that holds the AMI that the fleet launches from; moves only after a committed rollout. */
  readonly imageParameterName: string;

  /** Parameter that holds the fleet's status document. */
  readonly statusParameterName: string;

  /** The image for launch templates of the fleet. */
  readonly machineImage: IMachineImage;
}

/** Properties of a fleet. */
export interface FleetProps {
  /** Channel whose version the fleet is brought to. */
  readonly follows: Channel;

  /**
   * Name of the fleet.
   *
   * @default - the construct id in lower case
   */
  readonly fleetName?: string;

  /**
   * How the fleet is brought to another image or launch configuration.
   *
   * @default - a canary of one, minimum healthy 100 percent, half an hour of bake, automatic rollback
   */
  readonly rollout?: RolloutPolicy;

  /**
   * Image that instances are launched from until the first release is rolled out.
   *
   * @default - what the channel holds when the fleet is created
   */
  readonly initialAmi?: ParentImage;
}

/**
 * Instances that follow a channel: a new version is tried on one instance, brought to all in waves, watched, and committed or taken
 * back.
 */
export class Fleet extends Construct implements IFleet {
  public readonly fleetName: string;
  public readonly imageParameterName: string;
  public readonly statusParameterName: string;
  public readonly machineImage: IMachineImage;
  private readonly targets: FleetTargets;
  private readonly rollout: RolloutIntent;
  private readonly followed: FollowedChannel;

  public constructor(scope: Construct, id: string, props: FleetProps) {
    enter('Fleet', arguments, new.target);
    super(scope, id);
    const controlPlane = ControlPlane.of(this);
    const { image: followed, parameterName } = props.follows;
    checkEnvironment(this, followed, 'image that the fleet follows');
    checkGeneralized(this, followed);
    permitLaunches(this, followed);
    const windows = followed.platform === Platform.WINDOWS;
    this.fleetName = validName(this, 'fleet name', props.fleetName ?? nameOfId(id), 'fleetName');
    controlPlane.claims.claim('fleet name', this.fleetName, this, 'give one of them another fleetName');
    this.imageParameterName = fleetParameterName(controlPlane.namespace, this.fleetName);
    this.statusParameterName = fleetStatusName(controlPlane.namespace, this.fleetName);
    const image = new FleetImage(this.imageParameterName, windows);
    this.machineImage = image;
    this.rollout = checkRollout(this, rolloutIntent(props.rollout ?? {}, windows));
    this.targets = new FleetTargets(this, {
      controlPlane,
      image,
      architecture: followed.architecture,
      rootVolume: { deviceName: followed.rootDeviceName, gibibytes: launchTraitsOf(followed).rootVolumeGibibytes },
      rollout: this.rollout,
      hasInitialAmi: props.initialAmi !== undefined,
    });
    const initial = props.initialAmi?.bind(this) ?? { amiParameterName: parameterName };
    this.followed = followedChannel(this, props.follows);
    const source = initialSource(this, undefined, initial, props.initialAmi ? undefined : this.followed.publisher);
    controlPlane.seed({ name: this.imageParameterName, owner: this.node.path, source });
    controlPlane.registerFleet({ intent: () => this.intent(), follows: this.followed, alarmNames: this.rollout.alarmNames });
    deployAfter(this, followed, 'the channel that the fleet follows must exist');
    Aspects.of(this).add({ visit: (node) => this.warnIfEmpty(node) });
  }

  /** Adds a rollout target to this fleet. Plain JavaScript may pass an Auto Scaling group directly. */
  public addTarget(target: RolloutTarget): void {
    this.targets.add(rolloutTarget(target));
  }

  private intent(): FleetIntent {
    return {
      name: this.fleetName,
      follows: this.followed,
      parameterName: this.imageParameterName,
      statusName: this.statusParameterName,
      targets: this.targets.intents(),
      rollout: this.rollout,
    };
  }

  private warnIfEmpty(node: IConstruct): void {
    if (node === this && this.targets.isEmpty) {
      Annotations.of(this).addWarningV2(
        'cdk-golden-images:fleet.noTargets',
        'the fleet has no targets, so that nothing follows its channel; add one with fleet.addTarget(RolloutTarget.autoScalingGroup(group))',
      );
    }
  }
}

/** Microsoft: machines that join a network need a SID and a name of their own. */
function checkGeneralized(fleet: IConstruct, image: IImage): void {
  if (launchTraitsOf(image).generalized !== false) { return; }
  throw new InvalidInputError(fleet, {
    what: `it follows the image '${image.imageName}', which Sysprep does not generalize: all instances would have the same machine SID and computer name`,
    expected: 'an image with sysprep',
    fix: 'leave sysprep: false to master images of a product that prepares its machines itself, or give the fleet an image of its own',
  });
}
