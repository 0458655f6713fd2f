import { Ec2Service } from '../ec2/ec2';
import type { World } from '../kernel';
import { devicesOf } from './block-devices';
import { BuildLogs } from './build-logs';
import { exportDisk, type DiskExport } from './disk-export';
import { ManagedImages } from './managed-images';
import type { Image, ImageStatus, Pipeline, Recipe } from './model';
import type { BuildPlan, PipelineWorkflows } from './pipeline-workflows';
import { arnName, versionPattern } from './validation';
import { SsmService } from '../ssm/ssm';

const minutes = (count: number): number => count * 60_000;

/**
 * How long each state lasts. The service documents no figures (assumption: imagebuilder-durations); a build of a Linux image
 * with a few components takes about 25 minutes.
 */
const course: ReadonlyArray<{ status: ImageStatus; lasts: number }> = [
  { status: 'CREATING', lasts: minutes(2) },
  { status: 'BUILDING', lasts: minutes(14) },
  { status: 'TESTING', lasts: minutes(6) },
  { status: 'DISTRIBUTING', lasts: minutes(2) },
];

/** Id of a Marketplace product, in both of its forms: `parentImage` takes it as it is (API reference, ImageRecipe). */
const PRODUCT = /^(?:prod-|[a-z0-9]{8}-)/;

interface Distribution {
  readonly amiDistributionConfiguration?: { readonly name?: string; readonly description?: string; readonly amiTags?: Record<string, string> };
  readonly s3ExportConfiguration?: DiskExport;
}

/** Runs builds through their states and registers the AMI. */
export class Builds {
  public readonly images: Image[] = [];
  /** The newest AMI of a Marketplace product, for an account that subscribed to it. */
  public readonly products = new Map<string, string>();
  public readonly managed: ManagedImages;
  private readonly logs: BuildLogs;

  public constructor(private readonly world: World, private readonly workflows: PipelineWorkflows) {
    this.logs = new BuildLogs(world);
    this.managed = new ManagedImages(world);
  }

  public start(pipeline: Pipeline, recipe: Recipe, how: Pick<Image, 'tags' | 'scheduled' | 'builtWith'>): Image {
    const build = this.images.filter((image) => image.recipe?.arn === recipe.arn).length + 1;
    const image: Image = {
      arn: this.world.arn('imagebuilder', `image/${arnName(recipe.name)}/${recipe.version}/${build}`),
      name: recipe.name,
      version: recipe.version,
      build,
      platform: recipe.platform,
      recipe,
      pipelineArn: pipeline.arn,
      dateCreated: this.world.now,
      ...how,
      status: 'PENDING',
    };
    this.images.push(image);
    this.world.timeline.spawn(`build ${image.arn}`, () => this.logged(image, pipeline));
    return image;
  }

  public find(arn: string): Image | undefined {
    return this.images.find((image) => image.arn === arn);
  }

  public inProgress(image: Image): boolean {
    return ['PENDING', ...course.map((each) => each.status)].includes(image.status);
  }

  public cancel(image: Image): void {
    if (this.inProgress(image)) this.move(image, 'CANCELLED');
  }

  /** The AMI that a recipe's parent stands for now. `ssm:` is resolved inside the build. */
  public parentAmi(recipe: Recipe): string | undefined {
    const parent = recipe.parentImage;
    if (parent.startsWith('ssm:')) return this.world.get(SsmService).value(parent.slice(4));
    if (parent.startsWith('ami-')) return parent;
    if (PRODUCT.test(parent)) return this.products.get(parent);
    const managed = ManagedImages.parse(parent);
    if (managed) return this.managed.matching(managed).at(-1)?.ami.id;
    const wanted = /image\/([^/]+)\/([0-9x.]+)/.exec(parent);
    if (!wanted) return undefined;
    const version = versionPattern(wanted[2]!);
    const found = this.images.filter((image) => arnName(image.name) === wanted[1] && version.test(image.version) && image.ami);
    return found.sort(byVersion).at(-1)?.ami?.id;
  }

  private async logged(image: Image, pipeline: Pipeline): Promise<void> {
    this.logs.began(image, pipeline);
    await this.run(image, pipeline);
    this.logs.ended(image, pipeline);
  }

