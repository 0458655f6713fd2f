import { messagesOf, type EventBridgeEvent } from './events';
import { ledgerKey, SCHEMA_VERSION, type ControllerMessage, type FleetIntent, type ImageIntent, type RegistryDocument } from '../../contract';
import type { RegistryRecord } from '../domain/registry';
import { noteTrouble, type Trouble } from '../domain/trouble';
import { ConflictError, RefusedError, SchemaVersionError, TransientError, type EnginePorts, type Lease, type Look } from '../ports';

/**
 * Longer than any invocation of the controllers' function may last, and not much longer: after one that was killed nobody looks at its key
 * until then.
 */
const LEASE_SECONDS = 75;
const BUSY_SECONDS = 10;
const CONFLICT_SECONDS = 5;
/** A refusal stays until somebody changes the world, a document of a newer version until this version is updated, too. */
const REFUSED_SECONDS = 300;
const LONGEST_DELAY_SECONDS = 900;
/** Keys of a sweep, a second apart in groups: they share API rates. */
const SWEEP_GROUP = 5;

export interface EngineSettings {
  readonly namespace: string;
  readonly pauseParameter: string;
}

/** What the engine runs, with their ports already bound. */
export interface Controllers {
  image(intent: ImageIntent, registry: RegistryDocument, lease: Lease): Promise<Look>;
  fleet(intent: FleetIntent, registry: RegistryDocument, lease: Lease): Promise<Look>;
  /** What a sweep does beside looking at every key. */
  cleanUp(registry: RegistryDocument): Promise<void>;
}

type KeyMessage = Exclude<ControllerMessage, { kind: 'sweep' }>;

/**
 * Turns messages into looks: pause, registry, lease, controller, and whatever is unfinished as another message.
 *
 * A message is lost in no case: what is busy, throttled or refused is asked for again; what fails for a reason that nobody has thought of
 * is thrown, so that the queue delivers it again and puts it aside in the end. The sweep comes back to its key anyway.
 */
export class Engine {
  public constructor(
    private readonly settings: EngineSettings,
    private readonly controllers: Controllers,
    private readonly ports: EnginePorts,
  ) {}

  public async handle(body: string): Promise<void> {
    const message = parseMessage(body);
    try {
      await this.dispatch(message);
    } catch (error) {
      await this.postpone(message, error);
    }
  }

  private async dispatch(message: ControllerMessage | EventBridgeEvent): Promise<void> {
    if (await this.paused()) return this.ports.log.paused({ message });
    const registry = await this.registry();
    if (!registry) return this.ports.log.warn('no-registry', { message });
    if (!isControllerMessage(message)) return this.handleEvent(message, registry);
    return message.kind === 'sweep' ? this.sweep(registry) : this.look(message, registry);
  }

  private async paused(): Promise<boolean> {
    return (await this.ports.parameters.get(this.settings.pauseParameter))?.value === 'paused';
  }

  private async registry(): Promise<RegistryDocument | undefined> {
    const { document: record } = await this.ports.ledger.read<RegistryRecord>(ledgerKey.registry(this.settings.namespace));
    if (!record || record.withdrawn) return undefined;
    if (record.document.schemaVersion > SCHEMA_VERSION) throw new SchemaVersionError('the registry', record.document.schemaVersion, SCHEMA_VERSION);
    return record.document;
  }

  private async handleEvent(event: EventBridgeEvent, registry: RegistryDocument): Promise<void> {
    const { exception, name: parameter } = event.detail ?? {};
    // The only place where AWS says why it did not write what it had taken; whoever asked for it looks again.
    if (exception !== undefined) this.ports.log.warn('parameter-refused', { parameter, exception });
    const messages = messagesOf(event, registry);
    if (messages.length === 0) this.ports.log.info('event-dropped', { source: event.source, type: event['detail-type'], resources: event.resources });
    for (const message of messages) await this.ask(message, 0);
  }

  private async sweep(registry: RegistryDocument): Promise<void> {
    const keys: KeyMessage[] = [
      ...registry.images.map(({ name }): KeyMessage => ({ kind: 'image', name })),
      ...registry.fleets.map(({ name }): KeyMessage => ({ kind: 'fleet', name })),
    ];
    for (const [index, key] of keys.entries()) await this.askInSweep(key, Math.floor(index / SWEEP_GROUP));
    await this.cleanUp(registry);
  }

  /** What is busy now, the next sweep finds again. */
  private async cleanUp(registry: RegistryDocument): Promise<void> {
    try {
      await this.controllers.cleanUp(registry);
    } catch (error) {
      if (secondsUntilRetry(error) === undefined) throw error;
      this.ports.log[isLasting(error) ? 'alert' : 'warn']('clean-up-later', { reason: (error as Error).message });
    }
  }

