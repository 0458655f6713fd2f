import * as fc from 'fast-check';
import { Elsewhere, PIPELINE, type Ending } from './elsewhere';
import type { ImageIntent, RegisterCommand, RegistryDocument } from '../../../src/contract';
import type { Fault } from '../../runtime/support/faults';
import { Installation, type EventFate } from '../../runtime/support/installation';
import { fleet, image, NAMESPACE, pointer, REGION, registry } from '../../runtime/support/intents';

export const IMAGES = ['golden', 'packed'] as const;
export const OTHER_REGION = 'us-east-1';

type Amis = 'fresh' | 'again' | 'one-region' | 'partly-another' | 'missing';

/** Something that happens to an installation whose images are made elsewhere. */
export type Happening =
  | { readonly type: 'wait'; readonly minutes: number }
  | { readonly type: 'register'; readonly amis: Amis[] }
  /** In the middle of whatever looks or registers next. */
  | { readonly type: 'register-meanwhile'; readonly amis: Amis; readonly inCalls: number; readonly minutes: number }
  | { readonly type: 'deregister' }
  | { readonly type: 'deploy'; readonly regions: number; readonly settles: boolean; readonly content: boolean; readonly minutes: number }
  | { readonly type: 'builds'; readonly endings: Ending[] }
  | { readonly type: 'fault'; readonly fault: Fault; readonly inCalls: number }
  | { readonly type: 'events'; readonly fates: EventFate[] }
  | { readonly type: 'canary'; readonly verdict: 'commit' | 'block' }
  | { readonly type: 'messages'; readonly image: typeof IMAGES[number]; readonly times: number };

const anyAmis = fc.constantFrom<Amis>('fresh', 'fresh', 'again', 'one-region', 'partly-another', 'missing');
const of = <T extends Happening['type']>(type: T): fc.Arbitrary<T> => fc.constant(type);
const inCalls = fc.integer({ min: 1, max: 60 });
const minutes = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

