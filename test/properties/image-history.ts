import * as fc from 'fast-check';
import { buildInputs, releaseDocumentName, type ImageIntent, type RegistryDocument } from '../../src/contract';
import { releaseIn } from '../../src/runtime/domain/image';
import type { Fault } from '../runtime/support/faults';
import { EVIL_AMI, type Tampering } from '../runtime/support/image-model';
import { Installation, type EventFate } from '../runtime/support/installation';
import { fleet, image, pipelineArn, pointer, registry } from '../runtime/support/intents';

/** The AMI of somebody who may only write parameters. */
export const FOREIGN = 'ami-foreign';

export const IMAGES = ['base', 'web', 'vda'] as const;
type ImageName = typeof IMAGES[number];

/** `stops`: fails without a rollback, as with `cdk deploy --no-rollback`. */
type Outcome = 'settles' | 'rolls-back' | 'stops';

type Definitions = Readonly<Record<ImageName, { readonly recipe: number; readonly content: string }>>;

/** Something that happens to an installation. */
export type Happening =
  | { readonly type: 'wait'; readonly minutes: number }
  | { readonly type: 'scheduled-build'; readonly image: ImageName }
  | { readonly type: 'deploy'; readonly image: ImageName; readonly outcome: Outcome; readonly recorded: boolean; readonly built: boolean; readonly minutes: number }
  | { readonly type: 'failing-builds'; readonly image: ImageName; readonly times: number }
  | { readonly type: 'fault'; readonly fault: Fault; readonly inCalls: number }
  | { readonly type: 'events'; readonly fates: EventFate[] }
  | { readonly type: 'canary'; readonly verdict: 'commit' | 'block' }
  /** Somebody changes what the next build is made of, and has it begin, or waits for one that begins. */
  | { readonly type: 'attack'; readonly image: ImageName; readonly how: Tampering | 'pointer'; readonly builds: boolean }
  | { readonly type: 'messages'; readonly image: ImageName; readonly times: number }
  /** Somebody who may only write parameters does. */
  | { readonly type: 'forge'; readonly image: ImageName; readonly channel: string; readonly what: 'pointer' | 'document' };

const anyImage = fc.constantFrom(...IMAGES);
const minutes = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

export const histories: fc.Arbitrary<Happening[]> = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('wait' as const), minutes: minutes(300) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('scheduled-build' as const), image: anyImage }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('deploy' as const), image: anyImage, outcome: fc.constantFrom<Outcome>('settles', 'rolls-back', 'stops'), recorded: fc.boolean(), built: fc.boolean(), minutes: minutes(15),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('failing-builds' as const), image: anyImage, times: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('fault' as const), fault: fc.constantFrom<Fault>('throttle', 'crash-before', 'crash-after'), inCalls: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('events' as const), fates: fc.array(fc.constantFrom<EventFate>('lose', 'double', 'late', 'deliver'), { maxLength: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('canary' as const), verdict: fc.constantFrom('commit' as const, 'block' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('messages' as const), image: anyImage, times: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('forge' as const), image: anyImage, channel: fc.constantFrom('latest', 'production'), what: fc.constantFrom('pointer' as const, 'document' as const),
    }),
  },
), { minLength: 3, maxLength: 25 });

const attacks = fc.record({
  type: fc.constant('attack' as const),
  image: anyImage,
  builds: fc.boolean(),
  how: fc.constantFrom<Tampering | 'pointer'>('infrastructure', 'configuration', 'component', 'recipe', 'pointer'),
});

/** The same, with somebody who may change pipelines, infrastructures, components and pointers. */
export const attackedHistories: fc.Arbitrary<Happening[]> = fc.array(fc.tuple(histories, attacks), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.flatMap(([history, attack]) => [...history.slice(0, 8), attack]));

/** An installation and what its user did: base → web → vda, two fleets behind `web`. */
export class Story {
  public readonly installation = new Installation();
  /** Contents that some settled deploy held, by image. */
  public readonly settledContents = new Map<string, Set<string>>();
  public readonly causes = new Map<string, number>();
  private now: Definitions = { base: { recipe: 1, content: 'first' }, web: { recipe: 1, content: 'first' }, vda: { recipe: 1, content: 'first' } };
  /** What a rollback goes back to. */
  private stable = this.now;
  private deploys = 0;

  public async begin(): Promise<void> {
    await this.installation.deploy(this.registry());
    this.settled();
  }

  public async happen(what: Happening): Promise<void> {
    const { installation } = this;
    switch (what.type) {
      case 'wait': return installation.run(what.minutes);
      case 'scheduled-build': installation.images.begin(what.image, { scheduled: true }); return;
      case 'deploy': return this.deploy(what);
      case 'failing-builds': installation.images.failing.set(what.image, what.times); return;
      case 'fault': installation.faults.plan(what.fault, what.inCalls); return;
      case 'events': installation.fates.push(...what.fates); return;
      case 'canary': return this.canary(what.verdict);
      case 'forge': return this.forge(what);
      case 'attack': return this.attack(what);
      case 'messages': for (let each = 0; each < what.times; each += 1) installation.send({ kind: 'image', name: what.image });
    }
  }

