import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phasesOf, scriptsOf } from './support';
import { LinuxBaseline } from '../../src/catalog';
import { ACTION } from '../../src/catalog/baseline/linux-audit-daemon';
import { LOCK_TIME } from '../../src/catalog/baseline/linux-lockout';
import { AUDIT_DAEMON, INTEGRITY, LOCKOUT, MOUNTS } from '../../src/catalog/baseline/linux-optional-items';
import { STRICTER } from '../../src/catalog/baseline/linux-stricter';

const KINDS = { mounts: MOUNTS, lockout: LOCKOUT, auditDaemon: AUDIT_DAEMON, integrity: INTEGRITY };
type Kind = keyof typeof KINDS;
const idsOf = (kind: Kind): string[] => KINDS[kind].map(({ id }) => id);
const phases = (items: string[]): ReturnType<typeof phasesOf> => phasesOf(LinuxBaseline.optionalHardening({ items }), 'linux-optional-hardening');
const only = (kind: Kind): ReturnType<typeof phasesOf> => phases(idsOf(kind));
const scriptOf = (steps: any[] | undefined, name: string): string => scriptsOf(steps!.filter((step) => step.name.startsWith(name)));
const run = (programs: string, script: string): SpawnSyncReturns<string> => spawnSync('bash', ['-s'], { input: `${programs}\n${script}`, encoding: 'utf8' });

test.each(Object.keys(KINDS) as Kind[])('items of the kind %s are set and checked, each of them, and no others', (kind) => {
  const { build, validate, test: tests } = only(kind);
  [validate, tests].forEach((steps) => {
    const checked = [...scriptsOf(steps).matchAll(/check (LIN-[A-Z]+-\d+) /g)].map(([, id]) => id!);
    expect([...new Set(checked)].sort()).toEqual(idsOf(kind).sort());
  });
  [build, validate, tests].flatMap((steps) => steps!).filter(({ action }) => action === 'ExecuteBash')
    .forEach(({ inputs }) => expect(spawnSync('bash', ['-n'], { input: inputs.commands.join('\n') }).status).toBe(0));
});

test('an item that is unknown, or of the other set, and none at all, are refused', () => {
  expect(() => phases(['LIN-MNT-9'])).toThrow("there is no hardening item 'LIN-MNT-9'");
  expect(() => phases(['LIN-SSH-1'])).toThrow("there is no hardening item 'LIN-SSH-1'");
  expect(() => phases([])).toThrow('LinuxBaseline.optionalHardening has no items');
});

test.each([
  ['action suspend HALT', 'HALT'], ['action suspend email', 'suspend'], ['action syslog "exec /usr/bin/tell"', 'exec /usr/bin/tell'], ['action syslog ""', 'syslog'],
  ['lockTime 900 0', '0'], ['lockTime 900 600', '900'], ['lockTime 900 1200', '1200'],
])('of two values the stricter one: %s', (call, value) => {
  expect(run('', [...STRICTER, ...ACTION, LOCK_TIME, call].join('\n')).stdout).toBe(`${value}\n`);
});

describe('files that optional items change', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'optional-'));
    ['etc/audit', 'etc/security', 'etc/pam.d'].forEach((folder) => mkdirSync(join(root, folder), { recursive: true }));
  });
  afterEach(() => { rmSync(root, { recursive: true }); });
  const at = (path: string): string => join(root, path);
  const inRoot = (script: string): string => script.replaceAll('/etc/', `${root}/etc/`);
  const checked = (kind: Kind): string => run('', inRoot(scriptsOf(only(kind).validate))).stderr;

  test('mounts get what they lack, also those that are in the table, and the check says what is missing', () => {
    writeFileSync(at('etc/fstab'), '# /tmp is text\nUUID=1 / ext4 rw 0 1\ntmpfs /dev/shm tmpfs rw,nosuid,exec 0 0\n');
    expect(checked('mounts')).toContain('LIN-MNT-1 (/dev/shm rw,nosuid,exec), LIN-MNT-2 (/tmp ), LIN-MNT-3 (/tmp )');
    const { status, stderr } = run('systemctl() { return 1; }', inRoot(scriptOf(only('mounts').build, 'MountOptions')));
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(at('etc/fstab'), 'utf8')).toBe([
      '# /tmp is text', 'UUID=1 / ext4 rw 0 1', 'tmpfs /dev/shm tmpfs rw,nosuid,exec,nodev,noexec 0 0', '/tmp /tmp none rw,bind,nodev,nosuid,noexec 0 0', '',
    ].join('\n'));
    expect(checked('mounts')).toBe('');
  });

  test('/tmp of the distribution stays in memory', () => {
    writeFileSync(at('etc/fstab'), '');
    run('systemctl() { return 0; }', inRoot(scriptOf(only('mounts').build, 'MountOptions')));
    expect(readFileSync(at('etc/fstab'), 'utf8')).toContain('tmpfs /tmp tmpfs rw,mode=1777,size=50%,nodev,nosuid,noexec 0 0\n');
  });

  test('the audit daemon keeps more, and what is stricter stays', () => {
    writeFileSync(at('etc/audit/auditd.conf'), 'max_log_file = 8\nnum_logs = 9\nspace_left_action = email\nadmin_space_left_action = HALT\ndisk_full_action = SUSPEND\ndisk_error_action = halt\n');
    expect(checked('auditDaemon')).toBe('not as set: LIN-AUDD-1 (max_log_file = 8), LIN-AUDD-5 (disk_full_action = SUSPEND)\n');
    run('', inRoot(scriptOf(only('auditDaemon').build, 'AuditDaemon')));
    expect(readFileSync(at('etc/audit/auditd.conf'), 'utf8'))
      .toBe('max_log_file = 32\nnum_logs = 9\nspace_left_action = email\nadmin_space_left_action = HALT\ndisk_full_action = halt\ndisk_error_action = halt\n');
    expect(checked('auditDaemon')).toBe('');
  });

  test('a stack of PAM that does not count failed logins is told', () => {
    writeFileSync(at('etc/security/faillock.conf'), 'deny = 3\nunlock_time = 900\n');
    const stack = ['auth requisite pam_faillock.so preauth', 'auth [success=1] pam_unix.so nullok', 'auth [default=die] pam_faillock.so authfail', ''];
    writeFileSync(at('etc/pam.d/common-auth'), stack.join('\n'));
    expect(checked('lockout')).toBe('');
    writeFileSync(at('etc/pam.d/common-auth'), stack.slice(0, 2).join('\n'));
    expect(checked('lockout')).toContain(`LIN-LOCK-1 (${root}/etc/pam.d/common-auth does not lock)`);
    writeFileSync(at('etc/security/faillock.conf'), 'deny = 10\nunlock_time = 0\n');
    expect(checked('lockout')).toContain('LIN-LOCK-1 (deny = 10)');
  });
});
