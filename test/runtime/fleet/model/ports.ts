import { activeRefresh, rollBackRefresh } from './refresh';
import { contentOf, CONTROLLER, NAMESPACE, type ModelWorld } from './world';
import { ledgerKey } from '../../../../src/contract';
import { ConflictError, RefusedError, TransientError, type Lease, type Log } from '../../../../src/runtime/ports';
import type { FleetPorts, RefreshRequest } from '../../../../src/runtime/ports-fleet';

/** The process died here. */
export class Crash extends Error {}

/** What goes wrong with the next calls. */
export class Faults {
  /** Dies before (or after) the n-th call from now. */
  public crashIn: number | undefined;
  public crashAfter = false;
  public throttles = 0;
  /** How many of the next lists of refreshes are as old as the one before. */
  public staleLists = 0;
  /** Changes that are accepted and have no effect that anybody sees. */
  public ineffective = new Set<string>();
  /** The next write of the pointer happens much later, when its writer is long forgotten. */
  public stallPointer = false;
}

/** Watches every change a controller makes, as the tests wish. */
export interface Watcher {
  before?(call: string, detail: unknown): void;
}

interface Entry {
  document: string;
  revision: number;
}

/** Fakes of the ports on a model world; every call may fail. */
export class ModelPorts {
  public readonly faults = new Faults();
  public readonly ledger = new Map<string, Entry>();
  public readonly calls: string[] = [];
  /** What was said to an operator. */
  public readonly alerts: Array<{ readonly event: string; readonly fields: Record<string, unknown>; readonly at: number }> = [];
  /** When which change was asked for. */
  public readonly changes: Array<{ readonly call: string; readonly at: number }> = [];
  public readonly stalled: Array<{ at: number; value: string }> = [];
  /** How long AWS validates the AMI of a pointer, after it has answered. */
  public validationSeconds = 0;
  /** When a call last failed. */
  public lastFault = 0;
  private generation = 0;
  private lastList: unknown;

  public constructor(public readonly world: ModelWorld, private readonly watcher: Watcher = {}) {}

  public document<T>(key: string): T | undefined {
    if (key === ledgerKey.image(NAMESPACE, 'web')) return this.world.imageRecord() as T | undefined;
    const entry = this.ledger.get(key);
    return entry && JSON.parse(entry.document) as T;
  }

  /** A new lease ends the one before: its holder stalled. */
  public lease(): Lease {
    const mine = (this.generation += 1);
    return { held: async () => this.call('lease.held', () => mine === this.generation), release: async () => {} };
  }

  public create(): FleetPorts {
    const { world } = this;
    const alert = (event: string, fields: Record<string, unknown> = {}): void => { this.alerts.push({ event, fields, at: world.now }); };
    const quiet: Log = { info: () => {}, warn: () => {}, error: () => {}, alert, paused: () => {} };
    return {
      log: quiet,
      clock: { now: () => world.now },
      stacks: { state: async () => this.call('stacks.state', () => world.stack) },
      deploys: { events: async () => this.call('deploys.events', () => [...world.stackEvents]) },
      alarms: { states: async () => this.call('alarms.states', () => world.alarms()) },
      machineImages: { usable: async (amis) => this.call('images.usable', () => amis.filter((each) => !world.goneImages.has(each))) },
      ledger: {
        read: async <T>(key: string) => this.call('ledger.read', () => ({ document: this.recordedByDeploys<T>(key) ?? this.document<T>(key), revision: this.ledger.get(key)?.revision ?? 0 })),
        write: async (key, document, expected) => this.call('ledger.write', () => {
          if ((this.ledger.get(key)?.revision ?? 0) !== expected) throw new ConflictError(key, expected);
          if (key.startsWith('fleet#')) this.watcher.before?.('ledger.write', document);
          this.ledger.set(key, { document: JSON.stringify(document), revision: expected + 1 });
          return expected + 1;
        }),
        acquire: async () => this.lease(),
      },
      parameters: {
        get: async (name) => this.call('parameters.get', () => {
          const value = world.parameters.get(name);
          return value === undefined ? undefined : { value, version: 1 };
        }),
        put: async (name, value) => this.put(name, value),
        remove: async (name) => this.call('parameters.remove', () => void world.parameters.delete(name)),
      },
      groups: {
        describe: async () => this.call('groups.describe', () => (world.groupExists ? this.group() : undefined)),
        mishaps: async (_, since) => this.call('groups.mishaps', () => ({
          launchFailures: world.failures.filter((each) => each.at >= since),
          interrupted: [...world.interrupted],
          failedChecks: [...world.failedChecks],
        })),
        adopt: async (_, version, ami) => this.call('groups.adopt', () => {
          this.watcher.before?.('adopt', { version, ami });
          if (activeRefresh(world)) throw new RefusedError('an active instance refresh has a desired configuration');
          if (!world.version(version)) throw new RefusedError('launch template version not found');
          world.savedVersion = version;
        }),
        end: async (_, id) => this.call('groups.end', () => {
          const instance = world.present.find((each) => each.id === id);
          this.watcher.before?.('end-instance', instance);
          if (instance) world.terminate(instance);
        }),
      },
      templates: {
        versions: async () => this.call('templates.versions', () => world.versions.map((each) => ({
          number: String(each.number),
          description: each.description,
          isDefault: each.number === 1,
          image: each.image,
          configurationHash: each.configuration,
          contentHash: contentOf(each),
          createdBy: each.createdBy,
          createdAt: each.createdAt,
        }))),
        create: async ({ source, ami, description, token }) => (await this.call('templates.create', () => {
          this.watcher.before?.('create-version', { source, ami, token });
          const made = world.version(world.addVersion(description, ami, world.version(source)!.configuration, { token, createdBy: CONTROLLER }))!;
          const content = { image: ami, configurationHash: made.configuration, contentHash: contentOf(made) };
          return { number: String(made.number), description, isDefault: false, ...content };
        })) ?? lost(),
        remove: async (_, versions) => this.call('templates.remove', () => {
          this.watcher.before?.('delete-versions', versions);
          for (const each of versions) world.versions.splice(world.versions.findIndex((other) => String(other.number) === each), 1);
        }),
      },
      refreshes: {
        list: async () => this.call('refreshes.list', () => this.list()),
        start: async (request) => this.call('refreshes.start', () => this.start(request)),
        cancel: async () => this.call('refreshes.cancel', () => {
          const active = activeRefresh(world);
          this.watcher.before?.('cancel', active);
          if (active && active.status !== 'Cancelling') active.status = 'Cancelling';
        }),
        rollBack: async () => this.call('refreshes.rollBack', () => {
          const active = activeRefresh(world);
          this.watcher.before?.('roll-back', active);
          if (active && active.status !== 'RollbackInProgress') rollBackRefresh(active, world.now);
        }),
      },
    };
  }

