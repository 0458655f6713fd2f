import { AsyncLocalStorage } from 'node:async_hooks';
import type { Door } from './door';
import { AwsError } from './errors';
import { Faults } from './faults';
import { Random } from './random';
import type { Service } from './service';
import { Timeline } from './timeline';

/** An event as EventBridge carries it. */
export interface WorldEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Record<string, unknown>;
  readonly resources?: string[];
}

/** A line of what happened, for reports and for debugging. */
export interface JournalEntry {
  readonly at: number;
  readonly service: string;
  readonly text: string;
  readonly data?: Record<string, unknown>;
}

export interface WorldProps {
  /** @default 1 */
  readonly seed?: number;
  /** Virtual milliseconds since 1970 at the start. @default - Monday, 5 January 2026, 00:00 UTC */
  readonly start?: number;
  /** @default '123456789012' */
  readonly account?: string;
  /** @default 'eu-central-1' */
  readonly region?: string;
}

/** One account in one region: its services, its time, its faults. Everything is a model, in memory. */
export class World {
  public readonly seed: number;
  public readonly account: string;
  public readonly region: string;
  public readonly timeline: Timeline;
  public readonly random: Random;
  public readonly faults = new Faults();
  public readonly journal: JournalEntry[] = [];
  /** Where the wire serves this world, once it does; what runs in it (handlers) is told this address. */
  public endpoint: string | undefined;
  /** The way to the same address without a socket, for what runs in this process. */
  public door: Door | undefined;
  private readonly services = new Map<new (world: World) => Service, Service>();
  private readonly callers = new AsyncLocalStorage<string>();
  private readonly listeners: Array<(event: WorldEvent) => void> = [];

  public constructor(props: WorldProps = {}) {
    this.account = props.account ?? '123456789012';
    this.region = props.region ?? 'eu-central-1';
    this.seed = props.seed ?? 1;
    this.random = new Random(this.seed);
    this.timeline = new Timeline(props.start ?? Date.UTC(2026, 0, 5));
  }

  /** Virtual milliseconds since 1970. */
  public get now(): number {
    return this.timeline.now;
  }

  /** The service of a class; made at first use, one a world. */
  public get<T extends Service>(type: new (world: World) => T): T {
    let service = this.services.get(type);
    if (!service) {
      service = new type(this);
      this.services.set(type, service);
    }
    return service as T;
  }

  /** ARN of the root user of the account: who calls where nobody else is named. */
  public get root(): string {
    return this.arn('iam', 'root', { region: '' });
  }

  /** ARN of the principal that AWS would verify for what is being done. What is scheduled is done by the root, unless it says otherwise. */
  public get caller(): string {
    return this.callers.getStore() ?? this.root;
  }

  /** Does something, with all that it waits for, as the principal of an ARN. */
  public as<T>(principal: string, work: () => T): T {
    return this.callers.run(principal, work);
  }

  /** Calls an operation as a client would, as whoever is the caller: faults and throttles apply. */
  public async call(service: Service, operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    this.faults.beforeCall(service.signingName, operation);
    const handler = service.operations[operation];
    if (!handler) throw new AwsError('NotModelled', `the local AWS does not model ${service.signingName}:${operation}; nothing was done`, 501);
    return (await handler(input)) ?? {};
  }

  /** Publishes an event to all who listen (EventBridge). Faults that lose or double events are applied by EventBridge. */
  public emit(event: WorldEvent): void {
    this.listeners.forEach((listener) => listener(event));
  }

  public onEvent(listener: (event: WorldEvent) => void): void {
    this.listeners.push(listener);
  }

  public log(service: string, text: string, data?: Record<string, unknown>): void {
    this.journal.push({ at: this.now, service, text, ...(data ? { data } : {}) });
  }

  public arn(service: string, resource: string, options: { region?: string; account?: string } = {}): string {
    return `arn:aws:${service}:${options.region ?? this.region}:${options.account ?? this.account}:${resource}`;
  }
}
