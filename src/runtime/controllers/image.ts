import { followLookup } from './follow-lookup';
import { observeImage } from './observe-image';
import { keepPointer, movePointer } from './pointer';
import { publishText, recordPublished } from './published';
import { ledgerKey, SCHEMA_VERSION, releaseDocumentName, type ControllerMessage, type ImageIntent, type RegistryDocument } from '../../contract';
import {
  applyChange, decideImage, emptyImageRecord, frozenChannels, newestEnded, releaseIn, type ImageDecision, type ImageObservation, type ImageRecord,
  type RecordChange, type SeenBuild,
} from '../domain/image';
import { TransientError, type ImagePorts, type Lease, type LedgerRecord, type Look, type Reconcile } from '../ports';

/** More steps than any honest look needs. */
const STEPS = 30;
/** After a look of so many: whatever it was at, it is no hot loop. */
const BUSY_SECONDS = 60;
/** Images that are woken at once by one release, and seconds between such groups: bounded fan-out. */
const FAN_OUT = 10;
const FAN_OUT_SECONDS = 60;

type Held = LedgerRecord<ImageRecord> & { readonly document: ImageRecord };

/** Observe, decide, execute, until there is nothing left to do now. */
export const reconcileImage: Reconcile<ImageIntent, ImagePorts> = async (intent, registry, lease, ports) => {
  const controller = new ImageController(intent, registry, lease, ports);
  for (let step = 0; step < STEPS; step += 1) {
    const look = await controller.step();
    if (look) {
      await controller.keepParameters();
      await controller.followParent();
      return look;
    }
  }
  ports.log.warn('image-busy', { image: intent.name, steps: STEPS });
  return { lookAgainSeconds: BUSY_SECONDS };
};

class ImageController {
  private readonly key: string;
  private held: Held | undefined;
  private stack: ImageObservation['stack'] = 'busy';

  public constructor(
    private readonly intent: ImageIntent,
    private readonly registry: RegistryDocument,
    private readonly lease: Lease,
    private readonly ports: ImagePorts,
  ) {
    this.key = ledgerKey.image(registry.namespace, intent.name);
  }

  /** One step; gives what to do afterwards once there is no step to take. */
  public async step(): Promise<Look | undefined> {
    const { document } = this.held ??= await this.read();
    const observation = await observeImage(this.intent, this.registry, document, this.ports);
    this.stack = observation.stack;
    const decision = decideImage(document, observation);
    switch (decision.type) {
      case 'wait': return this.idle(decision.reason, { lookAgainSeconds: decision.seconds }, observation);
      case 'nothing': return this.idle(decision.reason, {}, observation);
      default: await this.execute(decision);
    }
    return undefined;
  }

  /** After all decisions: what was published is recorded as such, and what was never released holds what it began with. */
  public async keepParameters(): Promise<void> {
    if (this.stack === 'busy' || this.stack === 'gone') return;
    for (const { name, parameterName } of this.intent.channels) {
      const document = releaseIn(this.held!.document, name);
      const ami = document?.amis[this.ports.region];
      if (!document) await this.keepInitial(parameterName);
      if (!document || ami === undefined) continue;
      await recordPublished(parameterName, ami, this.ports);
      await recordPublished(releaseDocumentName(parameterName), JSON.stringify(document), this.ports);
    }
  }

  /** After all decisions: a parent that cannot be found or written holds up none. */
  public async followParent(): Promise<void> {
    if (this.stack === 'busy' || this.stack === 'gone') return;
    await followLookup(this.intent, this.registry, () => this.holdsLease(), this.ports);
  }

  private async execute(decision: Exclude<ImageDecision, { type: 'wait' | 'nothing' }>): Promise<void> {
    switch (decision.type) {
      case 'change': return this.change(decision.change);
      case 'publish': return this.publish(decision);
      case 'start-build': return this.start(decision);
    }
  }

