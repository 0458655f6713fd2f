import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMachines, scriptsOf, type Machine } from './machine';
import { LinuxArchive, LinuxFile, LinuxFolder, Source, Step } from '../../../src/component';
import { rendered, renderedOnWindows } from '../support';

const machine = newMachines();
const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = 'a'.repeat(64);
const modeOf = (of: Machine, path: string): string => (statSync(join(of.root, path)).mode % 0o10000).toString(8);
const modulesOf = (step: Step) => rendered(step).map(({ action, inputs }) => [action, action === 'ExecuteBash' ? '…' : inputs]);

/** Makes an archive with `release-1.0/bin/agent` and `release-1.0/README` by a command that runs beside it. */
function archive(name: string, command: string): Buffer {
  const release = join(folder, 'release-1.0');
  mkdirSync(join(release, 'bin'), { recursive: true });
  writeFileSync(join(release, 'bin/agent'), 'agent', { mode: 0o755 });
  writeFileSync(join(release, 'README'), 'read me');
  expect(spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })).toMatchObject({ status: 0 });
  return readFileSync(join(folder, name));
}
const archives = () => ({
  'agent.tar.gz': archive('agent.tar.gz', 'tar -czf agent.tar.gz release-1.0'),
  'agent.tar.xz': archive('agent.tar.xz', 'tar -cJf agent.tar.xz release-1.0'),
  'agent.zip': archive('agent.zip', 'python3 -c "import shutil; shutil.make_archive(\'agent\', \'zip\', \'.\', \'release-1.0\')"'),
});

describe('a file', () => {
  test.each([
    ['plain', 'a\nb\n'], ['quotes', 'it\'s "quoted" `x` $HOME $(id) \\ \\n %s'], ['empty', ''], ['braces', 'template {{ .Value }} it\'s\n'],
  ])('with %s gets exactly its content', (_, content) => {
    const on = machine();
    const [action] = rendered(LinuxFile.write({ path: "/etc/my app/it's.conf", content, mode: '0640' })).slice(-1);
    const script = content.includes('{{') ? shippedScript(content) : action.inputs.commands[0];
    expect(on.run(script)).toMatchObject({ status: 0, stderr: '' });
    expect(on.run(script)).toMatchObject({ status: 0 });
    expect(on.read("etc/my app/it's.conf")).toBe(content);
    expect(modeOf(on, "etc/my app/it's.conf")).toBe('640');
  });

  /** The script without what makes it travel as an asset. */
  const shippedScript = (content: string): string =>
    scriptsOf(LinuxFile.write({ path: "/etc/my app/it's.conf", content: content.replace('{{', '@@'), mode: '0640' }))[0]!.replace('@@', '{{');

  test('with double braces travels as an asset', () => {
    expect(modulesOf(LinuxFile.write({ path: '/etc/a', content: '{{ a }}' }))).toEqual([
      ['S3Download', [{ source: expect.stringMatching(/^s3:.*\.sh$/), destination: expect.stringMatching(/^\/tmp\/script-.*\.sh$/) }]],
      ['Assert', expect.anything()], ['ExecuteBash', '…'],
    ]);
  });

  test('from a source is checked, put in its place and not left behind', () => {
    writeFileSync(join(folder, 'app.conf'), 'hello');
    const step = LinuxFile.write({ path: '/etc/app.conf', source: Source.asset(join(folder, 'app.conf')) });
    expect(modulesOf(step)).toEqual([
      ['ExecuteBash', '…'],
      ['S3Download', [{ source: expect.stringMatching(/^s3:/), destination: '/var/tmp/golden-images/app.conf' }]],
      ['Assert', { fileSHA256Equals: createHash('sha256').update('hello').digest('hex'), path: '/var/tmp/golden-images/app.conf' }],
      ['ExecuteBash', '…'],
    ]);
    const on = machine();
    on.write('var/tmp/golden-images/app.conf', 'hello');
    scriptsOf(step).forEach((script) => expect(on.run(script)).toMatchObject({ status: 0 }));
    expect([on.read('etc/app.conf'), on.has('var/tmp/golden-images')]).toEqual(['hello', false]);
  });

  test.each([
    [{ path: 'etc/a', content: '' }, /the path 'etc\/a' is not valid; expected an absolute path/],
    [{ path: '/etc/a/', content: '' }, /the path '\/etc\/a\/' is not valid/],
    [{ path: '/etc/a', content: '', mode: 'u+x' }, /the mode 'u\+x' is not valid; .*'0644'/],
    [{ path: '/etc/a', content: '', owner: 'a b' }, /the owner 'a b' is not valid/],
    [{ path: '/etc/a', content: '', group: '$(id)' }, /the group '\$\(id\)' is not valid/],
    [{ path: '/etc/a' }, /has neither content nor source/],
    [{ path: '/etc/a', content: '', source: Source.text('a', 'a') }, /has content and source; expected one of them/],
    [{ path: '/etc/a', source: Source.asset('examples') }, /is a folder or a zip archive; expected a file; unpack it with LinuxArchive/],
  ])('refuses %j', (options, message) => {
    expect(() => rendered(LinuxFile.write(options))).toThrow(message);
  });
});

describe('a folder', () => {
  test('is made with all above it, and can be there', () => {
    const on = machine();
    const [script] = scriptsOf(LinuxFolder.create({ path: '/srv/a b/$c', mode: '2770' }));
    expect([on.run(script!).status, on.run(script!).status, modeOf(on, 'srv/a b/$c')]).toEqual([0, 0, '2770']);
  });
});