  /** What the custom resources of the stack write. */
  private recordedByDeploys<T>(key: string): T | undefined {
    const { declarations, intent } = this.world;
    if (key === ledgerKey.template('shop', 'lt-1') && declarations.length > 0) return { schemaVersion: 1, templateId: 'lt-1', declarations } as T;
    return key === ledgerKey.seeds ? { schemaVersion: 1, parameters: { [intent.parameterName]: { owner: 'web', created: true, ami: 'ami-initial' } } } as T : undefined;
  }

  private group() {
    const { world } = this;
    return {
      name: 'web',
      templateId: 'lt-1',
      templateVersion: world.savedVersion,
      desired: world.desired,
      deleting: false,
      graceSeconds: world.graceSeconds,
      terminationPolicies: [world.newestFirst ? 'NewestInstance' : 'Default'],
      suspended: world.suspended,
      launch: undefined,
      instances: world.instances.map((each) => ({
        id: each.id,
        lifecycle: each.lifecycle,
        healthy: each.healthy,
        serving: world.serving(each),
        templateVersion: each.version === undefined ? undefined : String(each.version),
        ami: each.ami,
        launchedAt: each.launchedAt,
        ended: each.endedAt !== undefined,
        protectedFromScaleIn: each.isProtected,
      })),
    };
  }

  private list() {
    if (this.faults.staleLists > 0 && this.lastList) {
      this.faults.staleLists -= 1;
      this.lastFault = this.world.now;
      return JSON.parse(JSON.stringify(this.lastList)) as [];
    }
    const list = this.world.refreshes.map(({ id, status, version }) => ({ id, status, version }));
    this.lastList = JSON.parse(JSON.stringify(list));
    return list;
  }

  private start({ version, ami, plan, instanceWarmupSeconds, protectedInstances }: RefreshRequest): void {
    const { world } = this;
    this.watcher.before?.('start-refresh', { version, ami, plan });
    if (activeRefresh(world)) throw new TransientError('InstanceRefreshInProgress', 15);
    if (!world.version(version)) throw new RefusedError('launch template version not found');
    world.refreshes.unshift({
      id: `refresh-${(world.ids.refresh += 1)}`,
      version,
      plan,
      warmupSeconds: instanceWarmupSeconds ?? world.graceSeconds,
      protectedInstances,
      nothingToDo: world.savedMatches && plan.skipMatching && version === world.savedVersion,
      savedBefore: world.savedVersion,
      status: 'Pending',
      launches: version,
      surplus: 0,
      startedAt: world.now,
      progressAt: world.now,
    });
  }

  private async put(name: string, value: string): Promise<void> {
    const pointer = name === this.world.intent.parameterName;
    if (pointer && this.faults.stallPointer) {
      this.faults.stallPointer = false;
      this.lastFault = this.world.now;
      this.stalled.push({ at: this.world.now + 1_800_000, value });
      throw new Crash('stalled');
    }
    return this.call('parameters.put', () => {
      if (pointer) this.watcher.before?.('write-parameter', value);
      if (pointer && this.validationSeconds > 0) this.stalled.push({ at: this.world.now + this.validationSeconds * 1000, value });
      else this.world.parameters.set(name, value);
    });
  }

  /** Writers that stalled long ago wake up. */
  public wake(): void {
    for (const each of this.stalled.splice(0)) {
      if (each.at > this.world.now) this.stalled.push(each);
      else this.world.parameters.set(this.world.intent.parameterName, each.value);
    }
  }

  private async call<T>(name: string, action: () => T): Promise<T> {
    this.calls.push(name);
    if (CHANGES.includes(name)) this.changes.push({ call: name, at: this.world.now });
    if (this.faults.throttles > 0) {
      this.faults.throttles -= 1;
      this.lastFault = this.world.now;
      throw new TransientError('Rate exceeded', 10);
    }
    if (this.faults.ineffective.has(name)) return this.nothing<T>();
    if (this.faults.crashIn === undefined || (this.faults.crashIn -= 1) >= 0) return action();
    this.faults.crashIn = undefined;
    this.lastFault = this.world.now;
    if (this.faults.crashAfter) action();
    throw new Crash(name);
  }

  private nothing<T>(): T {
    this.lastFault = this.world.now;
    return undefined as T;
  }
}

/** The answer never came: a call that was without effect. */
function lost(): never {
  throw new TransientError('no answer', 15);
}

/** Calls by which the controller changes a group or its template. */
export const CHANGES = ['groups.adopt', 'groups.end', 'templates.create', 'templates.remove', 'refreshes.start', 'refreshes.cancel', 'refreshes.rollBack'];