  private idle(reason: string, look: Look, { builds, pipelineMissing, parent }: ImageObservation): Look {
    const { name: image, pipelineArn } = this.intent;
    const channels = frozenChannels(this.held!.document);
    // Said at the end of every look, as long as it lasts.
    if (channels.length > 0) this.ports.log.alert('channel-frozen', { image, channels });
    if (pipelineMissing) this.ports.log.alert('pipeline-missing', { image, pipelineArn });
    if (parent?.unreadable !== undefined) this.ports.log.alert('parent-unreadable', { image, reason: parent.unreadable });
    const newest = newestEnded(builds);
    if (newest?.unregistered) this.ports.log.alert('build-unregistered', { image, build: newest.arn, reason: newest.reason });
    this.foreignBuild(newest);
    this.ports.log.info('image-idle', { image, reason, ...look });
    return look;
  }

  /** Until a version follows that is built as declared. */
  private foreignBuild(newest: SeenBuild | undefined): void {
    const version = this.held!.document.versions.find(({ arn }) => arn === newest?.arn);
    if (version?.withdrawal?.type !== 'foreign-build') return;
    this.ports.log.alert('build-foreign', { image: this.intent.name, version: version.version, reason: version.withdrawal.reason });
  }

  private async read(): Promise<Held> {
    const { document, revision } = await this.ports.ledger.read<ImageRecord>(this.key);
    return { document: document ?? emptyImageRecord(this.intent.name, SCHEMA_VERSION), revision };
  }

  private async change(change: RecordChange): Promise<void> {
    const { document, revision } = this.held!;
    const next = applyChange(document, change);
    this.held = { document: next, revision: await this.ports.ledger.write(this.key, next, revision) };
    this.ports.log.info('image-changed', { image: this.intent.name, ...change });
  }

  /** The pointer first: the document announces what can already be read. */
  private async publish({ channel, parameterName, ami, document }: Extract<ImageDecision, { type: 'publish' }>): Promise<void> {
    await this.holdsLease();
    await movePointer(parameterName, ami, this.ports);
    await publishText(releaseDocumentName(parameterName), JSON.stringify(document), this.ports);
    await this.stillCurrent();
    this.ports.log.info('channel-published', { image: this.intent.name, channel, version: document.version, ami, revision: document.revision });
    await this.wakeConsumers(channel);
  }

  private async keepInitial(parameterName: string): Promise<void> {
    await this.holdsLease();
    await keepPointer(parameterName, this.ports);
  }

  private async start({ build }: Extract<ImageDecision, { type: 'start-build' }>): Promise<void> {
    await this.holdsLease();
    const arn = await this.ports.images.start(this.intent.pipelineArn, `${this.key}#${build.sequence}#${build.plannedAt}`);
    this.ports.log.info('build-started', { image: this.intent.name, arn, ...build.cause });
    if (!arn) throw new TransientError(`the build of ${this.intent.name} has started, but is not listed yet`);
    await this.change({ type: 'adopt-build', arn });
  }

  /** Invariant 30: a writer that stalled must not leave an older value standing. */
  private async holdsLease(): Promise<void> {
    if (!await this.lease.held()) throw new TransientError(`the lease of ${this.key} has passed to another`, 5);
  }

  private async stillCurrent(): Promise<void> {
    const { revision } = await this.ports.ledger.read<ImageRecord>(this.key);
    if (revision !== this.held!.revision) throw new TransientError(`the record ${this.key} has changed meanwhile`, 1);
  }

  /** Who stands on the channel or follows it; the sweep finds whom this does not reach. */
  private async wakeConsumers(channel: string): Promise<void> {
    const { name } = this.intent;
    const images = this.registry.images.filter(({ parent }) => parent.type === 'image' && parent.image === name && parent.channel === channel);
    const fleets = this.registry.fleets.filter(({ follows }) => follows.image === name && follows.channel === channel);
    const messages: ControllerMessage[] = [
      ...fleets.map((fleet): ControllerMessage => ({ kind: 'fleet', name: fleet.name })),
      ...images.map((image): ControllerMessage => ({ kind: 'image', name: image.name })),
    ];
    for (const [index, message] of messages.entries()) {
      await this.ports.queue.lookAgain(message, Math.min(900, Math.floor(index / FAN_OUT) * FAN_OUT_SECONDS));
    }
  }
}
