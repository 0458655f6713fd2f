import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bash, build, document } from './documents';
import { missing, tinyRoot } from './tiny-root';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';

const lacking = missing();
if (lacking !== undefined) console.warn(`SKIPPED: component run in a root needs ${lacking}; nothing of it is tested here`);

const folder = mkdtempSync(join(tmpdir(), 'golden-images-component-'));
let root = '';
beforeAll(() => { root = lacking === undefined ? tinyRoot() : ''; });
afterAll(() => [folder, root].filter((each) => each !== '').forEach((each) => rmSync(each, { recursive: true, force: true })));

async function run(text: string, ...options: string[]): Promise<{ code: number; out: string[]; err: string }> {
  writeFileSync(join(folder, 'document.yml'), text);
  const out: string[] = [];
  let err = '';
  const code = await runCommandLine(['component', 'run', 'document.yml', '--root', root, ...options], {
    directory: folder, terminal: false, out: (line) => out.push(line), err: (line) => { err += line; }, write: () => undefined,
  });
  return { code, out, err };
}
const printed = (out: string[]): string[] => out.flatMap((line) => line.split('\n')).filter((line) => line.includes(': | ')).map((line) => line.split(': | ')[1]!);
const mounts = (): string[] => readFileSync('/proc/self/mounts', 'utf8').split('\n').filter((line) => line.includes(root));