export const histories: fc.Arbitrary<Happening[]> = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: of('wait'), minutes: minutes(300) }) },
  { weight: 5, arbitrary: fc.record({ type: of('register'), amis: fc.array(anyAmis, { minLength: 1, maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ type: of('register-meanwhile'), amis: anyAmis, inCalls, minutes: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ type: of('deregister') }) },
  { weight: 2, arbitrary: fc.record({ type: of('deploy'), regions: fc.integer({ min: 1, max: 2 }), settles: fc.boolean(), content: fc.boolean(), minutes: minutes(15) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: of('builds'), endings: fc.array(fc.constantFrom<Ending>('registers', 'fails', 'silent', 'stopped-while-registering'), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: of('fault'), fault: fc.constantFrom<Fault>('throttle', 'crash-before', 'crash-after'), inCalls }) },
  { weight: 1, arbitrary: fc.record({ type: of('events'), fates: fc.array(fc.constantFrom<EventFate>('lose', 'double', 'late', 'deliver'), { maxLength: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ type: of('canary'), verdict: fc.constantFrom('commit' as const, 'block' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: of('messages'), image: fc.constantFrom(...IMAGES), times: fc.integer({ min: 1, max: 5 }) }) },
), { minLength: 3, maxLength: 25 });

interface Definition {
  readonly regions: readonly string[];
  readonly content: string;
}

/** `golden` is registered by hand and followed by a fleet; `packed` is built on it by a project of AWS CodeBuild. */
export class Story {
  public readonly installation = new Installation();
  public readonly elsewhere = new Elsewhere(this.installation, () => this.installation.parameters.values.get(pointer('golden', 'latest'))?.value);
  private now: Definition = { regions: [REGION], content: 'first' };
  private stable = this.now;
  private deploys = 0;

  public async settle(): Promise<void> {
    await this.installation.deploy(this.registry());
    this.installation.stack = 'settled';
    this.stable = this.now;
  }

  /** Regions that every version must be in, whichever deploy counts. */
  public get regions(): readonly string[] {
    return this.now.regions;
  }

  public async happen(what: Happening): Promise<void> {
    const { installation, elsewhere } = this;
    switch (what.type) {
      case 'wait': return installation.run(what.minutes);
      case 'register': return void await Promise.all(what.amis.map((amis) => elsewhere.ask(this.command(amis))));
      case 'register-meanwhile': return this.meanwhile(what);
      case 'deregister': return this.deregister();
      case 'deploy': return this.deploy(what);
      case 'builds': return void elsewhere.endings.push(...what.endings);
      case 'fault': return installation.faults.plan(what.fault, what.inCalls);
      case 'events': return void installation.fates.push(...what.fates);
      case 'canary': return this.canary(what.verdict);
      case 'messages': for (let each = 0; each < what.times; each += 1) installation.send({ kind: 'image', name: what.image });
    }
  }

  public async canary(verdict: 'commit' | 'block'): Promise<void> {
    const release = this.installation.release('golden', 'production');
    const name = release?.canaryFleet?.name;
    if (!release || !name || release.revoked.includes(release.version)) return;
    const { version } = release;
    await this.installation.say(name, verdict === 'commit' ? { committed: version } : { blocked: [{ version, reason: 'sick', at: '' }] });
  }

  /** The call that is interrupted takes its time. */
  private meanwhile({ amis, inCalls: calls, minutes: duration }: Extract<Happening, { type: 'register-meanwhile' }>): void {
    this.installation.faults.meanwhile(calls, async () => {
      this.installation.now += duration * 60_000;
      await this.elsewhere.ask(this.command(amis));
    });
  }

  /** Before anybody looked at it: what is recorded has been there. */
  private deregister(): void {
    const recorded = new Set(this.installation.image('golden')?.versions.map(({ version }) => version));
    const waiting = this.elsewhere.document('golden')?.registrations.filter(({ version }) => !recorded.has(version)).pop();
    if (waiting) this.elsewhere.deregister(waiting.amis);
  }

  private command(amis: Amis): RegisterCommand {
    return { command: 'register', image: 'golden', amis: this.amis(amis), tested: true };
  }

  private amis(amis: Amis): Record<string, string> {
    const known = this.elsewhere.document('golden')?.registrations.at(-1)?.amis;
    switch (amis) {
      case 'again': return { ...known ?? this.elsewhere.make(this.regions) };
      case 'one-region': return this.elsewhere.make([REGION]);
      case 'partly-another': return { ...this.elsewhere.make([REGION, OTHER_REGION]), ...(known ? { [REGION]: known[REGION]! } : {}) };
      case 'missing': return { [REGION]: 'ami-ffffffff', [OTHER_REGION]: 'ami-ffffffff' };
      default: return this.elsewhere.make([REGION, OTHER_REGION]);
    }
  }

  private async deploy({ regions, settles, content, minutes: duration }: Extract<Happening, { type: 'deploy' }>): Promise<void> {
    const { installation } = this;
    this.now = { regions: [REGION, OTHER_REGION].slice(0, regions), content: content ? `deploy-${++this.deploys}` : this.now.content };
    installation.stack = 'in-progress';
    await installation.deploy(this.registry());
    await installation.run(duration);
    if (!settles) {
      installation.stack = 'rolling-back';
      this.now = this.stable;
      await installation.run(duration);
    }
    return this.settle();
  }

  private registry(): RegistryDocument {
    const foreign = (base: ImageIntent, regions: readonly string[], projectName?: string): ImageIntent => ({
      ...base,
      recipeArn: '',
      pipelineArn: '',
      regions: [...regions],
      registered: {
        platform: 'Linux',
        architecture: 'x86_64',
        registrars: [{ principal: PIPELINE, claimsTests: true }],
        ...(projectName ? { projectName, projectClaimsTests: true } : {}),
      },
    });
    return registry([
      foreign(image('golden', 1, { hash: 'registered' }), this.now.regions),
      foreign(image('packed', 1, { hash: this.now.content, parent: ['golden', 'latest'] }), [REGION], `${NAMESPACE}--packed`),
    ], [fleet('blue', ['golden', 'production'])]);
  }
}
