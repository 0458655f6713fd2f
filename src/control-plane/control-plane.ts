import { CfnOutput, Fn, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct, type IDependable } from 'constructs';
import { Claims } from './claims';
import { ControllerQueue } from './controller-queue';
import { RegistryResource, SeedResource } from './custom-resources';
import { Distributor } from './distributor';
import { permitServices } from './encryption';
import { EventRules } from './event-rules';
import { Handlers } from './handlers';
import { keptLogs } from './kept-logs';
import { Ledger } from './ledger';
import { claimNamespace, CONTROL_PLANE_ID, namespaceOf } from './namespace';
import { Operator } from './operator';
import { takesUrl } from './operator-url';
import type { RolledGroup } from './permissions';
import { ControlPlaneSettings } from './settings';
import { tagProblems } from './tag-limits';
import {
  LEDGER_OUTPUT, ledgerExport, lookupParameterName, pauseParameterName, type AmiLookup, type FleetIntent, type FollowedChannel, type ImageIntent,
  type InfrastructureIntent, type Publisher, type SeedParameter,
} from '../contract';
import { ControlPlaneAlarms } from '../monitoring/control-plane-alarms';
import { contentHash } from '../private/hash';
import { rootStack } from '../private/stacks';

/** @internal */
export interface ImageRegistration {
  /** Called at synthesis. Names recipe and pipeline by tokens: so the registry is written after both. */
  readonly intent: () => ImageIntent;
}

/** @internal */
export interface BuildProject {
  readonly name: string;
  /** Whether its builds may say that the AMIs they register were tested. */
  readonly claimsTests: boolean;
  readonly arn: string;
  /** What must exist before the controller may start it. */
  readonly existsWith: IDependable[];
}

/** @internal */
export interface FleetRegistration {
  /** Called at synthesis; may hold tokens. */
  readonly intent: () => FleetIntent;
  readonly follows: FollowedChannel;
  readonly alarmNames: string[];
}

/**
 * What stands behind the images and fleets of a stack: queue, controllers, ledger, custom resources. One a stack, made when the first
 * image or fleet needs it. Stacks that are nested share the one of their root: they are deployed, rolled back and deleted with it.
 *
 * @internal
 */
export class ControlPlane extends Construct {
  /** The control plane of the stack of `scope`, or of its root where it is nested. */
  public static of(scope: IConstruct): ControlPlane {
    const stack = rootStack(scope);
    return (stack.node.tryFindChild(CONTROL_PLANE_ID) as ControlPlane | undefined) ?? new ControlPlane(stack);
  }

  /** Prefix of everything that has a name: recipes, pipelines, parameters. */
  public readonly namespace: string;
  public readonly claims = new Claims();
  public readonly handlers: Handlers;
  private readonly rules: EventRules;
  private readonly seeds: SeedResource;
  private readonly registry: RegistryResource;
  private readonly takesUrl: boolean;
  private readonly lookups = new Set<string>();
  private readonly ledger: Ledger;
  private readonly followed = new Set<string>();
  private watchesImages = false;
  private tellsLedger = false;

  private constructor(stack: Stack) {
    super(stack, CONTROL_PLANE_ID);
    const settings = ControlPlaneSettings._of(stack);
    const { encryptionKey, removalPolicy = RemovalPolicy.RETAIN, alarmActions = [] } = settings;
    if (encryptionKey) { permitServices(this, encryptionKey, alarmActions.length > 0); }
    this.namespace = claimNamespace(stack, namespaceOf(stack, settings.namespace));
    this.takesUrl = takesUrl(stack, settings.operatorUrl);
    const pause = new StringParameter(this, 'Pause', { parameterName: pauseParameterName(this.namespace), stringValue: 'running' });
    const { queue, sweeps, deadLetters } = new ControllerQueue(this, 'Queue', encryptionKey);
    const logGroup = keptLogs(this, 'Logs', { retention: settings.logRetention ?? RetentionDays.SIX_MONTHS });
    this.ledger = new Ledger(this, 'Ledger', removalPolicy, encryptionKey);
    const { ledger } = this;
    this.handlers = new Handlers(this, 'Handlers', { namespace: this.namespace, queue, sweeps, ledger, logGroup, encryptionKey });
    const alarms = new ControlPlaneAlarms(this, 'Alarms', {
      namespace: this.namespace,
      queue,
      deadLetters,
      controller: this.handlers.controller.lambda,
      actions: alarmActions,
    });
    this.rules = new EventRules(this, 'Rules', queue, this.namespace);
    this.seeds = new SeedResource(this, 'Seed', this.handlers.seed, this.namespace);
    this.registry = new RegistryResource(this, 'Registry', this.handlers.registry, this.namespace);
    [this.seeds, this.registry].forEach(({ resource }) => resource.node.addDependency(ledger.access));
    // Its names are taken only once the namespace is known to be free.
    [pause, alarms].forEach((named) => named.node.addDependency(this.seedDependable));
    this.node.addValidation({ validate: () => tagProblems(stack) });
  }