  /** The canary fleet of web's production says what became of the head. */
  public async canary(verdict: 'commit' | 'block'): Promise<void> {
    const release = releaseIn(this.installation.image('web'), 'production');
    const name = release?.canaryFleet?.name;
    if (!release || !name || release.revoked.includes(release.version)) return;
    const { version } = release;
    await this.installation.say(name, verdict === 'commit' ? { committed: version } : { blocked: [{ version, reason: 'sick', at: '' }] });
  }

  /** Behind the back of all who watch what the controllers write. */
  public forge({ image: name, channel, what }: Pick<Extract<Happening, { type: 'forge' }>, 'image' | 'channel' | 'what'>): void {
    const { values } = this.installation.parameters;
    const parameter = what === 'pointer' ? pointer(name, channel) : releaseDocumentName(pointer(name, channel));
    // What is planted before, the seed refuses (test/security/seeds.test.ts).
    if (!values.has(parameter)) return;
    const document = { schemaVersion: 99, image: name, channel, version: '9.9.9/1', revision: Number.MAX_SAFE_INTEGER, builtAt: '2999-01-01T00:00:00Z', amis: { 'eu-central-1': FOREIGN }, revoked: [] };
    values.set(parameter, { value: what === 'pointer' ? FOREIGN : JSON.stringify(document), version: 99 });
  }

  private attack({ image: name, how, builds }: Extract<Happening, { type: 'attack' }>): void {
    const { images, parameters } = this.installation;
    const parent = parentPointer[name];
    if (how !== 'pointer') images.pipelines.get(pipelineArn(name))!.tampering = how;
    // Not by `put`, which is how controllers write.
    else if (parent && parameters.values.has(parent)) parameters.values.set(parent, { value: EVIL_AMI, version: 1 });
    if (builds) images.begin(name, { scheduled: true });
  }

  /** What is deployed now, once more, and well. */
  public async settle(): Promise<void> {
    await this.installation.deploy(this.registry());
    this.installation.stack = 'settled';
    this.settled();
  }

  /** One that does not settle may have recorded its intent; after a rollback its recipe's version comes again with the next deploy. */
  private async deploy({ image: name, outcome, recorded, built, minutes: duration }: Extract<Happening, { type: 'deploy' }>): Promise<void> {
    const { installation } = this;
    this.now = { ...this.now, [name]: { recipe: this.now[name].recipe + 1, content: `deploy-${++this.deploys}` } };
    installation.stack = 'in-progress';
    if (outcome === 'settles' || recorded) await installation.deploy(this.registry());
    else Object.assign(installation.images.pipelines.get(pipelineArn(name))!, this.now[name]);
    await installation.run(duration);
    if (built) installation.images.begin(name, { scheduled: true });
    if (outcome === 'settles') return this.settle();
    if (outcome === 'stops') return void (installation.stack = 'failed');
    installation.stack = 'rolling-back';
    this.now = this.stable;
    await installation.run(duration);
    await installation.deploy(this.registry());
    installation.stack = 'settled';
  }

  private settled(): void {
    this.stable = this.now;
    for (const name of IMAGES) {
      const contents = this.settledContents.get(name) ?? new Set();
      if (!contents.has(this.now[name].content)) this.causes.set(name, (this.causes.get(name) ?? 0) + 1);
      this.settledContents.set(name, contents.add(this.now[name].content));
    }
  }

  private registry(): RegistryDocument {
    const make = (name: ImageName, parent?: [string, string]): ImageIntent => {
      const { recipe, content } = this.now[name];
      return { ...image(name, recipe, { hash: content, ...(parent ? { parent } : {}) }), inputs: inputsOf(content, parent) };
    };
    const document = registry(
      [make('base'), make('web', ['base', 'production']), make('vda', ['web', 'latest'])],
      [fleet('blue', ['web', 'production']), fleet('green', ['web', 'production'])],
    );
    return { ...document, infrastructures: [{ arn: 'shared', content: { 'instance profile': 'builder' } }] };
  }
}

const inputsOf = (content: string, parent?: [string, string]): ImageIntent['inputs'] => buildInputs(
  { parentImage: `ssm:${parent ? pointer(...parent) : '/aws/service/ami'}`, components: [{ componentArn: content }] },
  { infrastructureConfigurationArn: 'shared' },
);

/** The pointers whose move is a new cause for an image. */
export const parentPointer: Record<ImageName, string | undefined> = { base: undefined, web: pointer('base', 'production'), vda: pointer('web', 'latest') };