(lacking === undefined ? describe : describe.skip)('in a root', () => {
  test('programs see the root, their own processes and no network but the loopback device', async () => {
    const { code, out } = await run(build(bash('A', 'hostname', 'id -u', 'ls /etc', 'ls -d /proc/[0-9]* | { n=0; while read _; do n=$((n+1)); done; [ $n -lt 10 ] && echo few; }', 'while read -r a _; do case $a in *:) echo $a;; esac; done < /proc/net/dev')));
    expect(printed(out)).toEqual(['golden-image', '0', 'group', 'passwd', 'few', 'lo:']);
    expect(code).toBe(0);
    expect(mounts()).toEqual([]);
  });

  test('files stay, processes and /tmp do not survive a reboot', async () => {
    const { code, out } = await run(build(
      bash('Begin', 'sleep 1000 >/dev/null 2>&1 &', 'echo $! > /srv/pid', 'touch /tmp/gone'),
      { name: 'Restart', action: 'Reboot' },
      bash('Again', 'if [ -e /srv/again ]; then echo second; rm /srv/again; exit 0; fi', 'echo first; touch /srv/again; exit 194'),
      bash('Look', 'ls /tmp; [ -e /proc/$(cat /srv/pid) ] && echo alive || echo ended'),
    ));
    expect([code, printed(out)]).toEqual([0, ['first', 'second', 'ended']]);
  });

  test('a step that takes too long is ended with its children', async () => {
    const began = Date.now();
    const { code, out } = await run(build({ ...bash('A', 'sleep 500 & sleep 600'), timeoutSeconds: 1, onFailure: 'Ignore' }, bash('B', 'echo on')), '--report', 'report.json');
    expect([code, printed(out)]).toEqual([0, ['on']]);
    expect(Date.now() - began).toBeLessThan(8000);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({
      status: 'SuccessWithIgnoredFailure', phases: [{ steps: [{ status: 'IgnoredFailure', message: 'timed out after 1 s' }, { status: 'Success', exitCode: 0 }] }],
    });
  });

  test('owners, permissions and links are those of the root', async () => {
    const { code } = await run(build(
      { name: 'Make', action: 'CreateFile', inputs: [{ path: '/srv/site/index.html', content: 'hi', owner: 'web', group: 'staff', permissions: '0640' }] },
      { name: 'Link', action: 'CreateSymlink', inputs: [{ path: '/srv/link', target: '/srv/site/index.html' }] },
      { name: 'More', action: 'AppendFile', inputs: [{ path: '/srv/link', content: '!' }] },
      { name: 'Own', action: 'SetFolderOwner', inputs: [{ path: '/srv/site', owner: 'web', recursive: false }] },
      bash('Check', '[ "$(cat /srv/link)" = "hi!" ]', '[ "$(stat -c %u:%g:%a /srv/site/index.html)" = 33:50:640 ]', '[ "$(stat -c %u:%g /srv/site)" = 33:44 ]'),
    ));
    expect(code).toBe(0);
    expect(statSync(join(root, 'srv/site/index.html')).uid).toBe(33);
  });

  test('no link leads out of the root', async () => {
    symlinkSync(folder, join(root, 'srv/out'));
    symlinkSync('../../../../../../etc/hostname', join(root, 'srv/up'));
    const { out } = await run(build(
      { name: 'A', action: 'CreateFile', inputs: [{ path: '/srv/out/escaped', content: 'x' }] },
      { name: 'B', action: 'CreateFile', inputs: [{ path: '/srv/up', content: 'inside' }] },
    ));
    expect(out.join()).not.toContain('failed');
    expect(existsSync(join(folder, 'escaped'))).toBe(false);
    expect(existsSync(join(root, 'etc/hostname'))).toBe(true);
  });

  test('buckets are folders, and others are refused by name', async () => {
    mkdirSync(join(folder, 'media/p'), { recursive: true });
    writeFileSync(join(folder, 'media/p/a.bin'), 'A');
    const download = (bucket: string, key: string, destination: string): string => build({ name: 'A', action: 'S3Download', inputs: [{ source: `s3://${bucket}/${key}`, destination }] });
    expect((await run(download('media', 'p/*', '/srv/media'), '--s3', 'media=media')).code).toBe(0);
    expect(readdirSync(join(root, 'srv/media'))).toEqual(['a.bin']);
    expect((await run(download('other', 'a', '/srv/a'), '--s3', 'media=media')).out.join()).toContain("bucket 'other' has no folder that stands for it: --s3 other=FOLDER");
    const upload = build({ name: 'A', action: 'S3Upload', inputs: [{ source: '/srv/media/*', destination: 's3://media/up/' }] });
    expect((await run(upload, '--s3', 'media=media')).code).toBe(0);
    expect(readFileSync(join(folder, 'media/up/a.bin'), 'utf8')).toBe('A');
  });

  test('downloads need the network of the host, and are checked', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hi.txt`;
    const text = build({ name: 'A', action: 'WebDownload', inputs: [{ source, destination: '/srv/web/', checksum: '49f68a5c8493ec2c0bf489821c21fc3b', algorithm: 'MD5' }] });
    expect((await run(text)).out.join()).toContain('WebDownload needs the network of this machine: --network host');
    expect((await run(text, '--network', 'host')).code).toBe(0);
    expect(readFileSync(join(root, 'srv/web/hi.txt'), 'utf8')).toBe('hi');
    server.close();
  });

  test('documents run documents of the root', async () => {
    writeFileSync(join(root, 'srv/inner.yml'), document({ build: [bash('In', 'echo inside {{ Name }}')] }, { parameters: [{ Name: { type: 'string' } }] }));
    const { code, out } = await run(build({ name: 'A', action: 'ExecuteDocument', inputs: { document: '/srv/inner.yml', parameters: [{ Name: 'x' }] } }));
    expect([code, printed(out)]).toEqual([0, ['inside x']]);
  });

  test('a program, or a module for Windows, that is not there fails by name', async () => {
    const { code, out } = await run(build({ name: 'A', action: 'ExecuteBinary', onFailure: 'Continue', inputs: { path: 'nginx' } }, { name: 'B', action: 'UpdateOS' }));
    expect(code).toBe(1);
    expect(out).toEqual(expect.arrayContaining(['build.A: failed: the root has no program nginx', 'build.B: failed: the root has none of dnf, yum, apt-get']));
  });

  test.each(['SIGINT', 'SIGKILL'] as const)('%s leaves neither processes nor mounts', async (signal) => {
    writeFileSync(join(folder, 'long.yml'), build(bash('A', 'sleep 987 & echo ready; sleep 987')));
    const bundle = join(folder, 'component-run.cjs');
    buildSync({ entryPoints: ['golden-images/src/commands/component-run.ts'], bundle: true, platform: 'node', outfile: bundle, mainFields: ['module', 'main'] });
    const values = { 'root': root, 'dry-run': false, 'parameter': [], 'ssm': [], 's3': [], 'json': false };
    const program = `require(${JSON.stringify(bundle)}).componentRun.run(${JSON.stringify(values)},
      { directory: ${JSON.stringify(folder)}, out: (text) => text.includes('ready') && console.log(text), err: console.error }, ['long.yml'])`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await until(() => sleepers() > 0);
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(signal === 'SIGINT' ? 130 : null);
    await until(() => sleepers() === 0);
    expect([sleepers(), mounts()]).toEqual([0, []]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let wait = 0; wait < 40 && !holds(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(holds()).toBe(true);
}

/** Processes of the test above. */
const sleepers = (): number => readdirSync('/proc').filter((each) => /^\d+$/.test(each)).filter((each) => {
  try {
    return readFileSync(`/proc/${each}/cmdline`, 'utf8').split('\u0000').join(' ').trim() === 'sleep 987';
  } catch {
    return false;
  }
}).length;

describe('nothing is ever run on this machine', () => {
  test.each<[string, string[], string]>([
    ['neither root nor dry run', [], 'golden-images: a component changes the machine it runs on: give --root PATH, a root file system, or --dry-run'],
    ...process.getuid?.() === 0 ? [
      ['the root of this machine', ['--root', '/'], 'golden-images: / is the root of this machine, which is never changed: give a copy'],
      ['a folder without a root', ['--root', '.'], `golden-images: ${folder} holds no root file system: it has no bin/sh; make one with debootstrap, say`],
    ] as [string, string[], string][] : [],
  ])('%s', async (_, options, message) => {
    writeFileSync(join(folder, 'document.yml'), build(bash('A', `touch ${folder}/never`)));
    let err = '';
    const code = await runCommandLine(['component', 'run', 'document.yml', ...options], {
      directory: folder, terminal: false, out: () => undefined, err: (line) => { err += line; }, write: () => undefined,
    });
    expect([code, err, existsSync(join(folder, 'never'))]).toEqual([2, message, false]);
  });
});