  /** Takes operators' commands; made when something needs it. */
  public get operator(): Operator {
    return this.node.tryFindChild('Operator') as Operator | undefined
      ?? new Operator(this, 'Operator', { handler: this.handlers.makeOperator(), namespace: this.namespace, takesUrl: this.takesUrl });
  }

  /** Makes what exports disks; made when something needs it. */
  public get distributor(): Distributor {
    return this.node.tryFindChild('Distributor') as Distributor | undefined ?? new Distributor(this, 'Distributor', this.handlers);
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

  /** Has a parent looked up now and later; gives the name of the parameter that holds what was found, which images share. */
  public lookUp(owner: string, lookup: AmiLookup): string {
    const parameterName = lookupParameterName(this.namespace, contentHash(this, lookup).slice(0, 16));
    if (!this.lookups.has(parameterName)) {
      this.lookups.add(parameterName);
      this.seed({ name: parameterName, owner, source: { type: 'lookup', lookup } });
      this.registry.addLookup({ parameterName, lookup });
    }
    return parameterName;
  }

  /** Records an image once its recipe and pipeline exist, and watches its builds. */
  public registerImage(image: ImageRegistration): void {
    if (!this.watchesImages) {
      this.watchesImages = true;
      this.rules.watchImages();
      this.handlers.permitImages();
    }
    this.tellLedger();
    this.registry.addImage(image.intent);
  }

  /** Records what an infrastructure configuration is, once, however many images are built with it. */
  public registerInfrastructure(configuration: IConstruct, intent: () => InfrastructureIntent): void {
    this.registry.addInfrastructure(configuration, intent);
  }

  /** Records an image whose versions are registered, and takes the commands that do so. */
  public registerForeignImage(image: ImageRegistration): Operator {
    this.tellLedger();
    this.registry.addImage(image.intent);
    return this.operator;
  }

  /** Makes the controller watch and start the builds of an AWS CodeBuild project, and lets these builds register the AMIs they make. */
  public buildByProject(project: BuildProject): void {
    this.rules.watchProject(project.name);
    this.handlers.permitProject(project.arn);
    this.operator.permitProject(project.arn);
    this.registry.resource.node.addDependency(...project.existsWith);
  }

  /** Records a fleet, and watches what it depends on. */
  public registerFleet(fleet: FleetRegistration): void {
    this.registry.addFleet(fleet.intent);
    fleet.alarmNames.forEach((name) => this.rules.watchAlarm(name));
    this.follow(fleet.follows);
  }

  /** Watches a channel of another stack and reads its releases; a channel of this one needs neither. */
  public follow({ publisher, ...followed }: FollowedChannel): void {
    if (!publisher || this.followed.has(followed.parameterName)) { return; }
    this.followed.add(followed.parameterName);
    this.rules.watchParameter(followed.parameterName);
    this.handlers.ofFleets.permitChannel({ ...followed, publisher });
  }

  /** Where the releases of the stack's images stand, for another stack of the app. By name, since account and region may be known of one of them only. */
  public get publisher(): Publisher {
    return { namespace: this.namespace, tableArn: Fn.importValue(ledgerExport(this.namespace)) };
  }

  /** Whether or not another stack reads it: an export that came and went with its readers could not be removed before they are deployed. */
  private tellLedger(): void {
    if (this.tellsLedger) { return; }
    this.tellsLedger = true;
    new CfnOutput(this, 'LedgerTableArn', {
      value: this.ledger.table.tableArn,
      description: 'For ledgerTableArn of fromImageAttributes in other apps',
      exportName: ledgerExport(this.namespace),
    }).overrideLogicalId(LEDGER_OUTPUT);
  }

  /** Lets the controller roll a group, which exists before its fleet is recorded. */
  public rollGroup(group: RolledGroup, existsWith: IDependable[]): void {
    this.handlers.ofFleets.permitGroup(group);
    this.rules.watchGroup(group.groupName);
    this.registry.resource.node.addDependency(...existsWith);
  }
}
