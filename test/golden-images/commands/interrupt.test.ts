import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'golden-images-interrupt-'));
const bundle = join(folder, 'golden-images.mjs');
const temporary = join(folder, 'tmp');
let running: ChildProcess | undefined;

beforeAll(() => {
  mkdirSync(temporary);
  execFileSync(process.execPath, ['scripts/bundle-command-line.mjs', bundle], { stdio: 'ignore' });
});
afterEach(() => { running?.kill('SIGKILL'); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the bundled command, and gives what it printed once that matches. */
async function start(args: string[], until: () => boolean | RegExp): Promise<{ output: string; exit: Promise<number | null> }> {
  const child = running = spawn(process.execPath, [bundle, ...args], { env: { ...process.env, TMPDIR: temporary }, cwd: resolve('.') });
  const exit = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  let output = '';
  [child.stdout!, child.stderr!].forEach((stream) => stream.on('data', (chunk: Buffer) => { output += chunk.toString(); }));
  for (let tries = 0; tries < 600; tries += 1) {
    const ready = until();
    if (ready instanceof RegExp ? ready.test(output) : ready) return { output, exit };
    if (child.exitCode !== null) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the command did not come so far: ${output}`);
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // An ended process that nobody has asked about yet is no living one.
    return !/^State:\s+Z/m.test(existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '');
  } catch {
    return false;
  }
};

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('local ends with %s: no port, no file', async (signal) => {
  const { output, exit } = await start(['local'], () => /Ctrl-C/);
  const url = /AWS_ENDPOINT_URL=(http:\/\/localhost:\d+)/.exec(output)![1]!;
  const secret = /AWS_SECRET_ACCESS_KEY=([\w-]+)/.exec(output)![1]!;
  expect((await fetch(`${url}/_golden-images/time`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
  running!.kill(signal);
  expect(await exit).toBe(130);
  await expect(fetch(`${url}/_golden-images/time`)).rejects.toThrow();
  expect(readdirSync(temporary)).toEqual([]);
});

test('rehearse ends with Ctrl-C while the app is synthesized: no process, no file', async () => {
  const mark = join(folder, 'app.pid');
  const app = `${process.execPath} -e "require('node:fs').writeFileSync('${mark}', String(process.pid)); setInterval(() => {}, 1000)"`;
  const { exit } = await start(['rehearse', '--app', app], () => existsSync(mark) && readFileSync(mark, 'utf8') !== '');
  const pid = Number(readFileSync(mark, 'utf8'));
  expect(alive(pid)).toBe(true);
  running!.kill('SIGINT');
  expect(await exit).toBe(130);
  await new Promise((done) => setTimeout(done, 100));
  expect(alive(pid)).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
});
