import type { Construct } from 'constructs';
import { BuiltImage } from './built-image';
import type { BuiltImageProps } from './built-image-props';
import { traitsOfImage } from './disk/parent-traits';
import type { IImage } from './image';
import type { ImageAttributes } from './image-attributes';
import { ImportedImage } from './imported-image';
import { launchTraitsOf } from './launch-traits';
import { followedChannel } from './publisher';
import { inheritHardening } from '../catalog/baseline/hardening-sets';
import type { Component } from '../component/component';
import { enter } from '../private/doors';
import { checkEnvironment } from '../private/environments';
import { deployAfter } from '../private/stacks';

/** Properties of `RoleImage`. */
export interface RoleImageProps extends BuiltImageProps {
  /** The image it stands on: a base or another role. The image is built again when its parent is released. */
  readonly parent: IImage;

  /**
   * Name of the parent's channel that it follows.
   *
   * @default 'latest'
   */
  readonly parentChannel?: string;

  /** What makes the role, in order. At least one. */
  readonly components: Component[];
}

/** An image with a purpose, on top of a patched base or of another role. */
export class RoleImage extends BuiltImage {
  /** An image that another stack declares. */
  public static fromImageAttributes(scope: Construct, id: string, attributes: ImageAttributes): IImage {
    return new ImportedImage(scope, id, attributes);
  }

  public constructor(scope: Construct, id: string, props: RoleImageProps) {
    enter('RoleImage', arguments, new.target);
    super(scope, id, props);
    checkEnvironment(this, props.parent, 'parent of the image');
    inheritHardening(this, props.parent);
    const { platform, architecture, rootDeviceName, osVersion } = props.parent;
    const channel = props.parent.channel(props.parentChannel ?? 'latest');
    const { parameterName } = channel;
    this._build({
      // By the parameter and not by the image: a new version of the parent needs no new recipe.
      parent: { parentImage: `ssm:${parameterName}`, amiParameterName: parameterName, platform, architecture, rootDeviceName, osVersion },
      parentIntent: { type: 'image', ...followedChannel(this, channel) },
      components: props.components,
      traitsBelow: traitsOfImage(props.parent),
      launchTraitsBelow: launchTraitsOf(props.parent),
    });
    deployAfter(this, props.parent, 'the channel of the parent image must exist');
  }
}
