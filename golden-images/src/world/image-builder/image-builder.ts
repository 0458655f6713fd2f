import { Builds } from './builds';
import { Components } from './components';
import { Configurations, distributionMembers, infrastructureMembers, validateDistribution, validateInfrastructure } from './configurations';
import { Imports } from './imports';
import { ManagedImages } from './managed-images';
import { PipelineWorkflows } from './pipeline-workflows';
import { Pipelines } from './pipelines';
import { Recipes } from './recipes';
import { resourceTypes } from './resource-types';
import { componentShape, configurationShape, imageShape, imageSummary, managedSummary, pipelineShape, recipeShape, workflowShape, workflowSummary } from './shapes';
import { Ec2Service } from '../ec2/ec2';
import { AwsError, closed, NotModelled, Service, type Operation, type ResourceType, type World } from '../kernel';
import { arnName, inUse, notFound, versionPattern } from './validation';
import { Workflows } from './workflows';

const PAGE = 25;

/** EC2 Image Builder: recipes, component builds, pipelines and their executions. One region, AMIs only. */
export class ImageBuilderService extends Service {
  public readonly signingName = 'imagebuilder';
  public readonly components: Components;
  public readonly recipes: Recipes;
  public readonly infrastructures: Configurations;
  public readonly distributions: Configurations;
  public readonly workflows: Workflows;
  public readonly pipelines: Pipelines;
  public readonly builds: Builds;
  public readonly imports: Imports;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = resourceTypes(this);

  public readonly operations: Readonly<Record<string, Operation>> = closed('imagebuilder', {
    CreateComponent: (input) => ({ componentBuildVersionArn: this.components.create(input).arn, clientToken: input.clientToken }),
    GetComponent: (input) => ({ component: componentShape(this.components.find(input.componentBuildVersionArn)) }),
    DeleteComponent: (input) => { this.components.remove(input.componentBuildVersionArn); return input; },
    CreateImageRecipe: (input) => ({ imageRecipeArn: this.recipes.create(input).arn, clientToken: input.clientToken }),
    GetImageRecipe: (input) => ({ imageRecipe: recipeShape(this.recipes.find(input.imageRecipeArn)) }),
    DeleteImageRecipe: (input) => { this.recipes.remove(input.imageRecipeArn); return input; },
    ListImageRecipes: (input) => page(input, 'imageRecipeSummaryList', this.recipes.all().map((each) => ({ arn: each.arn, name: each.name, platform: each.platform, parentImage: each.parentImage }))),
    CreateInfrastructureConfiguration: (input) => ({ infrastructureConfigurationArn: this.infrastructures.create(input).arn }),
    GetInfrastructureConfiguration: (input) =>
      ({ infrastructureConfiguration: configurationShape(this.infrastructures.find(input.infrastructureConfigurationArn)) }),
    UpdateInfrastructureConfiguration: ({ infrastructureConfigurationArn, ...input }) => {
      this.infrastructures.update(infrastructureConfigurationArn, input);
      return { infrastructureConfigurationArn };
    },
    CreateDistributionConfiguration: (input) => ({ distributionConfigurationArn: this.distributions.create(input).arn }),
    GetDistributionConfiguration: (input) =>
      ({ distributionConfiguration: configurationShape(this.distributions.find(input.distributionConfigurationArn)) }),
    CreateWorkflow: (input) => ({ workflowBuildVersionArn: this.workflows.create(input).arn, clientToken: input.clientToken }),
    GetWorkflow: (input) => ({ workflow: workflowShape(this.world, this.workflows.find(input.workflowBuildVersionArn)) }),
    DeleteWorkflow: (input) => { this.workflows.remove(input.workflowBuildVersionArn); return input; },
    ListWorkflows: (input) => this.listWorkflows(input),
    UpdateDistributionConfiguration: ({ distributionConfigurationArn, ...input }) => {
      this.distributions.update(distributionConfigurationArn, input);
      return { distributionConfigurationArn };
    },
    DeleteDistributionConfiguration: (input) => { this.distributions.remove(input.distributionConfigurationArn); return input; },
    ImportVmImage: (input) => ({ imageArn: this.imports.vm(input).arn, clientToken: input.clientToken }),
    ImportDiskImage: (input) => ({ imageBuildVersionArn: this.imports.iso(input).arn, clientToken: input.clientToken }),
    CreateImagePipeline: (input) => ({ imagePipelineArn: this.pipelines.create(input).arn }),
    GetImagePipeline: (input) => ({ imagePipeline: pipelineShape(this.pipelines.find(input.imagePipelineArn)) }),
    UpdateImagePipeline: (input) => { this.pipelines.update(input.imagePipelineArn, input); return { imagePipelineArn: input.imagePipelineArn }; },
    DeleteImagePipeline: (input) => { this.pipelines.remove(input.imagePipelineArn); return input; },
    ListImagePipelines: (input) => page(input, 'imagePipelineList', this.pipelines.all().map(pipelineShape)),
    StartImagePipelineExecution: ({ imagePipelineArn, clientToken, tags }) =>
      ({ imageBuildVersionArn: this.pipelines.execute(imagePipelineArn, clientToken, tags).arn, clientToken }),
    ListImagePipelineImages: (input) => this.listPipelineImages(input),
    ListImageBuildVersions: (input) => this.listBuildVersions(input),
    ListImages: (input) => this.listImages(input),
    GetImage: (input) => ({ image: this.getImage(input.imageBuildVersionArn) }),
    CancelImageCreation: (input) => this.cancel(input.imageBuildVersionArn),
    DeleteImage: (input) => this.deleteImage(input.imageBuildVersionArn),
  }, {
    ListImageRecipes: ['owner', 'maxResults', 'nextToken'],
    ListImagePipelines: ['maxResults', 'nextToken'],
    ListWorkflows: ['owner', 'maxResults', 'nextToken'],
    ListImages: ['owner', 'filters', 'maxResults', 'nextToken'],
  });

