import type { Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ImageComponents } from './image-components';
import { infrastructureProps } from './mapping/builders/infrastructure';
import type { ImageMapping } from './mapping/map-template';
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
  public static _of(mapping: ImageMapping, components: ImageComponents): PackerImage {
    return new PackerImage(mapping, components);
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

  private readonly settings: ImageMapping['infrastructure'];

  private constructor(mapping: ImageMapping, { updates, components }: ImageComponents) {
    this.builderName = mapping.builder.name ?? mapping.builder.type;
    this.builderType = mapping.builder.type;
    this.imageName = mapping.imageName;
    this.platform = mapping.platform;
    this.parent = mapping.parent;
    this.updates = updates;
    this.components = components;
    this.allComponents = [...updates ? [updates] : [], ...components];
    this.amiTags = mapping.amiTags;
    this.description = mapping.description;
    this.rootVolumeSize = mapping.rootVolumeSize;
    this.region = mapping.region;
    this.settings = mapping.infrastructure;
  }

  /**
   * Properties for a `BuildInfrastructure`: instance types, network, key. What the template names by id is imported.
   *
   * @param scope under which it is imported: one that nothing else is imported under
   */
  public infrastructureProps(scope: Construct): BuildInfrastructureProps {
    return infrastructureProps(scope, this.settings);
  }
}
