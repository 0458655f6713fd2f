import { Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { infrastructureProps } from './constructs/infrastructure';
import type { ImageConstructs } from './constructs/to-constructs';
import type { InfrastructurePlan } from './plan';
import type { Component } from '../component/component';
import type { BuildInfrastructureProps } from '../image/build-infrastructure';
import type { ParentImage } from '../image/parent-image';
import type { Platform } from '../image/platform';

/** What one builder of a Packer template builds: values for the properties of `PatchedBaseImage` and `RoleImage`. */
export class PackerImage {
  /**
   * The image of a builder.
   *
   * @internal
   */
  public static _of(image: ImageConstructs): PackerImage {
    return new PackerImage(image);
  }

  /** Name of its builder; the type where it has none. */
  public readonly builderName: string;

  /** Type of its builder. */
  public readonly builderType: string;

  /** Name that the image may have: what of `ami_name` is the same in every build. */
  public readonly imageName: string;

  /** Operating system family. */
  public readonly platform: Platform;

  /** What it starts from. */
  public readonly parent: ParentImage;

  /** What the template does first to update the operating system: for `updates` of `PatchedBaseImage`. None where it begins otherwise. */
  public readonly updates?: Component;

  /** What it does after that. */
  public readonly components: Component[];

  /** All that it does, in order: for `components` of `RoleImage`. */
  public readonly allComponents: Component[];

  /** Tags of the AMIs. */
  public readonly amiTags: { [key: string]: string };

  /** What the image is for. */
  public readonly description?: string;

  /** Size of the root volume. */
  public readonly rootVolumeSize?: Size;

  /** Region in which Packer built it: the stack has to be deployed to it. */
  public readonly region?: string;

  private readonly infrastructure: InfrastructurePlan;

  private constructor({ plan, parent, updates, components }: ImageConstructs) {
    this.builderName = plan.builder.name;
    this.builderType = plan.builder.type;
    this.imageName = plan.imageName;
    this.platform = plan.system.platform as Platform;
    this.parent = parent;
    this.updates = updates;
    this.components = components;
    this.allComponents = [...updates ? [updates] : [], ...components];
    this.amiTags = { ...plan.amiTags };
    this.description = plan.description;
    this.rootVolumeSize = plan.rootVolumeGibibytes === undefined ? undefined : Size.gibibytes(plan.rootVolumeGibibytes);
    this.region = plan.region;
    this.infrastructure = plan.infrastructure;
  }

  /**
   * Properties for a `BuildInfrastructure`: instance types, network, key. What the template names by id is imported.
   *
   * @param scope under which it is imported: one that nothing else is imported under
   */
  public infrastructureProps(scope: Construct): BuildInfrastructureProps {
    return infrastructureProps(scope, this.infrastructure);
  }
}
