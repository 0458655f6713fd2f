import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { phasesOf, scriptsOf, WINDOWS } from './support';
import { LinuxBaseline } from '../../src/catalog';

describe('clean for imaging', () => {
  const { build, validate, test: tests } = phasesOf(LinuxBaseline.cleanForImaging(), 'linux-clean-for-imaging');
  let root: string;
  beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'clean-')); });
  afterEach(() => { rmSync(root, { recursive: true }); });

  /** The script with every folder of the system under another one, and without the programs of a system. */
  const run = (steps: any[] | undefined): ReturnType<typeof spawnSync> => {
    const script = scriptsOf(steps).replace(/(^|[\s("=!])\/(root|home|etc|var)(?=\/)/gm, `$1${root}/$2`).replace(/command -v \S+/g, 'false');
    return spawnSync('bash', ['-s'], { input: script, encoding: 'utf8' });
  };
  const write = (path: string, text = 'x'): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  test.each([
    'etc/ssh/ssh_host_ed25519_key', 'root/.ssh/authorized_keys', 'home/admin/.bash_history', 'var/lib/cloud/instances/i-1/user-data.txt',
    'var/lib/apt/lists/deb.debian.org_InRelease', 'var/log/journal/0123/system.journal', 'var/log/syslog.1', 'var/lib/systemd/random-seed',
  ])('%s is found by the validation, and removed by the build', (path) => {
    write('etc/machine-id', '');
    mkdirSync(join(root, 'var/log'), { recursive: true });
    write(path);
    expect(run(validate)).toMatchObject({ status: 1, stderr: expect.stringContaining('left behind: ') });
    expect(run(build)).toMatchObject({ status: 0 });
    expect(run(validate)).toMatchObject({ status: 0, stderr: '' });
  });

  test('the machine id is emptied, not removed', () => {
    mkdirSync(join(root, 'var/log'), { recursive: true });
    write('etc/machine-id', '0123');
    expect(run(validate).stderr).toContain('the machine id is still there');
    run(build);
    expect(run(validate).status).toBe(0);
    expect(spawnSync('stat', ['-c', '%s', join(root, 'etc/machine-id')], { encoding: 'utf8' }).stdout).toBe('0\n');
  });

  test('an instance must have an identity of its own', () => {
    write('etc/machine-id', '');
    expect(run(tests).stderr).toContain('has made no machine id');
  });

  test('it leaves /tmp to the service, which works there', () => {
    expect(scriptsOf(build)).not.toMatch(/rm .*\/tmp/);
  });
});

test('time comes from Amazon unless other servers are given', () => {
  expect(scriptsOf(phasesOf(LinuxBaseline.timeSync(), 'linux-time-sync').build)).toContain('server 169.254.169.123 iburst prefer');
  const { build } = phasesOf(LinuxBaseline.timeSync({ servers: ['ntp.example'] }), 'linux-time-sync');
  expect(scriptsOf(build)).toContain('server ntp.example iburst');
  expect(scriptsOf(build)).not.toContain('169.254.169.123');
});

test('a time server of two words is refused', () => {
  expect(() => phasesOf(LinuxBaseline.timeSync({ servers: ['a b'] }), 'linux-time-sync')).toThrow("the time server 'a b' is not valid");
});

test('the agent of Systems Manager is looked for as a package and as a snap', () => {
  const { validate, test: tests } = phasesOf(LinuxBaseline.ssmAgentCheck(), 'linux-ssm-agent-check');
  expect(scriptsOf(validate)).toMatch(/snap\.amazon-ssm-agent[\s\S]*unit=amazon-ssm-agent\.service[\s\S]*is-enabled/);
  expect(scriptsOf(tests)).toContain('is-active');
});

test('components for Linux are refused on Windows', () => {
  expect(() => phasesOf(LinuxBaseline.cleanForImaging(), 'linux-clean-for-imaging', WINDOWS)).toThrow(/Linux/);
});
