import { ConflictError, type Clock, type Lease, type Ledger, type LedgerRecord, type Log, type Looks, type Parameter, type Parameters } from '../../../src/runtime/ports';

/** The ledger, leases and looks in memory, with the same conditions as in DynamoDB. Documents are kept as text: nothing is shared. */
export class MemoryLedger implements Ledger, Looks {
  public readonly records = new Map<string, { text: string; revision: number }>();
  private readonly leases = new Map<string, { holder: number; expiresAt: number }>();
  private readonly looks = new Map<string, number>();
  private holders = 0;

  public constructor(private readonly clock: Clock) {}

  public async read<T>(key: string): Promise<LedgerRecord<T>> {
    const record = this.records.get(key);
    return record ? { document: JSON.parse(record.text) as T, revision: record.revision } : { document: undefined, revision: 0 };
  }

  public async write<T>(key: string, document: T, expectedRevision: number): Promise<number> {
    if ((this.records.get(key)?.revision ?? 0) !== expectedRevision) throw new ConflictError(key, expectedRevision);
    this.records.set(key, { text: JSON.stringify(document), revision: expectedRevision + 1 });
    return expectedRevision + 1;
  }

  public async acquire(key: string, seconds: number): Promise<Lease | undefined> {
    const current = this.leases.get(key);
    if (current && current.expiresAt > this.clock.now()) return undefined;
    const mine = { holder: ++this.holders, expiresAt: this.clock.now() + seconds * 1000 };
    this.leases.set(key, mine);
    return {
      held: async () => this.leases.get(key) === mine && mine.expiresAt > this.clock.now(),
      release: async () => { if (this.leases.get(key) === mine) this.leases.delete(key); },
    };
  }

  public async claim(key: string, at: number): Promise<boolean> {
    const pending = this.looks.get(key);
    if (pending !== undefined && pending > this.clock.now() && pending <= at) return false;
    this.looks.set(key, at);
    return true;
  }

  /** What a record says now. */
  public document<T>(key: string): T | undefined {
    const record = this.records.get(key);
    return record && JSON.parse(record.text) as T;
  }
}

export class MemoryParameters implements Parameters {
  public readonly values = new Map<string, Parameter>();
  public onPut: (name: string, value: string) => void = () => {};

  public async get(name: string): Promise<Parameter | undefined> {
    return this.values.get(name);
  }

  public async put(name: string, value: string): Promise<void> {
    this.values.set(name, { value, version: (this.values.get(name)?.version ?? 0) + 1 });
    this.onPut(name, value);
  }

  public async remove(name: string): Promise<void> {
    this.values.delete(name);
  }
}

/** Collects what was logged. */
export class MemoryLog implements Log {
  public readonly lines: Array<{ level: string; event: string; fields: Record<string, unknown> }> = [];

  public info = (event: string, fields: Record<string, unknown> = {}): void => { this.lines.push({ level: 'info', event, fields }); };
  public warn = (event: string, fields: Record<string, unknown> = {}): void => { this.lines.push({ level: 'warn', event, fields }); };
  public error = (event: string, fields: Record<string, unknown> = {}): void => { this.lines.push({ level: 'error', event, fields }); };

  public paused = (fields: Record<string, unknown> = {}): void => { this.lines.push({ level: 'notice', event: 'paused', fields }); };
  public alert = (event: string, fields: Record<string, unknown> = {}): void => { this.lines.push({ level: 'alert', event, fields }); };

  public events(): string[] {
    return this.lines.map(({ event }) => event);
  }
}
