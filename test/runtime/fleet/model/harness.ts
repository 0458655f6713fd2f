import { Crash, ModelPorts, type Watcher } from './ports';
import { activeRefresh } from './refresh';
import { ModelWorld, NAMESPACE, REGION, TICK_SECONDS } from './world';
import { ledgerKey, SCHEMA_VERSION, type FleetIntent, type RegistryDocument, type RolloutIntent } from '../../../../src/contract';
import { reconcileFleet } from '../../../../src/runtime/controllers/fleet';
import { initialState, type FleetState } from '../../../../src/runtime/domain/fleet';
import { ConflictError, TransientError } from '../../../../src/runtime/ports';

const SWEEP_SECONDS = 900;

export const policy: RolloutIntent = {
  minHealthyPercentage: 90,
  maxHealthyPercentage: 100,
  canaryInstances: 1,
  canarySeconds: 300,
  bakeSeconds: 600,
  healthTimeoutSeconds: 300,
  timeoutSeconds: 14_400,
  instanceWarmupSeconds: 30,
  alarmNames: ['errors'],
  protectedInstances: 'wait',
  standbyInstances: 'wait',
  autoRollback: true,
};

export function fleetIntent(rollout: Partial<RolloutIntent> = {}): FleetIntent {
  return {
    name: 'web',
    follows: { image: 'web', channel: 'production', parameterName: '/imagebuilder/golden-images/shop/web/production' },
    parameterName: '/golden-images/shop/fleets/web/image',
    statusName: '/golden-images/shop/fleets/web/status',
    targets: [{ type: 'auto-scaling-group', groupName: 'web', launchTemplateId: 'lt-1' }],
    rollout: { ...policy, ...rollout },
  };
}

/** A model world with the controller in it: looks when it was asked to, and at each sweep. */
export class Harness {
  public readonly world: ModelWorld;
  public readonly ports: ModelPorts;
  public lastVersion = '';
  private readonly revisionsOf = new Map<string, number>();
  private parsed: { readonly text: string; readonly state: FleetState } | undefined;
  private lookAt = 0;
  private sweepAt = 0;

  public constructor(size: number, rollout: Partial<RolloutIntent> = {}, watcher?: (harness: Harness) => Watcher) {
    const intent = fleetIntent(rollout);
    const registry: RegistryDocument = {
      schemaVersion: SCHEMA_VERSION, namespace: NAMESPACE, stackId: `arn:aws:cloudformation:${REGION}:123456789012:stack/shop/1`, images: [], fleets: [intent],
    };
    this.world = new ModelWorld(intent, registry, size);
    this.ports = new ModelPorts(this.world, watcher?.(this));
  }

  public get state(): FleetState {
    const entry = this.ports.ledger.get(ledgerKey.fleet(NAMESPACE, 'web'));
    if (this.parsed?.text !== entry?.document) this.parsed = entry && { text: entry.document, state: JSON.parse(entry.document) as FleetState };
    return this.parsed?.state ?? initialState('web');
  }

  /** One look, as the engine gives it: what passes by itself is looked at again, a crash is delivered again. */
  public async look(): Promise<void> {
    try {
      const { lookAgainSeconds } = await reconcileFleet(this.world.intent, this.world.registry, this.ports.lease(), this.ports.create());
      this.lookAt = lookAgainSeconds === undefined ? Infinity : this.world.now + Math.min(lookAgainSeconds, 900) * 1000;
    } catch (error) {
      if (!(error instanceof Crash || error instanceof TransientError || error instanceof ConflictError)) throw error;
      this.lookAt = this.world.now + 20_000;
    }
  }

  /** An event: look now. */
  public poke(): void {
    this.lookAt = this.world.now;
  }

  public async run(minutes: number, check: () => void = () => {}): Promise<void> {
    const until = this.world.now + minutes * 60_000;
    while (this.world.now < until) {
      this.world.tick();
      this.ports.wake();
      check();
      if (this.world.now < this.lookAt && this.world.now < this.sweepAt) continue;
      if (this.world.now >= this.sweepAt) this.sweepAt = this.world.now + SWEEP_SECONDS * 1000;
      await this.look();
      check();
    }
  }

  public async release(version: string, sick = false): Promise<string> {
    const ami = this.world.newImage(sick);
    this.world.release({ version, amis: { [REGION]: ami } });
    this.lastVersion = version;
    this.revisionsOf.set(version, this.world.releaseDocument()!.revision);
    this.poke();
    return ami;
  }

  public nextVersion(): string {
    return `1.0.${this.revisionsOf.size}/1`;
  }

  /** The newest revision of the release document that named a version. */
  public revisionOf(version: string | undefined): number {
    const release = this.world.releaseDocument();
    return release && release.version === version ? release.revision : this.revisionsOf.get(version ?? '') ?? 0;
  }

  /** Whether AWS shows what is past. */
  public get lagging(): boolean {
    return this.ports.faults.staleLists > 0;
  }

  /** An operator cancels what is running. */
  public cancelByHand(): void {
    const active = activeRefresh(this.world);
    if (!active) return;
    active.status = 'Cancelling';
    // In the middle of a replacement the group scales in by itself, and its oldest instance goes first, however well it serves.
    this.world.lastDisturbance = this.world.now;
  }

  /** All faults end. */
  public heal(size: number): void {
    const { world } = this;
    if (this.state.committed.length === 0 && world.stack !== 'settled') world.stackBecomes('settled', 'UPDATE_COMPLETE');
    world.desired = size;
    world.alarm = false;
    world.capacity = true;
    world.suspended = [];
    for (const each of world.instances) each.isProtected = false;
    world.lastDisturbance = world.now;
    this.ports.faults.ineffective.clear();
    Object.assign(this.ports.faults, { crashIn: undefined, throttles: 0, staleLists: 0, stallPointer: false });
  }

  /** A fleet that was never committed gets a launch configuration that serves; the guard lets no deploy into a rollout. */
  public async repair(check: () => void): Promise<void> {
    for (let hour = 0; hour < 12 && this.announced; hour += 1) await this.run(60, check);
    if (this.state.committed.length > 0) return;
    this.deploy(false);
  }

  /** A deploy of another configuration, from its beginning to its end. */
  public deploy(sick: boolean): void {
    this.world.stackBecomes('in-progress', 'UPDATE_IN_PROGRESS');
    this.world.now += 1000;
    this.world.deployConfiguration(sick);
    this.world.now += 1000;
    this.world.stackBecomes('settled', 'UPDATE_COMPLETE');
  }

  /** Runs until a condition holds; fails after so many minutes. */
  public async until(what: string, condition: () => boolean, minutes = 240): Promise<number> {
    const start = this.world.now;
    while (!condition()) {
      if (this.world.now > start + minutes * 60_000) throw new Error(`${what}: not within ${minutes} minutes; ${JSON.stringify(this.state.rollout)} ${this.status()}`);
      await this.run(TICK_SECONDS / 60);
    }
    return (this.world.now - start) / 60_000;
  }

  /** What the guard of deploys sees. */
  public get announced(): boolean {
    return this.status().includes('"rollout"');
  }

  public status(): string {
    return this.world.parameters.get(this.world.intent.statusName) ?? '';
  }
}
