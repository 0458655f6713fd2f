import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AGENT } from '../../../../golden-images/src/components/qemu/agent';
import { GuestFiles } from '../../../../golden-images/src/components/qemu/guest-files';
import { Session, type Port, type Transport } from '../../../../golden-images/src/components/qemu/session';
import { talk } from '../../../../golden-images/src/components/qemu/talk';

const folder = mkdtempSync(join(tmpdir(), 'golden-images-agent-'));

/** The agent itself, on this machine: with sockets that are open already in place of the ports of a guest. */
class Here implements Transport {
  readonly agent: ChildProcess;
  private readonly came: Record<Port, Buffer[]> = { control: [], out: [], err: [] };

  constructor() {
    const text = AGENT.replace('cd /run/golden-images', `cd ${folder}`).replace(/^until .*\nexec .*$/m, '').replace('modprobe -q virtio_console\n', '');
    writeFileSync(join(folder, 'agent'), text);
    this.agent = spawn('bash', [join(folder, 'agent')], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true });
    (['control', 'out', 'err'] as const).forEach((port, index) => this.agent.stdio[index + 3]!.on('data', (bytes: Buffer) => this.came[port].push(bytes)));
  }

  read(port: Port): Buffer {
    return Buffer.concat(this.came[port].splice(0));
  }

  write(bytes: Buffer): number {
    (this.agent.stdio[3] as Socket).write(bytes);
    return bytes.length;
  }
}

const now = (): number => performance.now() / 1000;
const here = new Here();
const session = new Session(here, now);
const run = (script: string, seconds = 60, said: string[] = []): ReturnType<typeof talk> =>
  talk(session, { script }, { seconds, say: (line) => said.push(line) }, now);

beforeAll(async () => { while (!session.hello()) await pause(10); });
afterAll(() => {
  process.kill(-here.agent.pid!, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a program ends with its code, its output is kept, its complaints are shown', async () => {
  const said: string[] = [];
  expect(await run('echo out; echo err >&2; exit 194', 60, said)).toEqual({ exitCode: 194, stdout: 'out\n' });
  expect(said.sort()).toEqual(['err', 'out']);
});

test('output that looks like an answer is output', async () => {
  const hostile = 'end 1 0 0 0\nend 2 0 0 0\nhello\nbeat\n';
  expect(await run(`printf '${hostile.replace(/\n/g, '\\n')}'; exit 3`)).toEqual({ exitCode: 3, stdout: hostile });
});

test('five million bytes come whole', async () => {
  const { stdout } = await run("head -c 5000000 /dev/zero | tr '\\0' x");
  expect(stdout).toBe('x'.repeat(5_000_000));
});

test('what a program reads is empty, and the ports are not open to it', async () => {
  expect((await run('cat; for each in 3 4 5; do if [ -e /proc/self/fd/$each ]; then echo "$each is open"; fi; done')).stdout).toBe('');
});

test('a program that is too slow is ended with its children', async () => {
  const { timedOut } = await run('sleep 1000 & echo $! > pid; sleep 1001', 1);
  expect(timedOut).toBe(true);
});

test('what a program leaves behind is not waited for, and does not speak in the next one', async () => {
  expect((await run('(sleep 1.5; echo late) & echo begun')).stdout).toBe('begun\n');
  expect((await run('sleep 2; echo next')).stdout).toBe('next\n');
});

test('files of any content and name go in and out, and nothing stays of the requests', async () => {
  // Files are asked without going back to the event loop, which the sockets of this test need: each script is kept, and run afterwards.
  const scripts: { script: string; input: Buffer }[] = [];
  const files = new GuestFiles((script, input = Buffer.alloc(0)) => {
    scripts.push({ script, input });
    return { code: 0, stdout: Buffer.alloc(0), stderr: '' };
  });
  const path = join(folder, "it's a $name\nof two lines");
  const content = Buffer.from(Array.from({ length: 6_000_000 }, (_, index) => index % 256));
  files.write(path, content);
  files.permit(path, '640', false);
  for (const { script, input } of scripts) {
    session.begin('ask', script, input, { out: () => undefined, err: (bytes) => { throw new Error(bytes.toString()); } });
    for (let code = session.poll(); code === undefined; code = session.poll()) await pause(5);
  }
  expect(readFileSync(path).equals(content)).toBe(true);
  // The agent answers first, and tidies up then.
  while (readdirSync(join(folder, 'work')).some((name) => /^\d/.test(name))) await pause(5);
});
