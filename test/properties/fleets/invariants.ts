import { instancesAtCheckpoint, ownerMark, type FleetState, type RefreshPlan } from '../../../src/runtime/domain/fleet';
import type { Harness } from '../../runtime/fleet/model/harness';
import { CHANGES, type Watcher } from '../../runtime/fleet/model/ports';
import { activeRefresh } from '../../runtime/fleet/model/refresh';
import { NAMESPACE, type ModelVersion } from '../../runtime/fleet/model/world';

/** Numbers are those of docs/invariants.md. */
export class Broken extends Error {
  public constructor(invariant: number, what: string) {
    super(`invariant ${invariant}: ${what}`);
  }
}

/** What takes back a version is asked for once a minute where it has no effect. */
const MOST_CALLS_AN_HOUR: Readonly<Record<string, number>> = { 'refreshes.cancel': 70, 'refreshes.rollBack': 70 };
const QUIET_MILLISECONDS = 20 * 60_000;

/** Holds every change of the controller, and every moment between, to the invariants. */
export class Invariants implements Watcher {
  private readonly revisions: number[] = [];
  private readonly starts = new Map<string, number>();
  /** Rollouts (by their start) that never went beyond their canary. */
  private readonly canaries = new Set<number>();

  public constructor(private readonly fleet: Harness) {}

  public before(call: string, detail: unknown): void {
    switch (call) {
      case 'ledger.write': return this.record(detail as FleetState);
      case 'write-parameter': return this.pointer(detail as string);
      case 'start-refresh': return this.start(detail as { version: string; ami: string; plan: RefreshPlan });
      case 'adopt': return this.adopt(detail as { version: string; ami: string });
      case 'create-version': return this.create(detail as { source: string; ami: string });
      case 'delete-versions': return this.remove(detail as string[]);
      default:
    }
  }

  /** What must hold at every moment. */
  public check(): void {
    this.capacity();
    this.canary();
    this.sickLaunches();
    this.calls();
    const { world, state } = this.fleet;
    const { named } = world.remembered;
    if (!world.version(named)) throw new Broken(14, `version ${named}, which the stack remembers, is deleted: its next rollback fails`);
    if (!world.version(world.savedVersion)) throw new Broken(14, `version ${world.savedVersion}, which the group names, is deleted`);
    const known = [...state.committed.map((each) => each.ami), state.rollout?.stage === 'waves' ? state.rollout.ami : undefined];
    const launched = world.instances.filter((each) => each.launchedAt === world.now && !activeRefresh(world));
    const wrong = state.committed.length > 0 && launched.find((each) => !known.includes(each.ami));
    if (wrong) throw new Broken(17, `${wrong.id} was launched outside a rollout with ${wrong.ami}`);
  }

  private get state(): FleetState {
    return this.fleet.state;
  }

  private capacity(): void {
    const { world } = this.fleet;
    if (!world.capacity || world.suspended.length > 0) world.lastDisturbance = world.now;
    if (this.state.committed.length === 0 || this.state.rollout?.bootstrapping || world.now < world.lastDisturbance + QUIET_MILLISECONDS) return;
    const serving = world.instances.filter((each) => world.serving(each)).length;
    const promised = Math.ceil((world.desired * world.intent.rollout.minHealthyPercentage) / 100);
    if (serving < promised) throw new Broken(1, `${serving} serve, ${promised} are promised`);
  }

  /** No hot loop: whatever happens, and whatever has no effect, a step is not asked for more often than this. */
  private calls(): void {
    const { ports, world } = this.fleet;
    const from = world.now - 3_600_000;
    while (ports.changes.length > 0 && ports.changes[0]!.at < from) ports.changes.shift();
    for (const call of CHANGES) {
      const count = ports.changes.filter((each) => each.call === call).length;
      if (count > (MOST_CALLS_AN_HOUR[call] ?? 20)) throw new Broken(21, `${count} calls of ${call} within an hour`);
    }
  }

  /** Without those that the group itself replaces: a controller that was away cannot prevent that. */
  private canary(): void {
    const { rollout } = this.state;
    const { world } = this.fleet;
    if (rollout?.stage !== 'canary') return;
    const launched = world.instances.filter((each) => each.ami === rollout.ami && each.configuration === rollout.configurations.web
      && each.cause === 'refresh' && each.healthy && each.launchedAt >= rollout.startedAt);
    // Scaled out at its checkpoint, a refresh goes on to the same percentage of the new size before anybody can look.
    const scaled = world.lastDisturbance >= rollout.startedAt ? instancesAtCheckpoint(world.refreshes[0]?.plan.checkpoint ?? 0, world.desired) : 0;
    if (launched.length > Math.max(world.intent.rollout.canaryInstances, scaled)) throw new Broken(4, `a canary of ${launched.length} instances`);
  }

  /**
   * Every launch counts, also of what the group replaced by itself; judged where nobody and nothing interfered, nor the group has sick
   * instances of its own to replace.
   */
  private sickLaunches(): void {
    const { world, ports } = this.fleet;
    const { rollout } = this.state;
    if (!rollout || rollout.bootstrapping || Math.max(world.lastDisturbance, ports.lastFault) >= rollout.startedAt) return;
    const { canaryInstances } = world.intent.rollout;
    if (rollout.stage === 'canary' || world.desired <= canaryInstances) this.canaries.add(rollout.startedAt);
    if (rollout.stage === 'waves' && world.desired > canaryInstances) this.canaries.delete(rollout.startedAt);
    if (!this.canaries.has(rollout.startedAt)) return;
    const sick = world.launches.filter((each) => each.launchedAt >= rollout.startedAt && each.ami === rollout.ami
      && each.configuration === rollout.configurations.web && (world.sickImages.has(each.ami) || world.sickConfigurations.has(each.configuration)));
    if (sick.length > canaryInstances) throw new Broken(4, `${sick.length} instances were launched on a sick pair`);
  }

