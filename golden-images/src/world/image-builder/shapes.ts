import type { World } from '../kernel';
import type { ManagedVersion } from './managed-images';
import type { BuiltWith, Component, Configuration, Image, Pipeline, Recipe, Workflow } from './model';

const iso = (at: number): string => new Date(at).toISOString();

export function imageShape(world: World, image: Image): Record<string, unknown> {
  return {
    ...imageSummary(world, image),
    ...(image.recipe ? { imageRecipe: recipeShape(image.recipe) } : {}),
    sourcePipelineArn: image.pipelineArn,
    imageTestsConfiguration: { imageTestsEnabled: image.builtWith?.pipeline.imageTestsConfiguration?.imageTestsEnabled ?? true, timeoutMinutes: 720 },
    ...(image.builtWith ? builtWithShape(world, image.builtWith) : {}),
  };
}

/** "The infrastructure that Image Builder used to create this image", and so on (API reference, Image). */
function builtWithShape(world: World, { infrastructure, distribution, pipeline }: BuiltWith): Record<string, unknown> {
  return {
    sourcePipelineName: pipeline.name,
    infrastructureConfiguration: configurationShape(infrastructure),
    ...(distribution ? { distributionConfiguration: configurationShape(distribution) } : {}),
    workflows: pipeline.workflows ?? amazonsWorkflows(world),
    ...(pipeline.executionRole ? { executionRole: pipeline.executionRole } : {}),
  };
}

/** Those of a pipeline that lists none (assumption: image-workflows). */
const amazonsWorkflows = ({ region }: World): Array<{ workflowArn: string }> =>
  ['build/build-image', 'test/test-image'].map((name) => ({ workflowArn: `arn:aws:imagebuilder:${region}:aws:workflow/${name}/1.0.0/1` }));

export function imageSummary(world: World, image: Image): Record<string, unknown> {
  const ami = image.ami && { region: world.region, image: image.ami.id, name: image.ami.name, accountId: world.account, state: { status: 'AVAILABLE' } };
  return {
    arn: image.arn,
    name: image.name,
    version: `${image.version}/${image.build}`,
    type: 'AMI',
    platform: image.platform,
    state: { status: image.status, ...(image.reason ? { reason: image.reason } : {}) },
    dateCreated: iso(image.dateCreated),
    outputResources: { amis: ami ? [ami] : [] },
    tags: image.tags,
    buildType: buildType(image),
  };
}

/** The one build of a version that Amazon manages (assumption: managed-image-names). */
export function managedSummary(world: World, { arn, name, version, platform, dateCreated, ami }: ManagedVersion): Record<string, unknown> {
  return {
    arn: `${arn}/1`,
    name,
    version: `${version}/1`,
    type: 'AMI',
    platform,
    state: { status: 'AVAILABLE' },
    dateCreated: iso(dateCreated),
    outputResources: { amis: [{ region: world.region, image: ami.id, name: ami.name, state: { status: 'AVAILABLE' } }] },
  };
}

function buildType({ scheduled, recipe }: Image): string {
  if (!recipe) return 'IMPORT';
  return scheduled ? 'SCHEDULED' : 'USER_INITIATED';
}

export const recipeShape = (recipe: Recipe): Record<string, unknown> => ({
  ...omit(recipe.input, ['clientToken', 'semanticVersion']), arn: recipe.arn, version: recipe.version, platform: recipe.platform, type: 'AMI', dateCreated: iso(recipe.dateCreated),
});

export const componentShape = (component: Component): Record<string, unknown> => ({
  arn: component.arn,
  name: component.name,
  version: component.version,
  platform: component.platform,
  type: 'BUILD',
  data: component.data,
  description: component.description,
  dateCreated: iso(component.dateCreated),
  tags: component.tags,
  encrypted: true,
});

export const workflowSummary = (world: World, { name, version, description, type, dateCreated }: Workflow): Record<string, unknown> =>
  ({ name, version, description, type, owner: world.account, dateCreated: iso(dateCreated) });

export const workflowShape = (world: World, workflow: Workflow): Record<string, unknown> => ({
  ...workflowSummary(world, workflow),
  arn: workflow.arn,
  changeDescription: workflow.changeDescription,
  data: workflow.data,
  tags: workflow.tags,
});

export const configurationShape = (configuration: Configuration): Record<string, unknown> => ({
  ...omit(configuration.input, ['clientToken']),
  arn: configuration.arn,
  dateCreated: iso(configuration.dateCreated),
  ...(configuration.dateUpdated ? { dateUpdated: iso(configuration.dateUpdated) } : {}),
});

export const pipelineShape = (pipeline: Pipeline): Record<string, unknown> => ({
  ...omit(pipeline.input, ['clientToken']),
  arn: pipeline.arn,
  platform: undefined,
  status: pipeline.input.status ?? 'ENABLED',
  ...(pipeline.dateLastRun ? { dateLastRun: iso(pipeline.dateLastRun) } : {}),
});

function omit(from: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
}
