import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { phasesOf, scriptsOf, WINDOWS } from './support';
import { LinuxBaseline } from '../../src/catalog';

describe('clean for imaging', () => {
  const { build, validate, test: tests } = phasesOf(LinuxBaseline.cleanForImaging(), 'linux-clean-for-imaging');
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'clean-'));
    mkdirSync(join(root, 'var/log'), { recursive: true });
    write('etc/machine-id', '');
    write('etc/passwd', `app:x:999:999::${root}/var/lib/app:/bin/sh\n`);
  });
  afterEach(() => { rmSync(root, { recursive: true }); });

  /** The script with every folder of the system under another one, and without the programs of a system but those that are given. */
  const run = (steps: any[] | undefined, programs = ''): ReturnType<typeof spawnSync> => {
    const script = scriptsOf(steps).replace(/(^|[\s("=!'])\/(root|home|etc|var|tmp|run|usr)(?=\/)/gm, `$1${root}/$2`).replace(/command -v \S+/g, 'false');
    return spawnSync('bash', ['-s'], { input: `${programs}\n${script}`, encoding: 'utf8' });
  };
  const write = (path: string, text = 'x'): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  test.each([
    ['ssh host keys', 'etc/ssh/ssh_host_ed25519_key'], ['authorized keys', 'root/.ssh/authorized_keys'], ['authorized keys', 'home/admin/.ssh/authorized_keys2'],
    ['authorized keys', 'var/lib/app/.ssh/authorized_keys'], ['histories', 'home/admin/.bash_history'], ['credentials', 'root/.aws/credentials'],
    ['credentials', 'root/.ssh/id_ed25519'], ['credentials', 'root/.netrc'], ['credentials', 'home/admin/.docker/config.json'],
    ['credentials', 'var/lib/app/.ssh/id_rsa'], ['cloud-init state', 'var/lib/cloud/instances/i-1/user-data.txt'], ['cloud-init state', 'var/lib/cloud/data/instance-id'],
    ['package caches', 'var/lib/apt/lists/deb.debian.org_InRelease'], ['journals', 'var/log/journal/0123/system.journal'], ['old logs', 'var/log/syslog.1'],
    ['seeds and secrets of systemd', 'var/lib/systemd/random-seed'], ['state of the ECS agent', 'var/lib/ecs/data/agent.db'],
    ['subscriptions', 'var/lib/ubuntu-advantage/private/machine-token.json'], ['subscriptions', 'etc/pki/consumer/key.pem'],
    ['identities of storage', 'etc/nvme/hostid'], ['network leases', 'var/lib/dhcpcd/eth0.lease'], ['network leases', 'var/lib/NetworkManager/internal-1-eth0.lease'],
  ])('%s: %s is named by the validation, and removed by the build', (kind, path) => {
    write(path);
    expect(run(validate)).toMatchObject({ status: 1, stderr: expect.stringContaining(`left behind: ${kind}: ${root}/${path.split('/').slice(0, 3).join('/')}`) });
    expect(run(build)).toMatchObject({ status: 0 });
    expect(run(validate)).toMatchObject({ status: 0, stderr: '' });
  });

  test('the machine id is emptied, not removed', () => {
    write('etc/machine-id', '0123');
    expect(run(validate).stderr).toContain(`left behind: machine id: ${root}/etc/machine-id`);
    run(build);
    expect(run(validate).status).toBe(0);
    expect(spawnSync('stat', ['-c', '%s', join(root, 'etc/machine-id')], { encoding: 'utf8' }).stdout).toBe('0\n');
  });

  test('the name of the iSCSI initiator is made anew where Debian asks its file, and where Red Hat finds none', () => {
    write('etc/iscsi/initiatorname.iscsi', 'InitiatorName=iqn.1993-08.org.debian:01:abc\n');
    expect(run(validate).stderr).toContain('name of the iSCSI initiator');
    write('usr/lib/open-iscsi/startup-checks.sh');
    run(build);
    expect(readFileSync(join(root, 'etc/iscsi/initiatorname.iscsi'), 'utf8')).toBe('GenerateName=yes\n');
    expect(run(validate).status).toBe(0);
  });

  test('a private key under any name is found, and not removed; what is kept on purpose is neither', () => {
    write('etc/app/signing.pem', '-----BEGIN EC PRIVATE KEY-----\nx\n');
    write('etc/ssl/private/ssl-cert-snakeoil.key', '-----BEGIN PRIVATE KEY-----\nx\n');
    write('root/.netrc');
    run(build);
    expect(run(validate).stderr).toBe(`left behind: private key: ${root}/etc/app/signing.pem\n`);
    const keeping = phasesOf(LinuxBaseline.cleanForImaging({ keptPaths: ['/etc/app', '/root/.netrc'] }), 'linux-clean-for-imaging');
    write('root/.netrc');
    run(keeping.build);
    expect(run(keeping.validate)).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(root, 'root/.netrc'))).toBe(true);
  });

  test('scripts for each boot stay, and all of cloud-init where the user asks Image Builder for it', () => {
    write('var/lib/cloud/scripts/per-boot/mine.sh');
    write('var/lib/cloud/data/instance-id');
    write('tmp/skip_cleanup_cloudinit_files');
    run(build);
    expect(existsSync(join(root, 'var/lib/cloud/data/instance-id'))).toBe(true);
    expect(run(validate).status).toBe(0);
    rmSync(join(root, 'tmp/skip_cleanup_cloudinit_files'));
    run(build);
    expect(existsSync(join(root, 'var/lib/cloud/data'))).toBe(false);
    expect(existsSync(join(root, 'var/lib/cloud/scripts/per-boot/mine.sh'))).toBe(true);
  });

  /** A booted machine: its journald writes on until it lets go of /var; its shutdown saves the seed of a service that runs. */
  const booted = (knowsRelinquish: boolean): string => [
    `journal() { [ -e ${root}/relinquished ] || { mkdir -p ${root}/var/log/journal; echo x > ${root}/var/log/journal/new; }; }`,
    `journalctl() { case "$1" in --help) ${knowsRelinquish ? 'echo --relinquish-var' : 'true'} ;; --relinquish-var) touch ${root}/relinquished ;; esac; }`,
    `systemctl() { if [ "$1 $2" = 'stop systemd-random-seed.service' ]; then echo x > ${root}/var/lib/systemd/random-seed; fi; }`,
    'rm() { command rm "$@"; journal; }',
  ].join('\n');

  test('the journal stays away on a booted machine, and its validation asks what journald can do', () => {
    mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
    mkdirSync(join(root, 'var/lib/systemd'), { recursive: true });
    expect(run(build, booted(true))).toMatchObject({ status: 0 });
    expect(run(validate, booted(true))).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(root, 'var/lib/systemd/random-seed'))).toBe(false);
    rmSync(join(root, 'relinquished'));
    run(build, booted(false));
    expect(run(validate, booted(false))).toMatchObject({ status: 0, stderr: '' });
  });

  test('cron jobs are named where Image Builder is about to remove cronie, and cronie can be kept', () => {
    write('etc/cron.d/0hourly');
    write('etc/cron.d/mine');
    const packaged = `rpm() { [ "$2" = ${root}/etc/cron.d/0hourly ]; }`;
    expect(run(validate, packaged)).toMatchObject({ status: 0 });
    write('tmp/imagebuilder_service/crontab_installed');
    run(build, packaged);
    expect(run(validate, packaged).stderr)
      .toBe(`left behind: cron job, and Image Builder removes cronie ('keepCronie' keeps it): ${root}/etc/cron.d/mine\n`);
    const keeping = phasesOf(LinuxBaseline.cleanForImaging({ keepCronie: true }), 'linux-clean-for-imaging');
    run(keeping.build, packaged);
    expect(existsSync(join(root, 'tmp/imagebuilder_service/crontab_installed'))).toBe(false);
    expect(run(keeping.validate).stderr).toBe('no crontab is installed, and keepCronie asks for one: install cronie, or leave keepCronie out\n');
  });

  test('the guide says what the clean-up of Image Builder removes today', () => {
    const guide = readFileSync(join(__dirname, '../../docs/guides/hardening.md'), 'utf8');
    // EC2 Image Builder user guide, "Required post-build clean up", as of 2026-11.
    ['machine id', 'random seed', 'journal', '`/var/tmp/*`', '`/etc/hostname`', '`/etc/locale.conf`', 'cronie', '`/var/lib/cloud/scripts`']
      .forEach((each) => expect(guide).toContain(each));
  });

  test('an instance must have an identity of its own', () => {
    expect(run(tests).stderr).toContain('has made no machine id');
  });

  test.each(['ssh.service', 'sshd.socket'])('an instance that has %s needs host keys', (unit) => {
    write('etc/machine-id', '0123');
    const has = `systemctl() { [ "$1 $3" = 'is-enabled ${unit}' ]; }`;
    expect(run(tests, has).stderr).toBe(`the instance has made no ssh host keys, and has ${unit}\n`);
    write('etc/ssh/ssh_host_ed25519_key');
    expect(run(tests, has)).toMatchObject({ status: 0 });
    expect(run(tests, 'systemctl() { false; }')).toMatchObject({ status: 0 });
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