  public constructor(world: World) {
    super(world);
    this.components = new Components(world, (arn) =>
      this.recipes.all().find((recipe) => recipe.components.some((each) => each.componentArn === arn))?.arn);
    this.recipes = new Recipes(world, this.components, (arn) => this.pipelineUsing('imageRecipeArn', arn), (parent) => this.platformOf(parent));
    this.infrastructures = new Configurations(world, 'infrastructure-configuration', infrastructureMembers, validateInfrastructure(world), (arn) => this.pipelineUsing('infrastructureConfigurationArn', arn));
    this.distributions = new Configurations(world, 'distribution-configuration', distributionMembers, validateDistribution(world), (arn) => this.pipelineUsing('distributionConfigurationArn', arn));
    this.workflows = new Workflows(world, (arn) =>
      this.pipelines.all().find(({ input }) => input.workflows?.some(({ workflowArn }) => workflowArn === arn))?.arn);
    const pipelineWorkflows = new PipelineWorkflows(world, this.workflows);
    this.builds = new Builds(world, pipelineWorkflows);
    this.imports = new Imports(world, this.builds, this.infrastructures);
    this.pipelines = new Pipelines(world, this.recipes, this.components, this.builds, pipelineWorkflows, this);
  }

  /** What an account does in AWS Marketplace, before a recipe may name the product as its parent. */
  public subscribe(productId: string, ami: string): void {
    this.builds.products.set(productId, ami);
  }

  private pipelineUsing(member: string, arn: string): string | undefined {
    return this.pipelines.all().find((pipeline) => pipeline.input[member] === arn)?.arn;
  }

