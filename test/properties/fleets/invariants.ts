import { instancesAtCheckpoint, type FleetState, type RefreshPlan } from '../../../src/runtime/domain/fleet';
import type { Harness } from '../../runtime/fleet/model/harness';
import { CHANGES, type Watcher } from '../../runtime/fleet/model/ports';
import { activeRefresh } from '../../runtime/fleet/model/refresh';
import { CONTROLLER, FOREIGN, MALLORY, type ModelInstance, type ModelVersion } from '../../runtime/fleet/model/world';

/** Numbers are those of docs/invariants.md. */
export class Broken extends Error {
  public constructor(invariant: number, what: string) {
    super(`invariant ${invariant}: ${what}`);
  }
}

/** What takes back a version, or keeps one from scale-outs, is asked for once a minute where it has no effect. */
const MOST_CALLS_AN_HOUR: Readonly<Record<string, number>> = {
  'groups.adopt': 70, 'groups.end': 70, 'refreshes.cancel': 70, 'refreshes.rollBack': 70,
};
const QUIET_MILLISECONDS = 20 * 60_000;
/** Longer than any two looks at something that is under way. */
const SLOW_MILLISECONDS = 90_000;

/** What no deploy declared, and no rollout brought. */
const isForeign = ({ ami, image = ami, configuration }: { ami?: string; image?: string; configuration: string }): boolean =>
  image === FOREIGN || configuration.startsWith('mallory-');

/** Holds every change of the controller, and every moment between, to the invariants. */
export class Invariants implements Watcher {
  private readonly revisions: number[] = [];
  private servedBefore = 0;
  private readonly starts = new Map<string, number>();
  /** Rollouts (by their start) that never went beyond their canary. */
  private readonly canaries = new Set<number>();

  public constructor(private readonly fleet: Harness) {}

  public before(call: string, detail: unknown): void {
    // Whoever may only write parameters decides nothing: their AMI is never recorded, rolled or named.
    const { committed, rollout } = call === 'ledger.write' ? detail as FleetState : { committed: undefined, rollout: undefined };
    const decided = call === 'ledger.write' ? [committed, rollout] : ['write-parameter', 'start-refresh', 'adopt', 'create-version'].includes(call) ? detail : undefined;
    if (JSON.stringify(decided ?? '').includes(FOREIGN)) throw new Broken(31, `${call} of ${JSON.stringify(decided)}`);
    switch (call) {
      case 'ledger.write': return this.record(detail as FleetState);
      case 'write-parameter': return this.pointer(detail as string);
      case 'start-refresh': return this.start(detail as { version: string; ami: string; plan: RefreshPlan });
      case 'adopt': return this.adopt(detail as { version: string; ami: string });
      case 'create-version': return this.create(detail as { source: string; ami: string; token: string });
      case 'delete-versions': return this.remove(detail as string[]);
      case 'end-instance': return this.end(detail as ModelInstance | undefined);
      default:
    }
  }

  /** What must hold at every moment. */
  public check(): void {
    this.capacity();
    this.canary();
    this.sickLaunches();
    this.calls();
    this.stopped();
    this.saved();
    const { world, state } = this.fleet;
    const { named } = world.remembered;
    if (!world.version(named)) throw new Broken(14, `version ${named}, which the stack remembers, is deleted: its next rollback fails`);
    if (!world.version(world.savedVersion)) throw new Broken(14, `version ${world.savedVersion}, which the group names, is deleted`);
    const known = [...state.committed.map((each) => each.ami), state.rollout?.stage === 'waves' ? state.rollout.ami : undefined];
    const launched = world.instances.filter((each) => each.launchedAt === world.now && !activeRefresh(world));
    const wrong = state.committed.length > 0 && !this.justSaved() && launched.find((each) => !known.includes(each.ami) && !isForeign(each));
    if (wrong) throw new Broken(17, `${wrong.id} was launched outside a rollout with ${wrong.ami}`);
  }

  private get state(): FleetState {
    return this.fleet.state;
  }

