import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from './session';
import { Output } from '../linux/output';
import { MachineLost, type TaskEnd, type Visit } from '../machine';

/** How long a program may take to end after it was asked to, and after it was told to. */
const PATIENCE_SECONDS = 5;
const KILLED_SECONDS = 60;

/** Runs a program in the guest to its end, or ends it when its time is over. */
export async function talk(
  session: Session, { script, input = Buffer.alloc(0) }: { script: string; input?: Buffer }, { seconds, say }: Pick<Visit, 'seconds' | 'say'>, now: () => number,
): Promise<TaskEnd> {
  const [out, err] = [new Heard(say), new Heard(say)];
  session.begin('run', script, input, { out: (bytes) => out.add(bytes), err: (bytes) => err.add(bytes) });
  const clock = new Deadline(session, now, seconds);
  for (;;) {
    const exitCode = session.poll();
    if (exitCode !== undefined) {
      const stdout = out.end();
      err.end();
      return { exitCode, stdout, ...clock.over ? { timedOut: true } : {} };
    }
    clock.tick();
    await pause(20);
  }
}

/** Runs a script in the guest while nothing else goes on. */
export function ask(session: Session, script: string, input: Buffer = Buffer.alloc(0)): { code: number; stdout: Buffer; stderr: string } {
  const [out, err]: Buffer[][] = [[], []];
  session.begin('ask', script, input, { out: (bytes) => out!.push(bytes), err: (bytes) => err!.push(bytes) });
  for (;;) {
    const code = session.poll();
    if (code !== undefined) return { code, stdout: Buffer.concat(out!), stderr: Buffer.concat(err!).toString().trim() };
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
}

/** Asks a program to end when its time is over, then tells it to, then gives it up. */
class Deadline {
  over = false;
  private readonly steps: { readonly at: number; readonly then: () => void }[];

  constructor(session: Session, private readonly now: () => number, seconds: number) {
    const end = now() + seconds;
    this.steps = [
      { at: end, then: () => { this.over = true; session.stop('TERM'); } },
      { at: end + PATIENCE_SECONDS, then: () => session.stop('KILL') },
      { at: end + PATIENCE_SECONDS + KILLED_SECONDS, then: () => { throw new MachineLost('a program of the guest outlived SIGKILL'); } },
    ];
  }

  tick(): void {
    while (this.steps[0] && this.now() > this.steps[0].at) this.steps.shift()!.then();
  }
}

/** Output that comes as bytes. */
class Heard {
  private readonly decoder = new TextDecoder();
  private readonly output: Output;

  constructor(say: (text: string) => void) {
    this.output = new Output(say);
  }

  add(bytes: Buffer): void {
    this.output.add(this.decoder.decode(bytes, { stream: true }));
  }

  end(): string {
    this.output.add(this.decoder.decode());
    return this.output.end();
  }
}
