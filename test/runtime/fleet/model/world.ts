import { activeRefresh, stepRefresh, type ModelRefresh } from './refresh';
import type { FleetIntent, RegistryDocument, ReleaseDocument, TemplateDeclaration } from '../../../../src/contract';
import type { Alarm, LaunchFailure, StackEvent } from '../../../../src/runtime/domain/fleet';
import { emptyImageRecord, type ImageRecord } from '../../../../src/runtime/domain/image';

export const TICK_SECONDS = 10;
export const NAMESPACE = 'shop';
export const REGION = 'eu-central-1';
const START = Date.UTC(2026, 0, 5);
const PENDING_SECONDS = 30;
/** From its launch until an instance of a good image serves. */
const BOOT_SECONDS = 60;
const LEAVE_SECONDS = 20;
/** From an interruption until the group's next health check sees it. */
const NOTICE_SECONDS = 60;

export interface ModelInstance {
  readonly id: string;
  readonly version: number;
  readonly ami: string;
  readonly configuration: string;
  readonly launchedAt: number;
  /** Whether a refresh launched it, and which. */
  readonly refresh?: string;
  /** Whether it replaces another one by a refresh, or fills up the group. */
  readonly cause: 'refresh' | 'scale';
  lifecycle: 'Pending' | 'InService' | 'Terminating' | 'Standby';
  inServiceAt: number;
  servesFrom: number;
  leavingAt: number;
  healthy: boolean;
  /** EC2 ended it: a Spot interruption. */
  endedAt?: number;
  isProtected: boolean;
}

/** Who makes versions: the controller, and the deploys of the stack. */
export const CONTROLLER = 'arn:aws:sts::123456789012:assumed-role/Controller/shop';
const DEPLOYER = 'arn:aws:sts::123456789012:assumed-role/cdk-deploy/AWSCloudFormation';

/** Somebody who may make versions, change the group or write parameters: any one of these. */
export const MALLORY = 'arn:aws:sts::123456789012:assumed-role/Mallory/attack';
export const FOREIGN = 'ami-mallory';

export const contentOf = ({ image, configuration }: Pick<ModelVersion, 'image' | 'configuration'>): string => `${image} ${configuration}`;

export interface ModelVersion {
  readonly number: number;
  readonly description: string;
  readonly image: string;
  readonly configuration: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/**
 * A small model of one Auto Scaling group with its launch template, its stack and its parameters, in steps of ten seconds.
 *
 * From the documentation of EC2 Auto Scaling: launches take the configuration of an active refresh, else the saved one; a refresh that
 * succeeds saves its configuration; one that is cancelled undoes nothing; rolling back replaces what *this* refresh launched.
 */
export class ModelWorld {
  public now = START;
  public readonly parameters = new Map<string, string>();
  /** Of the channel, oldest first. */
  public readonly released: ReleaseDocument[] = [];
  public readonly versions: ModelVersion[] = [];
  public readonly refreshes: ModelRefresh[] = [];
  public instances: ModelInstance[] = [];
  /** When the group got what it names now. */
  public savedAt = START;
  private saved = '1';
  public desired: number;
  public groupExists = true;
  public suspended: string[] = [];
  public stack: 'settled' | 'failed' | 'in-progress' | 'rolling-back' = 'settled';
  /** What the stack itself was told last of group and template, and what it goes back to. */
  public sent = { named: '1', template: 'configuration-0' };
  public remembered = this.sent;
  /** What deploys declared of the launch template. */
  public readonly declarations: TemplateDeclaration[] = [];
  public readonly stackEvents: StackEvent[] = [{ at: START - 60_000, status: 'CREATE_IN_PROGRESS' }, { at: START, status: 'CREATE_COMPLETE' }];
  public alarm = false;
  public capacity = true;
  public graceSeconds = 300;
  /** How long a lifecycle hook holds each launch. */
  public hookSeconds = 0;
  public readonly interrupted: string[] = [];
  public readonly failedChecks: string[] = [];
  /** A scale-in takes the newest instance, not one of the oldest template. */
  public newestFirst = false;
  /** A refresh with skip matching towards the saved version succeeds at once and replaces nothing. */
  public savedMatches = false;
  /** New instances are protected from scale-in as soon as they are in service. */
  public protectsNew = false;
  /** Every launch there ever was. */
  public readonly launches: ModelInstance[] = [];
  public readonly failures: LaunchFailure[] = [];
  public readonly sickImages = new Set<string>();
  public readonly sickConfigurations = new Set<string>();
  public readonly goneImages = new Set<string>();
  public readonly ids = { instance: 0, refresh: 0, ami: 0, configuration: 0, version: 0 };
  public lastDisturbance = START;
  private readonly tokens = new Map<string, number>();