  private async run(image: Image, pipeline: Pipeline): Promise<void> {
    const fails = this.world.faults.take(this.world.faults.failedBuilds, image.name);
    const sick = this.world.faults.take(this.world.faults.sickBuilds, image.name);
    const plan = this.workflows.plan(pipeline.input);
    let parent: string | undefined;
    const { recipe } = image as { recipe: Recipe };
    for (const { status, lasts } of course) {
      if (image.status === 'CANCELLED') return;
      if (status === 'TESTING' && !plan.tests) continue;
      this.move(image, status);
      if (status === 'CREATING') parent = this.parentAmi(recipe);
      if (status === 'CREATING' && !this.launchable(parent)) return this.move(image, 'FAILED', `The parent image ${parent ?? recipe.parentImage} is not available`);
      await this.world.timeline.sleep(lasts, `build ${image.arn} ${status}`);
      if (status === 'BUILDING' && fails) return this.move(image, 'FAILED', 'Workflow Execution failed: step ExecuteComponents failed with a document failure');
    }
    if ((image.status as ImageStatus) === 'CANCELLED') return;
    const ami = this.register(image, recipe, parent!, { sick, ...plan });
    const { s3ExportConfiguration: disk } = distributionOf(image);
    const refused = disk && await exportDisk(this.world, ami.id, disk);
    if ((image.status as ImageStatus) === 'CANCELLED') return;
    if (refused) return this.move(image, 'FAILED', `Export of ${ami.id} to ${disk.s3Bucket} failed: ${refused}`);
    image.ami = ami;
    this.move(image, 'AVAILABLE');
  }

  private register(
    image: Image, recipe: Recipe, parent: string, { sick, sysprep }: BuildPlan & { sick: boolean },
  ): NonNullable<Image['ami']> {
    const ec2 = this.world.get(Ec2Service);
    const source = ec2.image(parent)!;
    const distribution = distributionOf(image).amiDistributionConfiguration ?? {};
    const name = this.amiName(image, distribution.name);
    const id = ec2.registerImage({
      name,
      sourceImageId: parent,
      architecture: source.architecture,
      ...(source.platform ? { platform: source.platform } : {}),
      traits: { sick: sick || source.traits?.sick === true, generalized: source.platform !== 'windows' || sysprep },
      blockDevices: devicesOf(source.blockDevices, recipe),
      ...(distribution.description ? { description: distribution.description } : {}),
      // Image Builder puts these tags on every AMI. Source: Image Builder user guide, "Tag resources".
      tags: { ...recipe.input.amiTags as object, ...distribution.amiTags, CreatedBy: 'EC2 Image Builder', Ec2ImageBuilderArn: image.arn },
    });
    return { id, name };
  }

  private amiName(image: Image, template = `${image.name} {{ imagebuilder:buildDate }}`): string {
    const date = new Date(this.world.now).toISOString().replace(/:/g, '-').replace(/\.\d+Z$/, 'Z');
    return template.replace(/\{\{\s*imagebuilder:buildDate\s*\}\}/g, date).replace(/\{\{\s*imagebuilder:buildVersion\s*\}\}/g, `${image.version}/${image.build}`);
  }

  private launchable(ami: string | undefined): boolean {
    return ami !== undefined && this.world.get(Ec2Service).image(ami)?.state === 'available';
  }

  /** Into a state, which the world is told. */
  public move(image: Image, status: ImageStatus, reason?: string): void {
    const previous = image.status;
    image.status = status;
    if (reason) image.reason = reason;
    this.world.log('imagebuilder', `${image.name} ${image.version}/${image.build} ${status}`, { arn: image.arn, status, ...(reason ? { reason } : {}) });
    this.world.emit({
      source: 'aws.imagebuilder',
      detailType: 'EC2 Image Builder Image State Change',
      detail: { 'previous-state': { status: previous }, 'state': { status, ...(reason ? { reason } : {}) } },
      resources: [image.arn],
    });
  }
}

const distributionOf = ({ builtWith }: Image): Distribution =>
  (builtWith?.distribution?.input.distributions as Distribution[] | undefined)?.[0] ?? {};

/** Oldest first. What `x` stands for is the highest number, not what was built last. */
function byVersion(a: Image, b: Image): number {
  const [left, right] = [a, b].map(({ version, build }) => [...version.split('.').map(Number), build]) as [number[], number[]];
  const at = left.findIndex((each, index) => each !== right[index]);
  return at < 0 ? 0 : left[at]! - right[at]!;
}