  private capacity(): void {
    const { world } = this.fleet;
    if (!world.capacity || world.suspended.length > 0) world.lastDisturbance = world.now;
    if (world.now < world.lastDisturbance + QUIET_MILLISECONDS) {
      this.servedBefore = 0;
      return;
    }
    const serving = world.instances.filter((each) => world.serving(each)).length;
    const policy = Math.ceil((world.desired * world.intent.rollout.minHealthyPercentage) / 100);
    // What a fleet without a last known good pair starts with may serve less than the policy asks for, or not be able to launch
    // what serves: a rollout takes nothing else from it.
    if (!this.state.rollout) this.servedBefore = serving;
    const launchesSick = world.sickConfigurations.has(world.version(world.savedVersion)?.configuration ?? '');
    const promised = this.state.committed.length > 0 ? policy : launchesSick ? 0 : Math.min(policy, this.servedBefore);
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

  /** Without those that the group itself replaces or scales in: a controller that was away cannot prevent that. */
  private canary(): void {
    const { rollout } = this.state;
    const { world } = this.fleet;
    if (rollout?.stage !== 'canary') return;
    const launched = world.present.filter((each) => each.ami === rollout.ami && each.configuration === rollout.configurations.web
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

  /** A canary's refresh ends as soon as the canary serves: until then a scale-out launches the unproven pair. */
  private stopped(): void {
    const { world, ports } = this.fleet;
    const { rollout } = this.state;
    const active = activeRefresh(world);
    if (rollout?.stage !== 'canary' || active?.status !== 'InProgress' || world.newestFirst) return;
    const calm = Math.max(world.lastDisturbance, ports.lastFault, rollout.startedAt) < world.now - SLOW_MILLISECONDS;
    const ours = world.present.filter((each) => String(each.version) === active.version);
    const canary = ours.filter((each) => world.serving(each) && each.servesFrom < world.now - SLOW_MILLISECONDS);
    if (calm && canary.length >= Math.min(world.intent.rollout.canaryInstances, world.desired)) throw new Broken(4, 'the refresh of a canary that serves goes on');
  }

  /** A refresh that ends well saves its configuration, whatever it replaced: unproven, it goes at once. */
  private saved(): void {
    const { world, ports } = this.fleet;
    if (!this.namesUnproven() || world.stack === 'in-progress' || world.stack === 'rolling-back') return;
    if (Math.max(world.savedAt, world.lastDisturbance, ports.lastFault) < world.now - SLOW_MILLISECONDS) throw new Broken(13, `the group names unproven version ${world.savedVersion}`);
  }

  private namesUnproven(): boolean {
    const { rollout, committed } = this.state;
    const content = this.fleet.world.version(this.fleet.world.savedVersion);
    if (!rollout || committed.length === 0 || !['canary', 'halting'].includes(rollout.stage) || !this.own().includes(content!)) return false;
    return content!.image === rollout.ami && content!.configuration === rollout.configurations.web;
  }

  private justSaved(): boolean {
    return this.namesUnproven() && this.fleet.world.savedAt > this.fleet.world.now - SLOW_MILLISECONDS;
  }

  /** Only what a halted rollout launched, or what is not the last known good, and never below the minimum. */
  private end(instance: ModelInstance | undefined): void {
    const { world, state } = this.fleet;
    const { rollout } = state;
    if (!instance) return;
    const good = state.committed[0]?.ami ?? 'ami-initial';
    const bad = instance.ami !== good || instance.configuration === rollout?.configurations.web;
    if (!isForeign(instance) && (!rollout?.halt || !bad)) throw new Broken(25, `${instance.id}, which runs ${instance.ami}, is ended`);
    const left = world.present.filter((each) => each !== instance && world.serving(each)).length;
    const promised = Math.ceil((world.desired * world.intent.rollout.minHealthyPercentage) / 100);
    if (world.serving(instance) && left < promised) throw new Broken(1, `${instance.id} is ended, ${left} serve, ${promised} are promised`);
  }

  private record(next: FleetState): void {
    const before = this.state.committed[0];
    const now = next.committed[0];
    if (!now || now.committedAt === before?.committedAt) return;
    if (isForeign({ ami: now.ami, configuration: now.configurations.web ?? '' })) throw new Broken(37, `${now.ami} with ${now.configurations.web} is committed`);
    const { world } = this.fleet;
    const left = world.intent.rollout.protectedInstances === 'ignore';
    const instances = world.present.filter((each) => !(each.isProtected && left));
    const wrong = instances.find((each) => each.ami !== now.ami);
    if (wrong) throw new Broken(25, `${now.version} is committed while ${wrong.id} runs ${wrong.ami}`);
    if (!world.present.some((each) => each.ami === now.ami && world.serving(each))) throw new Broken(28, `${now.version} is committed and nothing runs it`);
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
    if (ami !== (good?.ami ?? 'ami-initial')) throw new Broken(22, `the pointer moves to ${ami}, the last known good is ${good?.ami}`);
  }

  private start({ version, ami, plan }: { version: string; ami: string; plan: RefreshPlan }): void {
    this.notDuringDeploy('start-refresh');
    this.notForeign('start-refresh', version);
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
    this.notForeign('adopt', version);
    const target = this.fleet.world.version(version);
    const good = this.state.committed[0];
    const allowed = good ? [good.ami] : ['ami-initial'];
    const refuge = this.state.rollout?.halt ? this.state.committed.map((each) => each.ami) : [];
    if (target?.image !== ami || ![...allowed, ...refuge].includes(ami)) throw new Broken(13, `the group is moved to ${target?.image} without a refresh`);
  }

  private create({ source, ami, token }: { source: string; ami: string; token: string }): void {
    this.notDuringDeploy('create-version');
    this.notForeign('create-version', source);
    const configuration = this.fleet.world.version(source)?.configuration;
    const twin = this.own().find((each) => each.image === ami && each.configuration === configuration);
    if (twin && !this.fleet.lagging && !this.fleet.world.hasMade(token)) throw new Broken(9, `version ${twin.number} has the same content`);
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
    return this.fleet.world.versions.filter((each) => each.createdBy === CONTROLLER);
  }

  /** Nothing that our functions did not record is ever rolled, or the base of what is. */
  private notForeign(call: string, version: string): void {
    const { createdBy, ...content } = this.fleet.world.version(version)!;
    if (createdBy === MALLORY || isForeign(content)) throw new Broken(37, `${call} of version ${version}, which was recorded by nobody`);
  }

  /** Deploys and rollouts exclude each other: no step during a deploy, and none that the guard of deploys cannot see. */
  private notDuringDeploy(call: string): void {
    if (this.state.rollout && !this.fleet.announced) throw new Broken(26, `${call} of a rollout that the status does not announce`);
    if (this.fleet.world.stack === 'in-progress' || this.fleet.world.stack === 'rolling-back') throw new Broken(26, `${call} while the stack is ${this.fleet.world.stack}`);
  }
}
