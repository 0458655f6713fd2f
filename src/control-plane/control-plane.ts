import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct, type IDependable } from 'constructs';
import { ControllerQueue } from './controller-queue';
import { RegistryResource, SeedResource } from './custom-resources';
import { EventRules } from './event-rules';
import { Handlers } from './handlers';
import { Ledger } from './ledger';
import { namespaceOf } from './namespace';
import { ControlPlaneSettings } from './settings';
import { pauseParameterName, type FleetIntent, type ImageIntent, type SeedParameter } from '../contract';

const ID = 'GoldenImages';

/** @internal */
export interface ImageRegistration {
  /** Called at synthesis; may hold tokens. */
  readonly intent: () => ImageIntent;
  readonly recipe: IConstruct;
  readonly pipeline: IConstruct;
}

/** @internal */
export interface FleetRegistration {
  /** Called at synthesis; may hold tokens. */
  readonly intent: () => FleetIntent;
  /** What must exist before the intent is recorded. */
  readonly dependables: IDependable[];
}

/**
 * What stands behind the images and fleets of a stack: queue, controllers, ledger, custom resources. One a stack, made when the first
 * image or fleet needs it.
 *
 * @internal
 */
export class ControlPlane extends Construct {
  /** The control plane of the stack of `scope`. */
  public static of(scope: IConstruct): ControlPlane {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as ControlPlane | undefined) ?? new ControlPlane(stack);
  }

  /** Prefix of everything that has a name: recipes, pipelines, parameters. */
  public readonly namespace: string;
  public readonly rules: EventRules;
  public readonly handlers: Handlers;
  private readonly seeds: SeedResource;
  private readonly registry: RegistryResource;
  private watchesImages = false;

  private constructor(stack: Stack) {
    super(stack, ID);
    const settings = ControlPlaneSettings._of(stack);
    const removalPolicy = settings.removalPolicy ?? RemovalPolicy.RETAIN;
    this.namespace = namespaceOf(stack, settings.namespace);
    const pause = new StringParameter(this, 'Pause', { parameterName: pauseParameterName(this.namespace), stringValue: 'running' });
    const { queue } = new ControllerQueue(this, 'Queue');
    this.handlers = new Handlers(this, 'Handlers', {
      namespace: this.namespace,
      queue,
      pause,
      table: new Ledger(this, 'Ledger', removalPolicy).table,
      logGroup: new LogGroup(this, 'Logs', { retention: settings.logRetention ?? RetentionDays.SIX_MONTHS, removalPolicy }),
    });
    this.rules = new EventRules(this, 'Rules', queue, this.namespace);
    this.seeds = new SeedResource(this, 'Seed', this.handlers.seed.lambda, this.namespace);
    this.registry = new RegistryResource(this, 'Registry', this.handlers.registry.lambda, this.namespace);
  }

  /** Stands before every recipe and group: they read parameters that are seeded. */
  public get seedDependable(): IDependable {
    return this.seeds.resource;
  }

  /** Has a parameter created before recipes and groups, if it is absent; a later one may read an earlier one. */
  public seed(parameter: SeedParameter): void {
    this.seeds.add(parameter);
    this.handlers.permitSeed(parameter.source);
  }

  /** Records an image once its recipe and pipeline exist, and watches its builds. */
  public registerImage(image: ImageRegistration): void {
    if (!this.watchesImages) {
      this.watchesImages = true;
      this.rules.watchImages();
      this.handlers.permitImages();
    }
    this.registry.addImage(image.intent);
    this.registry.resource.node.addDependency(image.recipe, image.pipeline);
  }

  /** Records a fleet once its groups exist. */
  public registerFleet(fleet: FleetRegistration): void {
    this.registry.addFleet(fleet.intent);
    this.registry.resource.node.addDependency(...fleet.dependables);
  }
}
