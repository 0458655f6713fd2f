import { spawn } from 'node:child_process';
import { programEnvironment } from '../linux/environment';
import { Output } from '../linux/output';
import type { TaskEnd } from '../machine';

/** What a program that left others behind may still write after its own end. */
const GRACE = 250;

/** How long a program may take to end after it was asked to. */
const PATIENCE = 5000;

export interface Process {
  readonly command: readonly string[];
  /** May be Infinity. */
  readonly seconds: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly say: (text: string) => void;
}

/** Runs a program to its end, or ends it when its time is over. */
export async function runProcess({ command, seconds, environment, say }: Process): Promise<TaskEnd> {
  const [program, ...args] = command;
  const child = spawn(program!, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: programEnvironment(environment) });
  let timedOut = false;
  const [out, err] = [new Output(say), new Output(say)];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.add(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.add(text));
  const stop = stopAfter(seconds, child.pid, () => { timedOut = true; });
  const code = await ended(child);
  stop();
  const stdout = out.end();
  err.end();
  return { exitCode: code, stdout, ...timedOut ? { timedOut } : {} };
}

/** Ends the program and all of its group; those that left the group live on, as they would on an instance. */
function stopAfter(seconds: number, pid: number | undefined, note: () => void): () => void {
  if (seconds === Infinity || pid === undefined) return () => undefined;
  const timers: NodeJS.Timeout[] = [];
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch { /* It has ended. */ }
  };
  // A timer holds 24 days at most.
  timers.push(setTimeout(() => {
    note();
    send('SIGTERM');
    timers.push(setTimeout(() => send('SIGKILL'), PATIENCE));
  }, Math.min(seconds * 1000, 2 ** 31 - 1)));
  return () => timers.forEach(clearTimeout);
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 137));
    child.once('exit', (code) => setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(code ?? 137);
    }, GRACE));
  });
}