  public constructor(public readonly intent: FleetIntent, public readonly registry: RegistryDocument, size: number) {
    this.desired = size;
    this.parameters.set(intent.parameterName, 'ami-initial');
    this.declare(this.addVersion('', `resolve:ssm:${intent.parameterName}`, 'configuration-0'), START - 60_000);
    for (let index = 0; index < size; index += 1) this.launch(undefined, 'scale', true);
  }

  public get savedVersion(): string {
    return this.saved;
  }

  public set savedVersion(version: string) {
    if (version !== this.saved) this.savedAt = this.now;
    this.saved = version;
  }

  // What operators, deploys and the image controller do.

  public release(change: Partial<ReleaseDocument>): void {
    const before = this.releaseDocument();
    const document: ReleaseDocument = {
      schemaVersion: 1,
      image: 'web',
      channel: 'production',
      version: '',
      builtAt: new Date(this.now).toISOString(),
      amis: {},
      revoked: [],
      ...before,
      revision: (before?.revision ?? 0) + 1,
      ...change,
    };
    this.released.push(document);
    this.parameters.set(`${this.intent.follows.parameterName}/release`, JSON.stringify(document));
  }

  public releaseDocument(): ReleaseDocument | undefined {
    return this.released.at(-1);
  }

  /** What the image controller has recorded. */
  public imageRecord(): ImageRecord | undefined {
    const document = this.releaseDocument();
    if (!document) return undefined;
    const versions = this.released.map(({ version, builtAt, amis }) => ({ version, builtAt, amis, arn: '', contentHash: '', tested: true, heads: {} }));
    return { ...emptyImageRecord('web', 1), versions, channels: { production: { document, committed: [] } } };
  }

  public newImage(sick: boolean): string {
    const ami = `ami-${(this.ids.ami += 1)}`;
    if (sick) this.sickImages.add(ami);
    return ami;
  }

  /** A deploy that changes the launch template: CloudFormation makes a version and names it in the group; no instance is replaced. */
  public deployConfiguration(sick: boolean): void {
    const configuration = `configuration-${(this.ids.configuration += 1)}`;
    if (sick) this.sickConfigurations.add(configuration);
    this.declare(this.addVersion('', `resolve:ssm:${this.intent.parameterName}`, configuration));
    this.send(configuration);
  }

  /** A deploy that changes the group only: its template's `LatestVersionNumber` is read anew. */
  public resendGroup(): void {
    this.send(this.sent.template);
  }

  /**
   * A deploy that failed after it had changed the group: the stack sends what it remembers of template and group. Of the template, either
   * the version of the failed deploy stays the newest, or another one is made with the old content.
   */
  public rollBackDeploy(leavesNewest: boolean): void {
    const { named, template } = this.remembered;
    if (!this.version(named)) throw new Error(`the rollback of the stack fails: Could not find the specified version ${named}`);
    if (!leavesNewest && template !== this.sent.template) this.addVersion('', `resolve:ssm:${this.intent.parameterName}`, template);
    this.sent = this.remembered;
    this.savedVersion = named;
  }

  /** Somebody makes a version of the template, and may have the group name it. */
  public strangersVersion(description: string, named: boolean): void {
    const number = this.addVersion(description, FOREIGN, `mallory-${this.ids.version}`, { createdBy: MALLORY });
    if (named && !activeRefresh(this)) this.savedVersion = String(number);
  }

  public hasMade(token: string): boolean {
    return this.tokens.has(token);
  }

  /** The stack changes its state; what a deploy sent is remembered once it has ended well. */
  public stackBecomes(stack: ModelWorld['stack'], status: string): void {
    this.stack = stack;
    this.stackEvents.push({ at: this.now, status });
    if (status === 'UPDATE_COMPLETE') this.remembered = this.sent;
  }

  /** `LatestVersionNumber`, as a deploy reads it. */
  private send(template: string): void {
    this.savedVersion = String(this.versions[this.versions.length - 1]!.number);
    this.sent = { named: this.savedVersion, template };
  }

  // What AWS does.

  public tick(): void {
    this.now += TICK_SECONDS * 1000;
    for (const instance of this.instances) this.age(instance);
    this.instances = this.instances.filter((each) => each.lifecycle !== 'Terminating' || this.now < each.leavingAt);
    const active = activeRefresh(this);
    if (active) stepRefresh(this, active);
    this.scale();
  }

  /** A custom resource after the template: an update is called with the operation of the stack that is under way. */
  private declare(number: number, began = this.stackEvents.filter(({ status }) => status === 'UPDATE_IN_PROGRESS').at(-1)!.at): void {
    const operation = new Date(began).toISOString();
    const contentHash = contentOf(this.version(number)!);
    this.declarations.push({ number: String(number), contentHash, stackId: this.registry.stackId, operation, declaredAt: operation });
  }