  private async look(message: KeyMessage, registry: RegistryDocument): Promise<void> {
    const run = this.controllerOf(message, registry);
    if (!run) return this.ports.log.warn('unknown-key', { message });
    const key = ledgerKey[message.kind](registry.namespace, message.name);
    const lease = await this.ports.ledger.acquire(key, LEASE_SECONDS);
    if (!lease) return this.ask(message, BUSY_SECONDS);
    try {
      const { lookAgainSeconds } = await run(lease);
      if (lookAgainSeconds !== undefined) await this.ask(message, lookAgainSeconds);
    } finally {
      await this.release(lease, key);
    }
  }

  private controllerOf({ kind, name }: KeyMessage, registry: RegistryDocument): ((lease: Lease) => Promise<Look>) | undefined {
    if (kind === 'image') {
      const intent = registry.images.find((image) => image.name === name);
      return intent && ((lease) => this.controllers.image(intent, registry, lease));
    }
    const intent = registry.fleets.find((fleet) => fleet.name === name);
    return intent && ((lease) => this.controllers.fleet(intent, registry, lease));
  }

  /** What passes by itself, or by an operator's hand, is no failure: its key is looked at again. */
  private async postpone(message: ControllerMessage | EventBridgeEvent, error: unknown): Promise<void> {
    const seconds = secondsUntilRetry(error);
    if (seconds === undefined) throw error;
    const lasting = isLasting(error);
    this.ports.log[lasting ? 'alert' : 'warn'](lasting ? 'look-refused' : 'look-again-later', { message, seconds, reason: (error as Error).message });
    if (isControllerMessage(message) && message.kind !== 'sweep') {
      if (error instanceof TransientError) await this.noteTrouble(message, seconds, error);
      return this.askIfPossible(message, seconds);
    }
    // An event or a sweep that is refused has told all it can: there are more sweeps. One that is throttled is delivered again.
    if (!lasting) throw error;
  }

  /** What should pass by itself and does not becomes an alarm. Best effort: where the ledger does not answer either, asking again fails, too. */
  private async noteTrouble(message: KeyMessage, seconds: number, { message: reason }: Error): Promise<void> {
    const { ledger, clock, log } = this.ports;
    const key = ledgerKey.trouble(nameOf(message));
    try {
      const { document, revision } = await ledger.read<Trouble>(key);
      const { trouble, lastingSince } = noteTrouble(document, clock.now(), seconds);
      await ledger.write(key, trouble, revision);
      if (lastingSince !== undefined) log.alert('look-failing', { message, since: new Date(lastingSince).toISOString(), reason });
    } catch (error) {
      if (secondsUntilRetry(error) === undefined) throw error;
    }
  }

  /** Where even asking is refused (the ledger is gone, say), the next sweep asks. */
  private async askIfPossible(message: KeyMessage, seconds: number): Promise<void> {
    try {
      await this.ask(message, seconds);
    } catch (error) {
      if (!isLasting(error)) throw error;
    }
  }

  /** Best effort: the lease runs out by itself. */
  private async release(lease: Lease, key: string): Promise<void> {
    await lease.release().catch((error: Error) => this.ports.log.warn('lease-not-released', { key, reason: error.message }));
  }

  /** Looks that are already on their way are not asked for twice. */
  private async ask(message: ControllerMessage, seconds: number): Promise<void> {
    const delay = Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.ceil(seconds)));
    if (await this.isNews(nameOf(message), delay)) await this.ports.queue.lookAgain(message, delay);
  }

  /** In their own queue, and counted apart: where that queue is long, a look of a sweep must not stand for one that is due. */
  private async askInSweep(message: KeyMessage, delay: number): Promise<void> {
    if (await this.isNews(`sweep#${nameOf(message)}`, delay)) await this.ports.sweeps.lookAgain(message, delay);
  }

  private async isNews(key: string, delay: number): Promise<boolean> {
    return this.ports.looks.claim(key, this.ports.clock.now() + delay * 1000);
  }
}

const nameOf = (message: ControllerMessage): string => (message.kind === 'sweep' ? message.kind : `${message.kind}#${message.name}`);

function secondsUntilRetry(error: unknown): number | undefined {
  if (error instanceof TransientError) return error.retryAfterSeconds;
  if (error instanceof ConflictError) return CONFLICT_SECONDS;
  return isLasting(error) ? REFUSED_SECONDS : undefined;
}

const isLasting = (error: unknown): boolean => error instanceof RefusedError || error instanceof SchemaVersionError;

function parseMessage(body: string): ControllerMessage | EventBridgeEvent {
  const value: unknown = JSON.parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a message must be a JSON object');
  return value as ControllerMessage | EventBridgeEvent;
}

function isControllerMessage(message: ControllerMessage | EventBridgeEvent): message is ControllerMessage {
  const { kind, name } = message as { kind?: unknown; name?: unknown };
  return kind === 'sweep' || ((kind === 'image' || kind === 'fleet') && typeof name === 'string');
}
