import type { Size } from 'aws-cdk-lib';
import { CfnImageRecipe } from 'aws-cdk-lib/aws-imagebuilder';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ComponentConfig } from '../component/component';
import { OWNER_TAG } from '../contract';
import { contentHash } from '../private/hash';
import { idFollowsName } from '../private/logical-ids';
import { imageBuilderName } from '../private/names';

export interface RecipeProps {
  readonly namespace: string;
  readonly imageName: string;
  readonly description: string;
  readonly version: string;
  readonly parentImage: string;
  readonly components: ComponentConfig[];
  /** What the build workflow makes of the image, if it is not the service's own. */
  readonly workflow?: string;
  readonly rootDeviceName?: string;
  readonly rootVolumeSize?: Size;
  readonly encrypted: boolean;
  readonly encryptionKey?: IKey;
  readonly amiTags?: { [key: string]: string };
}

/** The recipe of an image. Its name stays: an image's ARN is made of it, and lineage hangs on the ARN. */
export class Recipe extends Construct {
  public readonly resource: CfnImageRecipe;
  public readonly amiTags: { [key: string]: string };
  private readonly definition: Record<string, unknown>;

  public constructor(scope: Construct, id: string, props: RecipeProps) {
    super(scope, id);
    this.amiTags = { [OWNER_TAG]: `${props.namespace}/${props.imageName}`, ...props.amiTags };
    const shared = {
      parentImage: props.parentImage,
      version: props.version,
      blockDeviceMappings: rootVolume(props),
      // Tags of the recipe and not of the pipeline: the service leaves those out where a build is started by hand or by a controller
      // (assumption: recipe-ami-tags).
      amiTags: this.amiTags,
    };
    this.definition = { ...shared, components: props.components.map(({ content }) => content), workflow: props.workflow };
    this.resource = new CfnImageRecipe(this, 'Resource', {
      ...shared,
      name: imageBuilderName(this, props.namespace, { imageName: props.imageName }),
      description: props.description,
      components: props.components.map(({ componentArn, parameters }) => ({
        componentArn,
        parameters: parametersOf(parameters),
      })),
    });
    idFollowsName(this.resource, 'Recipe', props.imageName);
  }

  /** Hash of what is in the image; known once the app is synthesized. */
  public contentHash(): string {
    return contentHash(this, this.definition);
  }
}

/** Left out where there are none: the API takes no empty list (API reference of EC2 Image Builder, ComponentConfiguration). */
function parametersOf(given: ComponentConfig['parameters'] = {}): CfnImageRecipe.ComponentParameterProperty[] | undefined {
  const parameters = Object.entries(given).map(([name, value]) => ({ name, value: [value] }));
  return parameters.length > 0 ? parameters : undefined;
}

/** Encryption is enforced where the root device is known. */
function rootVolume(props: RecipeProps): CfnImageRecipe.InstanceBlockDeviceMappingProperty[] | undefined {
  return props.rootDeviceName === undefined ? undefined : [{
    deviceName: props.rootDeviceName,
    ebs: {
      // Left out where it is not wanted: the volume is what the parent's snapshot is.
      encrypted: props.encrypted || undefined,
      kmsKeyId: props.encryptionKey?.keyArn,
      volumeSize: props.rootVolumeSize?.toGibibytes(),
      volumeType: 'gp3',
      deleteOnTermination: true,
    },
  }];
}