  private record(next: FleetState): void {
    const before = this.state.committed[0];
    const now = next.committed[0];
    if (!now || now.committedAt === before?.committedAt) return;
    const { world } = this.fleet;
    const instances = world.present;
    const wrong = instances.find((each) => each.ami !== now.ami);
    if (wrong) throw new Broken(25, `${now.version} is committed while ${wrong.id} runs ${wrong.ami}`);
    if (!instances.some((each) => world.serving(each))) throw new Broken(28, `${now.version} is committed and nothing runs it`);
    this.order(now.version);
  }

  private order(version: string | undefined): void {
    const revision = this.fleet.revisionOf(version);
    const last = this.revisions[this.revisions.length - 1] ?? 0;
    if (revision < last && !this.fleet.world.releaseDocument()?.revoked.length) throw new Broken(6, `${version} of revision ${revision} after revision ${last}`);
    this.revisions.push(revision);
  }

  private pointer(ami: string): void {
    const good = this.state.committed[0];
    if (ami !== good?.ami) throw new Broken(22, `the pointer moves to ${ami}, the last known good is ${good?.ami}`);
  }

  private start({ version, ami, plan }: { version: string; ami: string; plan: RefreshPlan }): void {
    this.notDuringDeploy('start-refresh');
    const { world } = this.fleet;
    const { rollout, committed, blocked } = this.state;
    if (!rollout) throw new Broken(12, 'a refresh that no record knows of');
    const image = world.version(version)?.image;
    if (image !== ami || !image.startsWith('ami-')) throw new Broken(13, `a refresh to ${image}`);
    if (rollout.kind === 'configuration' && rollout.stage !== 'halting' && rollout.configurations.web !== world.remembered.template) {
      throw new Broken(27, `${rollout.configurations.web} is rolled out; the last deploy that ended well declared ${world.remembered.template}`);
    }
    if (ami === committed[0]?.ami) return;
    const revoked = world.releaseDocument()?.revoked ?? [];
    if (rollout.stage !== 'halting' && rollout.version && revoked.includes(rollout.version)) throw new Broken(7, `revoked ${rollout.version} is rolled out`);
    if (rollout.stage !== 'halting' && blocked.some((each) => each.version === rollout.version && (each.configurations ?? rollout.configurations).web === rollout.configurations.web)) throw new Broken(7, `blocked ${rollout.version} is rolled out`);
    if (plan.maxHealthyPercentage === undefined) throw new Broken(23, 'a refresh that may terminate before it launches');
    this.once(`${rollout.startedAt}#${rollout.stage}`, rollout.stage);
  }

  /** Counted by what AWS accepted: a start that is refused starts nothing. */
  private once(key: string, stage: string): void {
    if (activeRefresh(this.fleet.world) || stage === 'halting') return;
    const count = (this.starts.get(key) ?? 0) + 1;
    this.starts.set(key, count);
    if (count > (stage === 'canary' ? 1 : 3)) throw new Broken(12, `${count} refreshes in one stage (${key})`);
  }

  private adopt({ version, ami }: { version: string; ami: string }): void {
    this.notDuringDeploy('adopt');
    const target = this.fleet.world.version(version);
    const good = this.state.committed[0];
    const allowed = good ? [good.ami] : ['ami-initial'];
    const refuge = this.state.rollout?.halt ? this.state.committed.map((each) => each.ami) : [];
    if (target?.image !== ami || ![...allowed, ...refuge].includes(ami)) throw new Broken(13, `the group is moved to ${target?.image} without a refresh`);
  }

  private create({ source, ami }: { source: string; ami: string }): void {
    this.notDuringDeploy('create-version');
    const configuration = this.fleet.world.version(source)?.configuration;
    const twin = this.own().find((each) => each.image === ami && each.configuration === configuration);
    if (twin && !this.fleet.lagging) throw new Broken(9, `version ${twin.number} has the same content`);
  }

  private remove(numbers: readonly string[]): void {
    const { world } = this.fleet;
    for (const number of numbers) {
      const own = this.own().some((each) => String(each.number) === number);
      const run = world.instances.some((each) => String(each.version) === number);
      const used = run || world.savedVersion === number || activeRefresh(world)?.version === number;
      if (!own || used) throw new Broken(14, `version ${number} is deleted although ${own ? 'it is in use' : 'it is not ours'}`);
      const good = this.state.committed[0];
      const content = world.version(number);
      if (good && content?.image === good.ami && content.configuration === good.configurations.web) throw new Broken(14, 'the last known good version is deleted');
    }
  }

  public own(): ModelVersion[] {
    return this.fleet.world.versions.filter((each) => each.description === ownerMark(NAMESPACE, 'web'));
  }

  /** Deploys and rollouts exclude each other: no step during a deploy, and none that the guard of deploys cannot see. */
  private notDuringDeploy(call: string): void {
    if (this.state.rollout && !this.fleet.announced) throw new Broken(26, `${call} of a rollout that the status does not announce`);
    if (this.fleet.world.stack === 'in-progress' || this.fleet.world.stack === 'rolling-back') throw new Broken(26, `${call} while the stack is ${this.fleet.world.stack}`);
  }
}
