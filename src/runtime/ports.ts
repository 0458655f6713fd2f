import type { ControllerMessage, RegistryDocument } from '../contract';

/** Milliseconds since 1970. */
export interface Clock {
  now(): number;
}

export interface LedgerRecord<T> {
  readonly document: T | undefined;
  /** 0 when there is no record yet. */
  readonly revision: number;
}

/** Durable memory of the controllers. Every write is conditional on the revision that was read. */
export interface Ledger {
  read<T>(key: string): Promise<LedgerRecord<T>>;
  /** Throws `ConflictError` when the record is no longer at `expectedRevision`. Gives the new revision. */
  write<T>(key: string, document: T, expectedRevision: number): Promise<number>;
  /** Takes the lease of a key; undefined when somebody else holds it. */
  acquire(key: string, seconds: number): Promise<Lease | undefined>;
}

export interface Lease {
  /** Whether the lease is still ours; checked before a pointer is written. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

export class ConflictError extends Error {
  public constructor(key: string, expected: number) {
    super(`the record ${key} is no longer at revision ${expected}`);
    this.name = 'ConflictError';
  }
}

/** A failure that says "look again later", never a verdict on an image: throttles, contention, eventual consistency. */
export class TransientError extends Error {
  public constructor(message: string, public readonly retryAfterSeconds = 30) {
    super(message);
    this.name = 'TransientError';
  }
}

export interface Parameter {
  readonly value: string;
  readonly version: number;
}

/** SSM Parameter Store. */
export interface Parameters {
  get(name: string): Promise<Parameter | undefined>;
  /** Writes and reads back: for `aws:ec2:image`, HTTP 200 is not success. Throws `TransientError` while the value is not there. */
  put(name: string, value: string, dataType: 'text' | 'aws:ec2:image'): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface Queue {
  /** Asks for another look at a key in `seconds` (at most 900). */
  lookAgain(message: ControllerMessage, seconds: number): Promise<void>;
}

/** `settled`: complete and well; `failed`: rolled back or failed, so that its intent may be withdrawn. */
export type StackState = 'settled' | 'failed' | 'in-progress' | 'rolling-back' | 'deleting' | 'gone';

export interface Stacks {
  state(stackId: string): Promise<StackState>;
}

/** Structured log lines, one JSON object each. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** What every controller has. */
export interface ControllerPorts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly parameters: Parameters;
  readonly stacks: Stacks;
  readonly log: Log;
}

/** One look at one key, under its lease. The engine takes the lease, the pause and the registry beforehand. */
export type Reconcile<Intent, Ports extends ControllerPorts> = (
  intent: Intent,
  registry: RegistryDocument,
  lease: Lease,
  ports: Ports,
) => Promise<Look>;

export interface Look {
  /** Absent: nothing is unfinished, wait for an event or the sweep. */
  readonly lookAgainSeconds?: number;
}
