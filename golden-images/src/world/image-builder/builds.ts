import { Ec2Service } from '../ec2/ec2';
import type { World } from '../kernel';
import type { Configurations } from './configurations';
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

/** Runs builds through their states and registers the AMI. */
export class Builds {
  public readonly images: Image[] = [];

  public constructor(private readonly world: World, private readonly distributions: Configurations, private readonly workflows: PipelineWorkflows) {}

  public start(pipeline: Pipeline, recipe: Recipe, how: Pick<Image, 'tags' | 'scheduled'>): Image {
    const build = this.images.filter((image) => image.recipe.arn === recipe.arn).length + 1;
    const image: Image = {
      arn: this.world.arn('imagebuilder', `image/${arnName(recipe.name)}/${recipe.version}/${build}`),
      name: recipe.name,
      version: recipe.version,
      build,
      recipe,
      pipelineArn: pipeline.arn,
      dateCreated: this.world.now,
      ...how,
      status: 'PENDING',
    };
    this.images.push(image);
    this.world.timeline.spawn(`build ${image.arn}`, () => this.run(image, pipeline));
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
    const wanted = /image\/([^/]+)\/([0-9x.]+)/.exec(parent);
    if (!wanted) return undefined;
    const version = versionPattern(wanted[2]!);
    return this.images.filter((image) => arnName(image.name) === wanted[1] && version.test(image.version) && image.ami).at(-1)?.ami?.id;
  }

  private async run(image: Image, pipeline: Pipeline): Promise<void> {
    const fails = this.world.faults.take(this.world.faults.failedBuilds, image.name);
    const sick = this.world.faults.take(this.world.faults.sickBuilds, image.name);
    const plan = this.workflows.plan(pipeline.input);
    let parent: string | undefined;
    for (const { status, lasts } of course) {
      if (image.status === 'CANCELLED') return;
      if (status === 'TESTING' && !plan.tests) continue;
      this.move(image, status);
      if (status === 'CREATING') parent = this.parentAmi(image.recipe);
      if (status === 'CREATING' && !this.launchable(parent)) return this.move(image, 'FAILED', `The parent image ${parent ?? image.recipe.parentImage} is not available`);
      await this.world.timeline.sleep(lasts, `build ${image.arn} ${status}`);
      if (status === 'BUILDING' && fails) return this.move(image, 'FAILED', 'Workflow Execution failed: step ExecuteComponents failed with a document failure');
    }
    if ((image.status as ImageStatus) === 'CANCELLED') return;
    this.register(image, pipeline, parent!, { sick, ...plan });
  }

  private register(image: Image, pipeline: Pipeline, parent: string, { sick, sysprep }: BuildPlan & { sick: boolean }): void {
    const ec2 = this.world.get(Ec2Service);
    const source = ec2.image(parent)!;
    const distribution = this.distributionOf(pipeline);
    const name = this.amiName(image, distribution.name);
    const id = ec2.registerImage({
      name,
      sourceImageId: parent,
      architecture: source.architecture,
      ...(source.platform ? { platform: source.platform } : {}),
      traits: { sick: sick || source.traits?.sick === true, generalised: source.platform !== 'windows' || sysprep },
      ...(distribution.description ? { description: distribution.description } : {}),
      // Image Builder puts these tags on every AMI. Source: Image Builder user guide, "Tag resources".
      tags: { ...image.recipe.input.amiTags as object, ...distribution.amiTags, CreatedBy: 'EC2 Image Builder', Ec2ImageBuilderArn: image.arn },
    });
    image.ami = { id, name };
    this.move(image, 'AVAILABLE');
  }

  private distributionOf(pipeline: Pipeline): { name?: string; description?: string; amiTags?: Record<string, string> } {
    const arn = pipeline.input.distributionConfigurationArn;
    const distributions = arn ? this.distributions.find(arn).input.distributions as Array<{ amiDistributionConfiguration?: object }> : [];
    return distributions[0]?.amiDistributionConfiguration ?? {};
  }

  private amiName(image: Image, template = `${image.name} {{ imagebuilder:buildDate }}`): string {
    const date = new Date(this.world.now).toISOString().replace(/:/g, '-').replace(/\.\d+Z$/, 'Z');
    return template.replace(/\{\{\s*imagebuilder:buildDate\s*\}\}/g, date).replace(/\{\{\s*imagebuilder:buildVersion\s*\}\}/g, `${image.version}/${image.build}`);
  }

  private launchable(ami: string | undefined): boolean {
    return ami !== undefined && this.world.get(Ec2Service).image(ami)?.state === 'available';
  }

  private move(image: Image, status: ImageStatus, reason?: string): void {
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
