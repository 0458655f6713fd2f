import type { Construct } from 'constructs';
import type { BuildSchedule } from './build-schedule';
import { BuiltImage } from './built-image';
import type { BuiltImageProps } from './built-image-props';
import { traitsOfParent } from './disk/parent-traits';
import type { IImage } from './image';
import type { ImageAttributes } from './image-attributes';
import { ImportedImage } from './imported-image';
import type { ParentImage } from './parent-image';
import { lookedUp } from './parents/looked-up';
import { warnOfParent } from './parents/warnings';
import { OperatingSystem } from '../catalog/operating-system';
import type { Component } from '../component/component';
import { enter } from '../private/doors';

/** Properties of `PatchedBaseImage`. */
export interface PatchedBaseImageProps extends BuiltImageProps {
  /** What the image starts from. */
  readonly parent: ParentImage;

  /** When the image is built again. */
  readonly schedule: BuildSchedule;

  /**
   * What brings the operating system up to date. For Windows Update with criteria and filters: `OperatingSystem.windowsUpdates(…)`.
   *
   * @default - OperatingSystem.updates of the parent's platform: everything there is
   */
  readonly updates?: Component;

  /**
   * What is done after the updates of the operating system, such as hardening.
   *
   * @default - nothing
   */
  readonly components?: Component[];
}

/** A parent image with the updates of its operating system, built again on a schedule. */
export class PatchedBaseImage extends BuiltImage {
  /** An image that another stack declares. */
  public static fromImageAttributes(scope: Construct, id: string, attributes: ImageAttributes): IImage {
    return new ImportedImage(scope, id, attributes);
  }

  public constructor(scope: Construct, id: string, props: PatchedBaseImageProps) {
    enter('PatchedBaseImage', arguments, new.target);
    super(scope, id, props);
    const parent = lookedUp(this, props.parent.bind(this));
    warnOfParent(this, parent, props.updates);
    this._build({
      parent,
      traitsBelow: traitsOfParent(parent),
      parentIntent: { type: 'external', reference: parent.parentImage },
      components: [props.updates ?? OperatingSystem.updates(parent.platform), ...props.components ?? []],
      schedule: props.schedule.bind(this),
    });
  }
}
