/**
 * What an image is built of: on the side of a deploy as it declared it, on the side of a build as EC2 Image Builder tells it. Values as the API
 * has them; what is not there is not set, and `*` is known to nobody before the deploy: it is compared with nothing.
 */
export interface BuildInputs {
  readonly recipe: InputGroup;
  readonly pipeline: InputGroup;
  /** Absent where the content of the infrastructure configuration is not known: then only its ARN is compared. */
  readonly infrastructure?: InputGroup;
}

/** By what messages call each. */
export type InputGroup = Readonly<Record<string, unknown>>;

/** A component as a recipe names it. */
export interface ComponentInput {
  readonly componentArn: string;
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly value: readonly string[] }>;
}

interface Recipe {
  readonly parentImage?: unknown;
  readonly components?: unknown;
  readonly blockDeviceMappings?: unknown;
  readonly additionalInstanceConfiguration?: { readonly userDataOverride?: unknown };
}

interface Pipeline {
  readonly infrastructureConfigurationArn?: unknown;
  readonly distributionConfigurationArn?: unknown;
  readonly workflows?: unknown;
  readonly executionRole?: unknown;
}

interface Infrastructure {
  readonly instanceProfileName?: unknown;
  readonly instanceTypes?: unknown;
  readonly subnetId?: unknown;
  readonly securityGroupIds?: unknown;
  readonly keyPair?: unknown;
  readonly terminateInstanceOnFailure?: unknown;
  readonly instanceMetadataOptions?: unknown;
}

/** What decides about the content of an image, and nothing beside it: names, tags, logs and schedules change no image. */
export const buildInputs = (recipe: Recipe, pipeline: Pipeline, infrastructure?: Infrastructure): BuildInputs => ({
  recipe: {
    'parent image': recipe.parentImage,
    'components': recipe.components,
    'block devices': recipe.blockDeviceMappings,
    'user data': recipe.additionalInstanceConfiguration?.userDataOverride,
  },
  pipeline: {
    'infrastructure configuration': pipeline.infrastructureConfigurationArn,
    'distribution configuration': pipeline.distributionConfigurationArn,
    'workflows': pipeline.workflows,
    'execution role': pipeline.executionRole,
  },
  ...(infrastructure ? {
    infrastructure: {
      'instance profile': infrastructure.instanceProfileName,
      'instance types': infrastructure.instanceTypes,
      'subnet': infrastructure.subnetId,
      'security groups': infrastructure.securityGroupIds,
      'key pair': infrastructure.keyPair,
      'end of instances that failed': infrastructure.terminateInstanceOnFailure,
      'metadata options': infrastructure.instanceMetadataOptions,
    },
  } : {}),
});