  public addVersion(
    description: string, image: string, configuration: string, { token, createdBy = DEPLOYER }: { token?: string; createdBy?: string } = {},
  ): number {
    const before = token === undefined ? undefined : this.tokens.get(token);
    if (before !== undefined) return before;
    const number = (this.ids.version += 1);
    this.versions.push({ number, description, image, configuration, createdAt: this.now, createdBy });
    if (token !== undefined) this.tokens.set(token, number);
    return number;
  }

  public version(number: string | number): ModelVersion | undefined {
    return this.versions.find((each) => String(each.number) === String(number));
  }

  /** Launches with a refresh's configuration or the saved one; false when that fails. */
  public launch(refresh?: ModelRefresh, cause: ModelInstance['cause'] = 'scale', ready = false): boolean {
    const version = this.version(refresh ? refresh.launches : this.savedVersion);
    const ami = version?.image.startsWith('resolve:ssm:') ? this.parameters.get(version.image.slice('resolve:ssm:'.length)) : version?.image;
    if (!this.capacity || !version || !ami || this.goneImages.has(ami)) {
      const message = this.capacity ? `The image id '[${ami}]' does not exist` : 'We currently do not have sufficient capacity';
      this.failures.unshift({ at: this.now, message, environment: !this.capacity });
      return false;
    }
    const instance: ModelInstance = {
      id: `i-${(this.ids.instance += 1)}`,
      version: version.number,
      ami,
      configuration: version.configuration,
      launchedAt: this.now,
      ...(refresh ? { refresh: refresh.id } : {}),
      cause,
      lifecycle: ready ? 'InService' : 'Pending',
      inServiceAt: ready ? this.now : this.now + (PENDING_SECONDS + this.hookSeconds) * 1000,
      servesFrom: ready ? this.now : this.now + (BOOT_SECONDS + this.hookSeconds) * 1000,
      leavingAt: 0,
      healthy: true,
      isProtected: false,
    };
    this.instances.push(instance);
    this.launches.push(instance);
    return true;
  }

  public terminate(instance: ModelInstance): void {
    instance.lifecycle = 'Terminating';
    instance.leavingAt = this.now + LEAVE_SECONDS * 1000;
  }

  /** EC2 takes back an instance; the group notices at its next health check. */
  public interrupt(instance: ModelInstance): void {
    instance.endedAt ??= this.now;
    this.lastDisturbance = this.now;
  }

  /** Zones are rebalanced: another instance is launched, and this one goes. */
  public rebalance(instance: ModelInstance): void {
    this.lastDisturbance = this.now;
    if (this.launch(activeRefresh(this))) this.terminate(instance);
  }

  public serving(instance: ModelInstance): boolean {
    if (instance.lifecycle !== 'InService' || instance.endedAt !== undefined || this.now < instance.servesFrom) return false;
    return !this.sickImages.has(instance.ami) && !this.sickConfigurations.has(instance.configuration);
  }

  public get present(): ModelInstance[] {
    return this.instances.filter((each) => each.lifecycle !== 'Terminating');
  }

  public alarms(): Alarm[] {
    return this.intent.rollout.alarmNames.map((name) => ({ name, red: this.alarm }));
  }

  private age(instance: ModelInstance): void {
    if (instance.lifecycle === 'Pending' && this.now >= instance.inServiceAt) {
      instance.lifecycle = 'InService';
      instance.isProtected = this.protectsNew;
    }
    if (this.suspended.length > 0 || instance.lifecycle !== 'InService' || this.serving(instance)) return;
    const noticed = instance.endedAt === undefined ? instance.inServiceAt + this.graceSeconds * 1000 : instance.endedAt + NOTICE_SECONDS * 1000;
    if (this.now < noticed) return;
    (instance.endedAt === undefined ? this.failedChecks : this.interrupted).push(instance.id);
    instance.healthy = false;
    this.terminate(instance);
  }

  /** Keeps the desired capacity; a refresh that launches first may exceed it by what it has in hand. */
  private scale(): void {
    if (this.suspended.length > 0) return;
    const active = activeRefresh(this);
    const extra = active ? active.surplus : 0;
    while (this.present.length < this.desired) if (!this.launch(active)) return;
    while (this.present.length > this.desired + extra) {
      const surplus = this.surplusInstance();
      if (!surplus) return;
      this.terminate(surplus);
    }
  }

  /**
   * The default termination policy: the oldest version of the launch template first, however well it serves; or the newest instance.
   * Protected instances are never taken.
   */
  private surplusInstance(): ModelInstance | undefined {
    const oldest = (a: ModelInstance, b: ModelInstance): number => a.version - b.version || a.launchedAt - b.launchedAt;
    const candidates = this.present.filter((each) => !each.isProtected).sort(oldest);
    return this.newestFirst ? candidates.sort((a, b) => b.launchedAt - a.launchedAt)[0] : candidates[0];
  }
}
