/* eslint-disable @typescript-eslint/no-explicit-any */
import type { installClock, WorkerClock } from './clock';
import type { installDoor } from './door';
import type { installLogging } from './logging';
import type { installNetwork } from './network';
import type { installRandomness } from './randomness';
import type { DoorRequest, DoorResponse } from '../../kernel';

/** What the worker is started with. */
export interface WorkerSetup {
  readonly functionName: string;
  /** The file of the handler, and the name it exports it by. */
  readonly file: string;
  readonly exported: string;
  readonly isModule: boolean;
  /** `name:port` that is reached through the main thread instead of a socket. */
  readonly door?: string;
}

/** To the worker: handle an event. */
export interface InvokeMessage {
  readonly now: number;
  readonly timeoutMs: number;
  readonly seed: number;
  readonly event: string;
  readonly context: Readonly<Record<string, string>>;
}

/** From the worker. */
export type WorkerMessage =
  | { readonly type: 'log'; readonly at: number; readonly level: string; readonly text: string; readonly raw: boolean }
  | { readonly type: 'result'; readonly at: number; readonly payload: string }
  | { readonly type: 'error'; readonly at: number; readonly payload: string }
  | { readonly type: 'timeout'; readonly at: number }
  | { readonly type: 'request'; readonly at: number; readonly id: number; readonly request: DoorRequest };

/** To the worker: the answer to a request; none when the connection broke. */
export interface AnswerMessage {
  readonly id: number;
  /** When it was given. */
  readonly now: number;
  readonly answer: DoorResponse | undefined;
}

/** What the worker's source text hands to `main`. */
export interface Kit {
  readonly load: (name: string) => any;
  readonly importModule: (url: string) => Promise<any>;
  readonly clock: typeof installClock;
  readonly door: typeof installDoor;
  readonly network: typeof installNetwork;
  readonly logging: typeof installLogging;
  readonly randomness: typeof installRandomness;
}

/**
 * The Lambda runtime of a worker: loads the handler and handles one event after another. Runs in the worker from its source
 * text: it may refer to nothing but its parameters and globals.
 */
export function main(kit: Kit): void {
  const { load } = kit;
  const { parentPort, workerData } = load('node:worker_threads');
  const setup: WorkerSetup = workerData;
  const clock: WorkerClock = kit.clock(load);
  const post = (message: any): void => parentPort.postMessage({ at: clock.now(), ...message });
  const asked = new Map<number, (answer: any) => void>();
  let order = 0;
  const ask = (request: any): Promise<any> => new Promise((resolve) => {
    asked.set(++order, resolve);
    post({ type: 'request', id: order, request });
  });
  kit.network(load, setup.functionName, clock.busy, setup.door === undefined ? undefined : { host: setup.door, ask, request: kit.door(load, ask) });
  kit.logging(load, (level, text, raw) => post({ type: 'log', level, text, raw }));

  const reseed = kit.randomness(load);
  load('node:module').syncBuiltinESMExports();

  const failure = (error: any): string => JSON.stringify({
    errorType: error?.name ?? typeof error,
    errorMessage: error?.message ?? String(error),
    trace: String(error?.stack ?? '').split('\n'),
  });
  let handler: Promise<any> | undefined;
  const loaded = async (): Promise<any> => {
    const { pathToFileURL } = load('node:url');
    const module = setup.isModule ? await kit.importModule(pathToFileURL(setup.file).href) : load('node:module').createRequire(setup.file)(setup.file);
    const found = module[setup.exported] ?? module.default?.[setup.exported];
    if (typeof found !== 'function') {
      throw Object.assign(new Error(`${setup.file.split('/').pop()} does not export ${setup.exported}`), { name: 'Runtime.HandlerNotFound' });
    }
    return found;
  };
  const called = (found: any, event: any, context: any): Promise<any> =>
    new Promise((resolve, reject) => {
      const callback = (error: any, result: any): void => (error ? reject(error) : resolve(result));
      const returned = found(event, context, callback);
      if (typeof returned?.then === 'function') returned.then(resolve, reject);
      else if (found.length < 3) resolve(returned);
    });

  const answered = ({ id, now, answer }: AnswerMessage): void => {
    clock.reach(now);
    asked.get(id)?.(answer);
    asked.delete(id);
  };
  parentPort.on('message', (message: InvokeMessage | AnswerMessage) => ('id' in message ? answered(message) : void invoked(message)));
  const invoked = async (message: InvokeMessage): Promise<void> => {
    reseed(message.seed);
    const deadline = message.now + message.timeoutMs;
    clock.begin(message.now, deadline, () => post({ type: 'timeout' }));
    try {
      handler ??= loaded();
      const context = { ...message.context, callbackWaitsForEmptyEventLoop: true, getRemainingTimeInMillis: () => deadline - clock.now() };
      const result = await called(await handler, JSON.parse(message.event), context);
      post({ type: 'result', payload: result === undefined ? 'null' : JSON.stringify(result) });
    } catch (error) {
      post({ type: 'error', payload: failure(error) });
    } finally {
      clock.freeze();
    }
  };
}
