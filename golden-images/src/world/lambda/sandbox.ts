import { Worker } from 'node:worker_threads';
import { HandlerTime } from './handler-time';
import type { Door } from '../kernel';
import type { AnswerMessage, InvokeMessage, WorkerMessage, WorkerSetup } from './worker/main';
import { workerSource } from './worker/source';

/** Real milliseconds after which a handler that neither answers nor waits for a timer counts as timed out. */
const PATIENCE = 30_000;

export type LogLine = Extract<WorkerMessage, { type: 'log' }>;

/** How an invocation ended, and the virtual time of the handler at that moment. */
export type Outcome =
  | { readonly type: 'result' | 'error' | 'crash'; readonly at: number; readonly payload: string }
  | { readonly type: 'timeout' | 'exit'; readonly at: number };

/** An execution environment: a thread with a function loaded, kept warm between invocations. */
export class Sandbox {
  private readonly worker: Worker;
  private settle: ((outcome: Outcome) => void) | undefined;
  private onLog: ((line: LogLine) => void) | undefined;
  private time: HandlerTime | undefined;
  private guard: NodeJS.Timeout | undefined;
  private startedAt = 0;
  private ended = false;

  public constructor(setup: WorkerSetup, environment: Record<string, string>, private readonly door?: Door) {
    this.worker = new Worker(workerSource, { eval: true, workerData: setup, env: environment, execArgv: [] });
    this.worker.on('message', (message: WorkerMessage) => this.received(message));
    this.worker.on('error', (error: Error) => {
      this.time?.stop();
      this.finish({ type: 'crash', at: this.startedAt, payload: JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [] }) });
    });
    this.worker.on('exit', () => {
      this.ended = true;
      this.time?.stop();
      this.finish({ type: 'exit', at: this.startedAt });
    });
    this.worker.unref();
  }

  public get alive(): boolean {
    return !this.ended;
  }

  /** Handles one event. A sandbox handles one at a time; it is of no more use after a timeout or an exit. */
  public async run(message: InvokeMessage, time: HandlerTime, onLog: (line: LogLine) => void): Promise<Outcome> {
    this.startedAt = message.now;
    this.onLog = onLog;
    this.time = time;
    this.worker.ref();
    const outcome = new Promise<Outcome>((resolve) => { this.settle = resolve; });
    this.guard = setTimeout(() => this.finish({ type: 'timeout', at: message.now + message.timeoutMs }), PATIENCE);
    this.worker.postMessage(message);
    try {
      const ended = await outcome;
      await time.reach(ended.at);
      return ended;
    } finally {
      clearTimeout(this.guard);
      this.worker.unref();
    }
  }

  /** Ends the thread at once; a running invocation ends as an exit of the runtime. */
  public async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private received(message: WorkerMessage): void {
    this.guard?.refresh();
    if (message.type === 'log') this.onLog?.(message);
    else if (message.type === 'request') void this.ask(message);
    else this.finish(message);
  }

  private async ask({ id, at, request }: Extract<WorkerMessage, { type: 'request' }>): Promise<void> {
    await this.time?.reach(at);
    // A handler that died while it waited asks for nothing any more.
    if (!this.alive) return;
    const found = await this.door?.(request);
    this.guard?.refresh();
    // A copy of its own, since a buffer brings along all of the memory that it is a part of.
    const answer: AnswerMessage = { id, now: this.time?.now ?? at, answer: found && { ...found, body: new Uint8Array(found.body) } };
    if (this.alive) this.worker.postMessage(answer);
  }

  private finish(outcome: Outcome): void {
    this.settle?.(outcome);
    this.settle = undefined;
  }
}