  /** A recipe is refused when its parent cannot be found; the platform follows from the parent's AMI. */
  private platformOf(parentImage: string): string {
    const ami = this.builds.parentAmi({ parentImage } as never);
    const image = ami === undefined ? undefined : this.world.get(Ec2Service).image(ami);
    if (!image) throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'parentImage' is not valid. ${parentImage} cannot be resolved`);
    return image.platform === 'windows' ? 'Windows' : 'Linux';
  }

  private getImage(arn: string): Record<string, unknown> {
    const managed = ManagedImages.parse(arn);
    if (!managed) return imageShape(this.world, this.existingImage(arn));
    const found = this.builds.managed.matching(managed).at(-1);
    if (!found) throw notFound(arn);
    return managedSummary(this.world, found);
  }

  private existingImage(arn: string): ReturnType<Builds['images']['at']> & object {
    const image = this.builds.find(arn);
    if (!image || image.status === 'DELETED') throw notFound(arn);
    return image;
  }

  private listed(): Builds['images'] {
    return this.builds.images.filter((image) => image.status !== 'DELETED');
  }

  private listPipelineImages(input: { imagePipelineArn: string; filters?: unknown[] }): Record<string, unknown> {
    this.pipelines.find(input.imagePipelineArn);
    if (input.filters?.length) throw new NotModelled('imagebuilder:ListImagePipelineImages filters');
    return page(input, 'imageSummaryList', this.listed().filter((image) => image.pipelineArn === input.imagePipelineArn).map((image) => imageSummary(this.world, image)));
  }

  private listBuildVersions(input: { imageVersionArn: string; filters?: unknown[] }): Record<string, unknown> {
    if (input.filters?.length) throw new NotModelled('imagebuilder:ListImageBuildVersions filters');
    const managed = ManagedImages.parse(input.imageVersionArn);
    if (managed) return page(input, 'imageSummaryList', this.builds.managed.matching(managed).map((each) => managedSummary(this.world, each)));
    const wanted = /image\/([^/]+)\/([0-9x.]+)$/.exec(input.imageVersionArn);
    if (!wanted) throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'imageVersionArn' is not valid: ${input.imageVersionArn}`);
    const version = versionPattern(wanted[2]!);
    const found = this.listed().filter((image) => arnName(image.name) === wanted[1] && version.test(image.version));
    return page(input, 'imageSummaryList', found.map((image) => imageSummary(this.world, image)));
  }

  private listImages(input: { owner?: string; filters?: Array<{ name: string; values: string[] }> }): Record<string, unknown> {
    if (![undefined, 'Self', 'Amazon'].includes(input.owner)) throw new NotModelled(`imagebuilder:ListImages owner ${input.owner}`);
    const wanted = (image: { name: string }): boolean => (input.filters ?? []).every((filter) => {
      if (filter.name !== 'name') throw new NotModelled(`imagebuilder:ListImages filter ${filter.name}`);
      return filter.values.includes(image.name);
    });
    const images = input.owner === 'Amazon' ? this.builds.managed.all() : this.listed();
    const versions = new Map(images.filter(wanted).map((image) => [image.arn.replace(/\/\d+$/, ''), image] as const));
    return page(input, 'imageVersionList', [...versions].map(([arn, image]) => ({
      arn, name: image.name, type: 'AMI', version: image.version, platform: image.platform, dateCreated: new Date(image.dateCreated).toISOString(),
    })));
  }

  /** One line a version, with the newest of its builds. */
  private listWorkflows(input: { owner?: string }): Record<string, unknown> {
    if (input.owner !== undefined && input.owner !== 'Self') throw new NotModelled(`imagebuilder:ListWorkflows owner ${input.owner}`);
    const versions = new Map(this.workflows.all().map((each) => [each.arn.replace(/\/\d+$/, ''), each] as const));
    return page(input, 'workflowVersionList', [...versions].map(([arn, each]) => ({ ...workflowSummary(this.world, each), arn })));
  }

  private cancel(arn: string): Record<string, unknown> {
    this.builds.cancel(this.existingImage(arn));
    return { imageBuildVersionArn: arn };
  }

  /** Removes the record; the AMI stays. Source: DeleteImage API reference. */
  private deleteImage(arn: string): Record<string, unknown> {
    const image = this.existingImage(arn);
    if (this.builds.inProgress(image)) throw inUse(arn, image.pipelineArn ?? arn);
    image.status = 'DELETED';
    return { imageBuildVersionArn: arn };
  }
}

/** Pages as the service does: `maxResults` of at most 25, `nextToken` an offset. */
function page(input: object, member: string, items: unknown[]): Record<string, unknown> {
  const { maxResults = PAGE, nextToken = '0' } = input as { maxResults?: number; nextToken?: string };
  const from = Number(nextToken);
  const to = from + Math.min(maxResults, PAGE);
  return { [member]: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) };
}
