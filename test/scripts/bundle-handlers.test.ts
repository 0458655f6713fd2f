import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A checkout with small handlers. */
let root: string;
const bundleOf = (name: string): string => join(root, 'assets/handlers', name, 'index.mjs');
const inode = (name: string): number => statSync(bundleOf(name)).ino;
const write = (name: string, text: string): void => writeFileSync(join(root, 'src/runtime/handlers', `${name}.lambda.ts`), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-'));
  ['src/runtime/handlers', 'src/contract'].forEach((folder) => mkdirSync(join(root, folder), { recursive: true }));
  cpSync('scripts', join(root, 'scripts'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  write('first', "export const handler = async () => 'one';");
  write('second', "export const handler = async () => 'two';");
});
afterEach(() => rmSync(root, { recursive: true }));

function bundle(): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/bundle-handlers.mjs'], { cwd: root, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('bundles again only what changed, and prints the sizes each time', () => {
  const sizes = bundle();
  expect(sizes).toMatch(/^assets\/handlers\/first\/index.mjs {2}\d+ KiB, gzip \d+ KiB\nassets\/handlers\/second\/index.mjs /);
  const before = inode('first');
  expect(bundle()).toBe(sizes);
  expect(inode('first')).toBe(before);
  write('first', "export const handler = async () => 'three';");
  bundle();
  expect(readFileSync(bundleOf('first'), 'utf8')).toContain('three');
});

test('a handler that is gone takes its bundle with it; nothing else is left', () => {
  bundle();
  rmSync(join(root, 'src/runtime/handlers/second.lambda.ts'));
  bundle();
  expect(readdirSync(join(root, 'assets/handlers'))).toEqual(['first']);
  expect(readdirSync(join(root, 'assets'))).toEqual(['handlers']);
});

test('who reads meanwhile always finds a whole bundle', async () => {
  bundle();
  write('first', "export const handler = async () => 'three';");
  const child = spawn(process.execPath, ['scripts/bundle-handlers.mjs'], { cwd: root, stdio: 'ignore' });
  const seen = new Set<string>();
  const ended = new Promise<number | null>((done) => { child.on('exit', done); });
  for (let running = true; running; running = child.exitCode === null) {
    seen.add(existsSync(bundleOf('first')) ? readFileSync(bundleOf('first'), 'utf8').replace(/[^]*"(one|three)"[^]*/, '$1') : 'missing');
    await new Promise((done) => { setImmediate(done); });
  }
  expect(await ended).toBe(0);
  expect([...seen]).toEqual(['one', 'three']);
});
