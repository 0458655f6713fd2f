import { bootstrapOptions } from './bootstrap-options';
import type { CdkCli } from './cdk-cli';
import { lookAt, type FleetFacts } from './fleet-facts';
import { lintApp } from './lint-app';
import type { LocalAws } from './local-aws';
import { Observer } from './observer';
import { plant, requireImages, type PlannedFault } from './planned-fault';
import { unasked, verdict, type VerdictFacts } from './verdict';
import type { FleetIntent, RegistryDocument } from '../../../src/contract';
import { chartOf } from '../report/chart';
import { History } from '../report/history';
import { readLedgers, type InNamespace } from '../report/ledger';
import { leftovers } from '../report/leftovers';
import { naming } from '../report/names';
import { Narrator, type Line } from '../report/narrator';
import type { Check, Report } from '../report/report';
import { summarise, type Summary } from '../report/summary';
import { SsmService } from '../world/ssm/ssm';

const DAY = 86_400_000;

export interface RehearsalProps {
  readonly title: string;
  /** Folder of the app. */
  readonly directory: string;
  /** Stacks to deploy. @default - all of the app */
  readonly stacks: readonly string[];
  readonly days: number;
  readonly faults: readonly PlannedFault[];
  /** Go on although something went wrong that nobody asked to. */
  readonly keepGoing: boolean;
  /** Check the component documents of the app first; what is found ends the rehearsal before the deploy. */
  readonly lint: boolean;
  readonly destroy: boolean;
}

/** Hears what happens while it happens. */
export interface Audience {
  line(line: Line): void;
  check(check: Check): void;
  /** A day of the rehearsal begins. */
  day(day: number, days: number): void;
}

/** Deploys an app into a local AWS, lets days pass, and judges how it went. */
export class Rehearsal {
  private readonly checks: Check[] = [];
  private readonly narrator: Narrator;
  private readonly history: History;
  private readonly observer: Observer;
  private registries: RegistryDocument[] = [];
  private begun = false;

  public constructor(
    private readonly local: LocalAws,
    private readonly cdk: CdkCli,
    private readonly props: RehearsalProps,
    private readonly audience: Audience,
  ) {
    const parameters = local.world.get(SsmService);
    this.narrator = new Narrator(local.world, (name) => parameters.value(name), (line) => audience.line(line));
    this.history = new History(local.world);
    this.observer = new Observer(local);
  }

  /** The report; its checks say whether all went well. */
  public async run(): Promise<Report> {
    if (await this.deploy()) {
      await this.live();
      const facts = await this.facts();
      verdict(facts).forEach((check) => this.check(check));
    }
    const chart = chartOf(this.history, await readLedgers(this.local.world));
    const { minHealthy } = this.observer;
    const summary = await summarise(this.local.world, minHealthy === undefined ? {} : { minHealthyObserved: minHealthy });
    const left = this.props.destroy && this.begun ? await this.destroy() : summary.leftovers;
    return { model: true, title: this.props.title, checks: this.checks, timeline: this.narrator.lines, ...summary, leftovers: left, chart };
  }

  /** False when there is nothing to let days pass for. */
  private async deploy(): Promise<boolean> {
    const { account, region } = this.local.world;
    const bootstrapped = await this.command('cdk bootstrap succeeds', 'bootstrap', `aws://${account}/${region}`, ...bootstrapOptions(this.props.directory));
    this.begun = bootstrapped && (!this.props.lint || await this.lint());
    const deployed = this.begun && await this.command('cdk deploy succeeds', 'deploy', ...this.stacks(), '--require-approval', 'never');
    this.registries = (await readLedgers(this.local.world)).registries;
    if (deployed) requireImages(this.props.faults, this.registries);
    return deployed || (this.begun && this.props.keepGoing);
  }

  private async lint(): Promise<boolean> {
    if (!await this.command('cdk synth succeeds', 'synth', '--quiet')) return false;
    const { lines, check } = lintApp(this.cdk.assembly);
    lines.forEach((line) => this.narrator.say(line));
    this.check(check);
    return check.holds;
  }

  private async live(): Promise<void> {
    const { days, faults, keepGoing } = this.props;
    for (let day = 1; day <= days; day += 1) {
      this.audience.day(day, days);
      faults.filter((fault) => fault.day === day).forEach((fault) => this.plant(fault));
      await this.pass(DAY);
      if (!keepGoing && unasked(await this.facts()).some(({ holds }) => !holds)) return this.narrator.say('something went wrong that nobody asked for: the rehearsal ends here');
    }
    // What is under way on the last day may come to its end.
    await this.local.until(() => !this.fleets().some(({ rolling }) => rolling), DAY);
  }

  /** The healthy targets count from the moment on which every fleet has been committed. */
  private async pass(milliseconds: number): Promise<void> {
    const end = this.local.world.now + milliseconds;
    if (this.observer.minHealthy === undefined && this.intents.length > 0) {
      const all = await this.local.until(() => this.fleets().every(({ committed, rolling }) => committed !== undefined && !rolling), milliseconds);
      if (all && this.history.healthy.length > 0) this.observer.promise();
    }
    await this.local.pass(Math.max(0, end - this.local.world.now));
  }

  private plant(fault: PlannedFault): void {
    this.narrator.say(`the next build of ${fault.image} ${fault.kind === 'sick' ? 'makes sick instances' : 'fails'} (a fault of this rehearsal); an operator starts it`);
    plant(fault, this.local.world, this.registries);
  }

  private async facts(): Promise<VerdictFacts> {
    const summary = await summarise(this.local.world, {});
    return { summary, fleets: this.fleets(), faults: this.props.faults, sickInstances: this.observer.everSick().length };
  }

  private async destroy(): Promise<Summary['leftovers']> {
    this.observer.release();
    await this.command('cdk destroy succeeds', 'destroy', ...this.stacks(), '--force');
    // The controllers remove what they made once the stack has settled.
    await this.local.pass(DAY / 24);
    const left = await leftovers(this.local.world);
    const instances = left.filter(({ type }) => type === 'instance');
    this.check({ what: 'no instance runs any more', holds: instances.length === 0, seen: `${instances.length}; ${left.length} things are left over` });
    return left;
  }

  private async command(what: string, ...args: string[]): Promise<boolean> {
    this.narrator.say(`$ cdk ${args.join(' ')}`);
    const { exitCode, output } = await this.cdk.run(...args);
    const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const reason = lines.filter((line) => /error|failed|❌|not model/i.test(line)).slice(-4).join(' | ') || lines.at(-1) || 'no output';
    this.check({ what, holds: exitCode === 0, seen: exitCode === 0 ? 'it did' : `exit code ${exitCode}: ${reason}` });
    return exitCode === 0;
  }

  private check(check: Check): void {
    this.checks.push(check);
    this.audience.check(check);
  }

  private get intents(): Array<InNamespace<FleetIntent>> {
    return this.registries.flatMap(({ namespace, fleets }) => fleets.map((fleet) => ({ ...fleet, namespace })));
  }

  private fleets(): FleetFacts[] {
    const name = naming(this.intents);
    return this.intents.map((fleet) => ({ ...lookAt(fleet, this.local.world), name: name(fleet) }));
  }

  private stacks(): readonly string[] {
    return this.props.stacks.length > 0 ? this.props.stacks : ['--all'];
  }
}
