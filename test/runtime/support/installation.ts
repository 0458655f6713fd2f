import { FaultPlan, Invocation } from './faults';
import { ImageModel, type ModelBuild } from './image-model';
import { NAMESPACE, pipelineArn, pointer } from './intents';
import { MemoryLedger, MemoryLog } from './memory-ports';
import { ValidatingParameters } from './validating-parameters';
import { ledgerKey, pauseParameterName, releaseDocumentName, type ControllerMessage, type ImageIntent, type RegistryDocument, type ReleaseDocument } from '../../../src/contract';
import { Engine } from '../../../src/runtime/controllers/engine';
import { reconcileImage } from '../../../src/runtime/controllers/image';
import { record } from '../../../src/runtime/controllers/registry';
import { initialState, type FleetState } from '../../../src/runtime/domain/fleet';
import { withInfrastructure, type ImageRecord } from '../../../src/runtime/domain/image';
import type { Images, StackState } from '../../../src/runtime/ports';

const MINUTE = 60_000;
const SWEEP = 30 * MINUTE;
/** After a crash the queue delivers the message again. */
const VISIBILITY = 1.5 * MINUTE;

export type EventFate = 'deliver' | 'lose' | 'double' | 'late';

/** One deployed stack: engine and image controller over a model of the world, on virtual time. */
export class Installation {
  public now = Date.UTC(2026, 0, 5);
  public stack: StackState = 'settled';
  public readonly ledger = new MemoryLedger(this.clock);
  public readonly parameters = new ValidatingParameters(this.clock);
  public readonly images = new ImageModel(this.clock, this.parameters);
  public readonly log = new MemoryLog();
  public readonly faults = new FaultPlan();
  public fates: EventFate[] = [];
  /** Where the builds of images are found that no pipeline builds. */
  public foreign?: (intent: ImageIntent, invocation: Invocation) => Images;
  private timers: Array<{ at: number; what: () => Promise<void> }> = [];
  private queue: Array<{ at: number; body: string }> = [];
  private finished = new Set<string>();
  private nextSweep = this.now + SWEEP;

  private get clock(): { now(): number } {
    return { now: () => this.now };
  }

  /** A deploy: pipelines first, then the registry, as the stack's dependencies order them. */
  public async deploy(registry: RegistryDocument): Promise<void> {
    for (const image of registry.images.filter(({ registered }) => !registered)) {
      const recipe = Number(/\.(\d+)$/.exec(image.recipeArn)![1]);
      const known = this.images.pipelines.get(pipelineArn(image.name));
      const content = image.contentHash;
      const made = { recipe, content, inputs: withInfrastructure(image, registry).inputs, tampering: undefined };
      this.images.createdAt(`${image.name} ${recipe} ${content}`);
      if (known) {Object.assign(known, made);} else {
        const parent = image.parent.type === 'image' ? { parent: image.parent.parameterName } : {};
        this.images.pipelines.set(pipelineArn(image.name), { image: image.name, ...made, ...parent });
      }
    }
    const queue = { lookAgain: async (message: ControllerMessage, seconds: number) => this.send(message, seconds) };
    await record({ ServiceToken: '', Document: JSON.stringify(registry) }, { ledger: this.ledger, log: this.log, queue });
  }

  public send(message: unknown, seconds = 0): void {
    this.queue.push({ at: this.now + seconds * 1000, body: JSON.stringify(message) });
  }

  /** Lets time pass: builds end, messages arrive, the sweep comes. */
  public async run(minutes: number): Promise<void> {
    const end = this.now + minutes * MINUTE;
    // What looks at itself for ever would otherwise look like a slow test.
    for (let steps = 0; ; steps += 1) {
      if (steps > 200 + 5 * minutes) throw new Error(`livelock: ${steps} steps in ${minutes} minutes`);
      const ending = this.images.all.filter((build) => !this.finished.has(build.arn)).sort((a, b) => a.endsAt - b.endsAt)[0];
      const message = this.queue.sort((a, b) => a.at - b.at)[0];
      const timer = this.timers.sort((a, b) => a.at - b.at)[0];
      const next = Math.min(timer?.at ?? Infinity, ending?.endsAt ?? Infinity, message?.at ?? Infinity, this.nextSweep);
      if (next > end) break;
      this.now = Math.max(this.now, next);
      if (timer?.at === next) await this.timers.shift()!.what();
      else if (ending?.endsAt === next) this.end(ending);
      else if (next === this.nextSweep) this.sweep();
      else await this.deliver(this.queue.shift()!.body);
    }
    this.now = end;
  }

  /** Something that happens of itself, later. */
  public after(minutes: number, what: () => Promise<void>): void {
    this.timers.push({ at: this.now + minutes * MINUTE, what });
  }

  private sweep(): void {
    this.nextSweep += SWEEP;
    this.send({ kind: 'sweep' });
  }

  private end(build: ModelBuild): void {
    this.finished.add(build.arn);
    this.emit({ 'source': 'aws.imagebuilder', 'detail-type': 'EC2 Image Builder Image State Change', 'resources': [build.arn], 'detail': {} });
  }

  /** EventBridge: at least once, mostly. */
  public emit(event: unknown): void {
    const fate = this.fates.shift() ?? 'deliver';
    if (fate === 'lose') return;
    this.send(event, fate === 'late' ? 45 * 60 : 0);
    if (fate === 'double') this.send(event, 1);
  }

  /** One invocation of the controllers' function, with one message. */
  public async deliver(body: string): Promise<void> {
    const invocation = new Invocation(this.faults);
    const base = {
      clock: this.clock,
      log: this.log,
      ledger: invocation.wrap(this.ledger),
      parameters: invocation.wrap(this.parameters),
      stacks: invocation.wrap({ state: async () => this.stack }),
    };
    const queue = invocation.wrap({ lookAgain: async (message: ControllerMessage, seconds: number) => this.send(message, seconds) });
    const ports = { ...base, queue, images: invocation.wrap(this.images), candidates: { matching: async () => [] }, region: 'eu-central-1' };
    const engine = new Engine({ namespace: NAMESPACE, pauseParameter: pauseParameterName(NAMESPACE) }, {
      image: (intent, registry, lease) => {
        const images = intent.registered ? this.foreign!(intent, invocation) : ports.images;
        return reconcileImage(intent, registry, lease, { ...ports, images });
      },
      fleet: async () => ({}),
      cleanUp: async () => {},
    }, { ...base, queue, sweeps: queue, looks: base.ledger });
    await engine.handle(body).catch(() => { this.queue.push({ at: this.now + VISIBILITY, body }); });
  }

  public image(name: string): ImageRecord | undefined {
    return this.ledger.document<ImageRecord>(ledgerKey.image(NAMESPACE, name));
  }

  public release(image: string, channel: string): ReleaseDocument | undefined {
    const text = this.parameters.values.get(releaseDocumentName(pointer(image, channel)))?.value;
    return text === undefined ? undefined : JSON.parse(text) as ReleaseDocument;
  }

  /** What the ledger says of a fleet. */
  public async say(fleet: string, said: { committed?: string; blocked?: FleetState['blocked'] }): Promise<void> {
    const key = ledgerKey.fleet(NAMESPACE, fleet);
    const { document, revision } = await this.ledger.read<FleetState>(key);
    const { committed, blocked = [] } = said;
    const state = document ?? initialState(fleet);
    const pairs = committed === undefined ? state.committed : [{ version: committed, ami: '', configurations: {}, committedAt: '' }, ...state.committed];
    await this.ledger.write(key, { ...state, committed: pairs, blocked: [...state.blocked, ...blocked] }, revision);
  }
}
