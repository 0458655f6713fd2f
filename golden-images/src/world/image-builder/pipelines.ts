import { AwsError, type Scheduled, type World } from '../kernel';
import type { Builds } from './builds';
import type { Components } from './components';
import type { Configurations } from './configurations';
import type { BuiltWith, Image, Pipeline, PipelineInput, Recipe, Schedule } from './model';
import type { PipelineWorkflows } from './pipeline-workflows';
import type { Recipes } from './recipes';
import { alreadyExists, arnName, notFound, requireKnown, requirePattern } from './validation';
import { parseSchedule } from '../schedule/expression';

const members = [
  'name', 'description', 'imageRecipeArn', 'infrastructureConfigurationArn', 'distributionConfigurationArn', 'imageTestsConfiguration',
  'enhancedImageMetadataEnabled', 'loggingConfiguration', 'schedule', 'status', 'tags', 'clientToken', 'imageTags', 'imagePipelineArn',
  'workflows', 'executionRole',
];

/** Pipelines and what starts them: their schedule, or a call. */
export class Pipelines {
  private readonly byArn = new Map<string, Pipeline>();
  private readonly timers = new Map<string, Scheduled>();
  private readonly executions = new Map<string, Image>();

  public constructor(
    private readonly world: World,
    private readonly recipes: Recipes,
    private readonly components: Components,
    private readonly builds: Builds,
    private readonly workflows: PipelineWorkflows,
    private readonly configurations: { readonly infrastructures: Configurations; readonly distributions: Configurations },
  ) {}

  public create(input: PipelineInput): Pipeline {
    this.validate(input);
    const arn = this.world.arn('imagebuilder', `image-pipeline/${arnName(input.name)}`);
    if (this.byArn.has(arn)) throw alreadyExists('ImagePipeline', arn);
    const pipeline: Pipeline = { arn, name: input.name, input };
    this.byArn.set(arn, pipeline);
    this.plan(pipeline);
    return pipeline;
  }

  public update(arn: string, input: PipelineInput): void {
    const pipeline = this.find(arn);
    this.validate({ ...input, name: pipeline.name });
    pipeline.input = { ...input, name: pipeline.name };
    this.plan(pipeline);
  }

  public find(arn: string): Pipeline {
    const pipeline = this.byArn.get(arn);
    if (!pipeline) throw notFound(arn);
    return pipeline;
  }

  public remove(arn: string): void {
    this.find(arn);
    this.timers.get(arn)?.cancel();
    this.byArn.delete(arn);
  }

  public all(): Pipeline[] {
    return [...this.byArn.values()];
  }

  /** Starts a build; the same client token gives the same build. */
  public execute(arn: string, clientToken: string, tags: Record<string, string> = {}): Image {
    const pipeline = this.find(arn);
    const known = this.executions.get(clientToken);
    if (known) return known;
    if (pipeline.input.status === 'DISABLED') throw new AwsError('InvalidRequestException', `The pipeline ${arn} is disabled`);
    const image = this.build(pipeline, { tags, scheduled: false });
    this.executions.set(clientToken, image);
    return image;
  }

  private build(pipeline: Pipeline, how: { tags: Record<string, string>; scheduled: boolean }): Image {
    const recipe = this.recipes.find(pipeline.input.imageRecipeArn);
    pipeline.dateLastRun = this.world.now;
    pipeline.lastDependencies = this.dependencies(recipe);
    return this.builds.start(pipeline, recipe, { ...how, tags: { ...pipeline.input.tags, ...how.tags }, builtWith: this.asTheyAre(pipeline.input) });
  }

  private asTheyAre(pipeline: PipelineInput): BuiltWith {
    const { infrastructures, distributions } = this.configurations;
    const { infrastructureConfigurationArn: infrastructure, distributionConfigurationArn: distribution } = pipeline;
    const made = { pipeline, infrastructure: infrastructures.copy(infrastructure) };
    return distribution ? { ...made, distribution: distributions.copy(distribution) } : made;
  }

  private plan(pipeline: Pipeline): void {
    this.timers.get(pipeline.arn)?.cancel();
    const { schedule, status } = pipeline.input;
    if (!schedule?.scheduleExpression || status === 'DISABLED') return;
    const next = this.recurrence(schedule).next(this.world.now);
    if (next === undefined) return;
    this.timers.set(pipeline.arn, this.world.timeline.schedule(next - this.world.now, `schedule of ${pipeline.name}`, () => this.fire(pipeline), { background: true }));
  }

  /**
   * The default start condition builds only when the parent or a component has an update.
   * Source: Schedule API reference, pipelineExecutionStartCondition.
   */
  private fire(pipeline: Pipeline): void {
    this.plan(pipeline);
    const always = pipeline.input.schedule?.pipelineExecutionStartCondition === 'EXPRESSION_MATCH_ONLY';
    if (always || pipeline.lastDependencies !== this.dependencies(this.recipes.find(pipeline.input.imageRecipeArn))) {
      this.build(pipeline, { tags: pipeline.input.imageTags ?? {}, scheduled: true });
    }
  }

  private dependencies(recipe: Recipe): string {
    return [this.builds.parentAmi(recipe), ...recipe.components.map(({ componentArn }) => this.components.find(componentArn).arn)].join(' ');
  }

  private validate(input: PipelineInput): void {
    requireKnown('CreateImagePipeline', input, members);
    requirePattern('name', input.name, 'name');
    this.recipes.find(input.imageRecipeArn);
    this.workflows.validate(input);
    if (input.schedule) requireKnown('Schedule', input.schedule, ['scheduleExpression', 'timezone', 'pipelineExecutionStartCondition']);
    if (input.schedule?.scheduleExpression) this.recurrence(input.schedule);
  }

  private recurrence(schedule: Schedule): { next(after: number): number | undefined } {
    const timeZone = schedule.timezone;
    const parsed = parseSchedule(schedule.scheduleExpression, { ...(timeZone ? { timeZone } : {}), start: this.world.now });
    if (parsed && parsed.type !== 'at') return parsed;
    throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'schedule.scheduleExpression' is not valid: ${schedule.scheduleExpression}${timeZone ? ` in ${timeZone}` : ''}`);
  }
}
