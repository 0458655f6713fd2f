import { MachineLost } from '../machine';

/** A way that bytes come out of the guest. */
export type Port = 'control' | 'out' | 'err';

/** The guest, as bytes. Nothing waits. Throws MachineLost when the guest is gone. */
export interface Transport {
  /** What has come and was not read yet; empty when nothing has. */
  read(port: Port): Buffer;
  /** Sends as much as goes; says how much that was. */
  write(bytes: Buffer): number;
}

/** What a program wrote, as it comes. */
export interface Sink {
  readonly out: (bytes: Buffer) => void;
  readonly err: (bytes: Buffer) => void;
}

interface Request {
  readonly id: number;
  readonly sink: Sink;
  readonly copied: { out: number; err: number };
  end?: { readonly code: number; readonly out: number; readonly err: number };
}

/** The agent says something every ten seconds; a guest that is busy as never before gets this much patience. */
export const SILENCE_SECONDS = 180;

/** No answer is longer. */
const LONGEST_LINE = 200;

/** Talks to the agent in the guest: one request at a time. `now` gives seconds. */
export class Session {
  private unsent: Buffer = Buffer.alloc(0);
  private line = '';
  private request?: Request;
  private lastId = 0;
  private heard: number;
  private greeted = false;

  constructor(private readonly transport: Transport, private readonly now: () => number) {
    this.heard = now();
  }

  /** Whether the agent is up. */
  hello(): boolean {
    this.listen();
    return this.greeted;
  }

  /** Starts a script of bash with bytes for its input; it has no NUL. `ask` is for what is over in a moment. */
  begin(verb: 'run' | 'ask', script: string, input: Buffer, sink: Sink): void {
    const text = Buffer.from(script);
    this.lastId += 1;
    this.request = { id: this.lastId, sink, copied: { out: 0, err: 0 } };
    this.heard = this.now();
    this.send(Buffer.concat([Buffer.from(`${verb} ${this.lastId} ${text.length} ${input.length}\n`), text, input]));
  }

  /** Sends a signal to what runs. */
  stop(signal: 'TERM' | 'KILL'): void {
    if (this.request) this.send(Buffer.from(`stop ${this.request.id} ${signal}\n`));
  }

  /** Sends what could not go yet, where no answer is waited for. */
  flush(): void {
    this.send(Buffer.alloc(0));
  }

  /** Takes what has come; the exit code when the script has ended and all that it wrote is here. */
  poll(): number | undefined {
    this.flush();
    this.listen();
    const { end, copied } = this.request!;
    if (this.now() - this.heard > SILENCE_SECONDS) throw new MachineLost(`the agent in the guest has said nothing for ${SILENCE_SECONDS} seconds`);
    if (end === undefined || copied.out < end.out || copied.err < end.err) return undefined;
    if (copied.out > end.out || copied.err > end.err) throw new MachineLost('more came out of the guest than its agent has sent');
    this.request = undefined;
    return end.code;
  }

  private send(bytes: Buffer): void {
    if (this.unsent.length + bytes.length === 0) return;
    this.unsent = Buffer.concat([this.unsent, bytes]);
    this.unsent = this.unsent.subarray(this.transport.write(this.unsent));
  }

  private listen(): void {
    this.take('control', (bytes) => this.understand(bytes));
    this.take('out', (bytes) => this.pass('out', bytes));
    this.take('err', (bytes) => this.pass('err', bytes));
  }

  private take(port: Port, use: (bytes: Buffer) => void): void {
    const bytes = this.transport.read(port);
    if (bytes.length === 0) return;
    this.heard = this.now();
    use(bytes);
  }

  private pass(port: 'out' | 'err', bytes: Buffer): void {
    if (!this.request) throw new MachineLost('something came out of the guest that nothing was asked for');
    this.request.copied[port] += bytes.length;
    this.request.sink[port](bytes);
  }

  private understand(bytes: Buffer): void {
    const lines = `${this.line}${bytes.toString('latin1')}`.split('\n');
    this.line = lines.pop()!;
    lines.forEach((line) => this.answer(line));
    if (this.line.length > LONGEST_LINE) throw notUnderstood(this.line);
  }

  private answer(line: string): void {
    if (line === 'beat') return;
    if (line === 'hello' && !this.greeted) {
      this.greeted = true;
      return;
    }
    const [, id, code, out, err] = (/^end (\d+) (\d+) (\d+) (\d+)$/.exec(line) ?? []).map(Number);
    if (!this.request || this.request.end || id !== this.request.id) throw notUnderstood(line);
    this.request.end = { code: code!, out: out!, err: err! };
  }
}

const notUnderstood = (line: string): MachineLost => new MachineLost(`the agent in the guest said ${JSON.stringify(line.slice(0, LONGEST_LINE))}, which was not expected`);