describe('an archive', () => {
  test.each(['agent.tar.gz', 'agent.tar.xz', 'agent.zip'] as const)('%s is unpacked without its first folder', (name) => {
    const on = machine();
    on.write(`var/tmp/golden-images/${name}`, archives()[name]);
    const [, script] = scriptsOf(LinuxArchive.unpack(Source.https(`https://example.com/v1/${name}?a=b`, sha256), '/opt/my agent', { stripComponents: 1 }));
    expect(on.run(script!)).toMatchObject({ status: 0, stderr: '' });
    expect([on.read('opt/my agent/bin/agent'), on.read('opt/my agent/README'), on.has('var/tmp/golden-images')]).toEqual(['agent', 'read me', false]);
  });

  test('is unpacked by Python where there is no unzip', () => {
    const on = machine({ unzip: { exitCode: 127 } });
    rmSync(join(on.root, 'programs/unzip'));
    on.write('var/tmp/golden-images/agent.zip', archives()['agent.zip']);
    const [, script] = scriptsOf(LinuxArchive.unpack(Source.https('https://example.com/agent.zip', sha256), '/opt/agent', { stripComponents: 2 }));
    expect(on.run(script!)).toMatchObject({ status: 0, stderr: '' });
    expect([on.read('opt/agent/agent'), on.has('opt/agent/README')]).toEqual(['agent', false]);
  });

  test('changes a folder that is there only where wanted', () => {
    const on = machine();
    mkdirSync(join(on.root, 'opt/agent'), { recursive: true, mode: 0o700 });
    const unpack = (options = {}) => {
      on.write('var/tmp/golden-images/agent.zip', archives()['agent.zip']);
      expect(on.run(scriptsOf(LinuxArchive.unpack(Source.https('https://example.com/agent.zip', sha256), '/opt/agent', options))[1]!).status).toBe(0);
      return modeOf(on, 'opt/agent');
    };
    expect([unpack({ stripComponents: 1 }), unpack({ stripComponents: 1, mode: '0750' })]).toEqual(['700', '750']);
  });

  test('keeps its folders otherwise', () => {
    const on = machine();
    on.write('var/tmp/golden-images/agent.zip', archives()['agent.zip']);
    const [, script] = scriptsOf(LinuxArchive.unpack(Source.https('https://example.com/agent.zip', sha256), '/opt/agent'));
    expect(on.run(script!)).toMatchObject({ status: 0 });
    expect(on.read('opt/agent/release-1.0/README')).toBe('read me');
  });

  test('that is broken fails the step', () => {
    const on = machine();
    on.write('var/tmp/golden-images/agent.tar.gz', 'no archive');
    const [, script] = scriptsOf(LinuxArchive.unpack(Source.https('https://example.com/agent.tar.gz', sha256), '/opt/agent'));
    const { status, stderr } = on.run(script!);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/failed with exit code 2: tar -xf /)]);
  });

  test('from the web is checked before it is used', () => {
    expect(modulesOf(LinuxArchive.unpack(Source.https('https://example.com/v1/agent.tgz?a=b', sha256.toUpperCase()), '/opt/agent'))).toEqual([
      ['ExecuteBash', '…'],
      ['WebDownload', [{ source: 'https://example.com/v1/agent.tgz?a=b', destination: '/var/tmp/golden-images/agent.tgz' }]],
      ['Assert', { fileSHA256Equals: sha256, path: '/var/tmp/golden-images/agent.tgz' }],
      ['ExecuteBash', '…'],
    ]);
  });

  test('from the web can be downloaded on any platform', () => {
    const download = Step.download(Source.https('https://example.com/setup.exe', sha256), 'C:\\setup.exe');
    expect(renderedOnWindows(download).map(({ action }) => action)).toEqual(['ExecutePowerShell', 'WebDownload', 'Assert']);
  });

  test.each([
    ['https://example.com/a.tgz', 'abc', /the SHA-256 'abc' of 'https:\/\/example.com\/a.tgz' is not valid; expected 64 hexadecimal digits/],
    ['https://example.com/a.tgz', 'g'.repeat(64), /is not valid/],
    ['http://example.com/a.tgz', sha256, /'http:\/\/example.com\/a.tgz' is not the address of a file/],
    ['https://example.com/', sha256, /is not the address of a file/],
    ['https://example.com/agent.rar', sha256, /'agent.rar' is no archive that can be unpacked; .*\.tar\.gz/],
  ])('refuses %s with %s', (url, checksum, message) => {
    expect(() => rendered(LinuxArchive.unpack(Source.https(url, checksum), '/opt/a'))).toThrow(message);
  });
});

describe('a program', () => {
  test('is put in its place', () => {
    const on = machine();
    on.write('var/tmp/golden-images/kubectl', 'program');
    const [, script] = scriptsOf(LinuxArchive.installProgram(Source.https('https://example.com/kubectl', sha256), { path: '/usr/local/bin/kubectl' }));
    expect(on.run(script!)).toMatchObject({ status: 0 });
    expect([on.read('usr/local/bin/kubectl'), modeOf(on, 'usr/local/bin/kubectl')]).toEqual(['program', '755']);
  });

  test('can be one file of an archive', () => {
    const on = machine();
    on.write('var/tmp/golden-images/agent.tar.gz', archives()['agent.tar.gz']);
    const source = Source.https('https://example.com/agent.tar.gz', sha256);
    const [, script] = scriptsOf(LinuxArchive.installProgram(source, { path: '/usr/bin/agent', member: 'release-1.0/bin/agent' }));
    expect(on.run(script!)).toMatchObject({ status: 0, stderr: '' });
    expect(on.read('usr/bin/agent')).toBe('agent');
  });
});
