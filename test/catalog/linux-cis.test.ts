import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phasesOf, scriptsOf } from './support';
import { LinuxBaseline } from '../../src/catalog';
import { AUDIT } from '../../src/catalog/baseline/linux-audit-items';
import { checkEffective, checkFiles } from '../../src/catalog/baseline/linux-cis-checks';
import { ARGUMENTS, KERNEL, LOGINS, MODES, MODULES, PAM, PASSWORDS, SSH, TEXTS, UNITS_OFF } from '../../src/catalog/baseline/linux-cis-items';
import { AUDIT_DAEMON, INTEGRITY, LOCKOUT, MOUNTS } from '../../src/catalog/baseline/linux-optional-items';
import { STRICTER } from '../../src/catalog/baseline/linux-stricter';
import { rendered } from '../component/support';

const ITEMS = {
  kernel: KERNEL,
  modules: MODULES,
  ssh: SSH,
  logins: LOGINS,
  passwords: PASSWORDS,
  modes: MODES,
  texts: TEXTS,
  audit: AUDIT,
  unitsOff: UNITS_OFF,
  kernelArguments: ARGUMENTS,
  pam: PAM,
};
const OPTIONAL = ([AUDIT_DAEMON, INTEGRITY, LOCKOUT, MOUNTS] as { id: string }[][]).flatMap((items) => items.map(({ id }) => id));
const IDS = Object.values(ITEMS).flatMap((items) => items.map(({ id }) => id));

/** All items but those of one kind, so that the document is short enough for a template. */
const allBut = (kind: keyof typeof ITEMS): string[] => IDS.filter((id) => !ITEMS[kind].some((item) => item.id === id));
const only = (kind: keyof typeof ITEMS): ReturnType<typeof phasesOf> => phasesOf(LinuxBaseline.cis({ excludedItems: allBut(kind) }), 'linux-cis');

test('the guide has a row for every item, and for no other', () => {
  const rows = [...readFileSync('docs/guides/hardening.md', 'utf8').matchAll(/^\| `(LIN-[A-Z]+-\d+)` \|/gm)].map(([, id]) => id);
  expect(rows).toEqual([...new Set(rows)]);
  expect([...rows].sort()).toEqual([...IDS, ...OPTIONAL].sort());
});

test('ids are unique', () => {
  expect(new Set(IDS).size).toBe(IDS.length);
});

test.each(Object.keys(ITEMS) as (keyof typeof ITEMS)[])('items of the kind %s are set and checked, each of them', (kind) => {
  const { build, validate, test: tests } = only(kind);
  expect(scriptsOf(build).length).toBeGreaterThan(0);
  // What the kernel was started with is known on an instance only.
  ITEMS[kind].forEach(({ id }) => expect(scriptsOf(kind === 'kernelArguments' ? tests : validate)).toMatch(new RegExp(`check ${id} `)));
  [build, validate, tests].flatMap((steps) => steps!).filter(({ action }) => action === 'ExecuteBash')
    .forEach(({ inputs }) => expect(spawnSync('bash', ['-n'], { input: inputs.commands.join('\n') }).status).toBe(0));
});

test('an item that is left out is neither set nor checked', () => {
  const { build, validate, test: tests } = phasesOf(LinuxBaseline.cis({ excludedItems: [...allBut('kernel'), 'LIN-NET-1'] }), 'linux-cis');
  [build, validate, tests].forEach((steps) => expect(scriptsOf(steps)).not.toContain('net.ipv4.ip_forward'));
  expect(scriptsOf(build)).toContain('setting exactly net.ipv4.tcp_syncookies 1');
});

test('the settings of the kernel are not applied to the build instance', () => {
  expect(scriptsOf(only('kernel').build)).not.toContain('sysctl -p');
});

/** Runs a script of a step after functions that stand for programs. */
const runAfter = (programs: string, script: string): ReturnType<typeof spawnSync> => spawnSync('bash', ['-s'], { input: `${programs}\n${script}`, encoding: 'utf8' });
const scriptOf = (steps: any[] | undefined, name: string): string => scriptsOf(steps!.filter((step) => step.name.startsWith(name)));

describe('arguments of the kernel', () => {
  let root: string;
  beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'grub-')); });
  afterEach(() => { rmSync(root, { recursive: true }); });
  const argumentsOn = (programs: string): ReturnType<typeof spawnSync> => {
    const script = scriptOf(only('kernelArguments').build, 'KernelArguments').replace(/\/(etc|boot)\//g, `${root}/$1/`);
    return runAfter(programs, script);
  };
  const updates = 'update-grub() { [ -d BOOT/grub ] || return 2; echo updated; }; install() { mkdir -p "$(dirname "${@: -1}")"; }';

  test('are handed to GRUB', () => {
    mkdirSync(join(root, 'boot/grub'), { recursive: true });
    expect(argumentsOn(updates.replace('BOOT', join(root, 'boot')))).toMatchObject({ status: 0, stdout: 'updated\n' });
    expect(readFileSync(join(root, 'etc/default/grub.d/zz-golden-images-cis.cfg'), 'utf8')).toContain('audit=1');
  });

  test('are left out where there are tools of GRUB without GRUB, of which update-grub would end the build', () => {
    expect(argumentsOn(updates.replace('BOOT', join(root, 'boot'))))
      .toMatchObject({ status: 0, stdout: 'left out, without a boot loader that is known here: audit=1\n' });
  });
});

describe('audit rules', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'audit-'));
    ['etc/audit/rules.d', 'var/log', 'etc/ssh', 'run'].forEach((folder) => mkdirSync(join(root, folder), { recursive: true }));
    writeFileSync(join(root, 'etc/audit/rules.d/audit.rules'), '-D\n-a never,task\n-w /etc/passwd -p wa -k identity\n');
  });
  afterEach(() => { rmSync(root, { recursive: true }); });
  const inRoot = (script: string): string => script.replace(/(^|[\s"=])\/(etc|var|run)(?=\/)/gm, `$1${root}/$2`);
  const written = (machine: string, immutable = false): string => {
    const component = LinuxBaseline.cis({ excludedItems: allBut('audit'), immutableAuditRules: immutable });
    const script = scriptOf(phasesOf(component, 'linux-cis').build, 'AuditRules');
    const known = { x86_64: 'chmod|clock_settime|unlink|fchmodat|mount', i386: 'chmod|chown32|stime|unlink|mount', aarch64: 'fchmodat|clock_settime|unlinkat|mount' };
    const cases = Object.entries(known).map(([each, calls]) => `${each}) case "$2" in ${calls}) return 0 ;; esac ;;`).join(' ');
    const programs = [
      `uname() { echo ${machine}; }`, `ausyscall() { case "$1" in ${cases} esac; return 1; }`,
      // Without the rights of root.
      'install() { command install "${@//root/$(id -un)}"; }',
    ].join('\n');
    expect(runAfter(programs, inRoot(script))).toMatchObject({ status: 0, stderr: '' });
    return readFileSync(join(root, 'etc/audit/rules.d/golden-images-cis.rules'), 'utf8');
  };

  test('are for both word sizes of x86, by the calls that its tables know', () => {
    const rules = written('x86_64');
    expect(rules).toContain('-a always,exit -F arch=b64 -S clock_settime -k LIN-AUD-1\n-a always,exit -F arch=b32 -S stime -k LIN-AUD-1\n');
    expect(rules).toMatch(/arch=b32 -S 452,chmod,chown32 -F auid>=1000 -F auid!=unset -k LIN-AUD-6$/m);
  });

  test('of another architecture name only what it has', () => {
    const rules = written('aarch64');
    expect(rules).not.toContain('b32');
    expect(rules).toMatch(/arch=b64 -S fchmodat,452 -F/);
    expect(rules).not.toMatch(/[, ]unlink[, ]/);
  });

  test('have keys of their own, watch what is there, and nothing suppresses them', () => {
    const rules = written('x86_64');
    expect(rules.split('\n').filter((line) => /^-[aw]/.test(line) && !/ -k LIN-AUD-\d+$/.test(line))).toEqual([]);
    expect(rules).not.toContain('/etc/apparmor.d/');
    expect(rules).not.toContain('-e 2');
    expect(readFileSync(join(root, 'etc/audit/rules.d/audit.rules'), 'utf8')).toContain('# -a never,task');
    expect(written('x86_64', true)).toMatch(/^-e 2$/m);
  });

  test.each([
    ['all are loaded', (rules: string) => rules, 'enabled 1', ''],
    ['loading ended early', (rules: string) => rules.split('\n').slice(0, 4).join('\n'), 'enabled 1', 'LIN-AUD-2 (0 of 4 rules are loaded)'],
    ['a rule suppresses them', (rules: string) => `${rules}-a never,task\n`, 'enabled 1', 'LIN-AUD-1 (-a never,task is loaded)'],
    ['the kernel records nothing', (rules: string) => rules, 'enabled 0', 'LIN-AUD-1 (the audit of the kernel is off)'],
  ])('are proven as the kernel has them: %s', (_case, loaded, state, message) => {
    const rules = written('x86_64');
    writeFileSync(join(root, 'loaded'), loaded(rules).replace(/^#.*\n/gm, '').replace(/ -k (\S+)$/gm, (text, key) => (key === 'LIN-AUD-5' ? ` -F key=${key}` : text)));
    const programs = `auditctl() { if [ "$1" = -l ]; then cat ${root}/loaded; else echo '${state}'; fi; }`;
    const { status, stderr } = runAfter(programs, inRoot(scriptsOf(only('audit').test)));
    expect([status, stderr]).toEqual(message === '' ? [0, ''] : [1, expect.stringContaining(message)]);
  });
});

test.each([
  ['atMost 4 3', '3'], ['atMost 4 6', '4'], ['atMost 60 0', '60'], ['atMost 365 -1', '365'], ['atMost 4 ""', '4'], ['atLeast 1 2', '2'], ['atLeast 14 8', '14'],
  ['mask 027 077', '077'], ['mask 027 022', '027'], ['mask 027 0022', '027'], ['exactly no yes', 'no'], ['startups 10:30:60 5:50:80', '5:50:60'],
  ['startups 10:30:60 10', '10:30:60'],
])('of two values the stricter one: %s', (call, value) => {
  const { stdout } = spawnSync('bash', ['-s'], { input: [...STRICTER, call].join('\n'), encoding: 'utf8' });
  expect(stdout).toBe(`${value}\n`);
});

test.each(['bash', 'dash'])('the time limit of shells may be read twice by %s, leaves a stricter one, and tightens a weaker one', (shell) => {
  const text = TEXTS.find(({ id }) => id === 'LIN-SHELL-1')!.text;
  const limit = (before: string): string => spawnSync(shell, ['-ec', `${before}\n${text}\n${text}\necho "$TMOUT"`], { encoding: 'utf8' }).stdout;
  expect(['', 'TMOUT=600', 'readonly TMOUT=600', 'TMOUT=3600', 'TMOUT=0'].map(limit)).toEqual(['900\n', '600\n', '600\n', '900\n', '900\n']);
});

test('the quality of passwords is asked of pwscore and of the stack of PAM', () => {
  const { validate } = only('passwords');
  expect(scriptsOf(validate)).toContain('pwscore');
  expect(scriptsOf(validate)).toContain('pam_pwquality');
});

test('sshd is asked with a kind of host key that FIPS allows', () => {
  expect(scriptsOf(only('ssh').validate)).toContain('ssh-keygen -q -t ecdsa');
});

test('an account that logs in by key is not asked for a new password', () => {
  expect(scriptsOf(only('logins').build)).toContain('no_pass_expiry');
});

test('sudo-rs gets no file for its log', () => {
  const script = scriptOf(only('texts').build, 'WriteFiles');
  expect(script).toMatch(/sudo --version 2>&1 \| grep -i sudo-rs[^]*sed -i '\/logfile=\/d' \/etc\/sudoers\.d\/golden-images/);
});

test('an item that is unknown, and nothing at all, are refused', () => {
  expect(() => phasesOf(LinuxBaseline.cis({ excludedItems: ['LIN-NET-99'] }), 'linux-cis')).toThrow("there is no hardening item 'LIN-NET-99'");
  expect(() => phasesOf(LinuxBaseline.cis({ excludedItems: IDS }), 'linux-cis')).toThrow('every hardening item is excluded');
});

describe('a check says which items are wrong, and what it found', () => {
  const run = (steps: any[], programs = ''): string =>
    spawnSync('bash', ['-s'], { input: `${programs}\n${steps[0].inputs.commands.join('\n')}`, encoding: 'utf8' }).stderr;
  const none = Object.fromEntries(Object.keys(ITEMS).map((kind) => [kind, []])) as unknown as typeof ITEMS;

  test('a file that gives too much', () => {
    const modes = [{ id: 'LIN-FILE-1', path: '/etc/passwd', mode: '600' }, { id: 'LIN-FILE-2', path: '/etc/passwd', mode: '644' }];
    expect(run(rendered(checkFiles({ ...none, modes })))).toBe('not as set: LIN-FILE-1 (/etc/passwd: root 644)\n');
  });

  test('a kernel with another value; what it does not have is no failure', () => {
    const kernel = ['Other', 'Linux'].map((value, index) => ({ id: `LIN-KERN-${index + 1}`, name: 'kernel.ostype', value, rule: 'exactly' as const }));
    kernel.push({ id: 'LIN-KERN-3', name: 'kernel.absent', value: '1', rule: 'exactly' });
    expect(run(rendered(checkEffective({ ...none, kernel })))).toBe('not as set: LIN-KERN-1 (/proc/sys/kernel/ostype: Linux)\n');
  });

  test('one interface of several', () => {
    const root = mkdtempSync(join(tmpdir(), 'proc-'));
    const write = (name: string, value: string): void => {
      mkdirSync(join(root, 'net/ipv4/conf', name), { recursive: true });
      writeFileSync(join(root, 'net/ipv4/conf', name, 'rp_filter'), value);
    };
    ['all', 'default', 'lo', 'eth0'].forEach((name) => { write(name, '1'); });
    const steps = rendered(checkEffective({ ...none, kernel: KERNEL.filter(({ name }) => name.endsWith('all.rp_filter')) }));
    steps[0].inputs.commands = steps[0].inputs.commands.map((line: string) => line.replaceAll('/proc/sys', root));
    expect(run(steps)).toBe('');
    write('eth0', '2');
    expect(run(steps)).toBe(`not as set: LIN-NET-11 (${root}/net/ipv4/conf/eth0/rp_filter: 2)\n`);
    rmSync(root, { recursive: true });
  });

  test.each([
    ['the service', 'ssh.service', 'bob@127.0.0.1: Permission denied (publickey).', ''],
    ['the socket alone', 'ssh.socket', 'Permission denied (publickey,password).', 'not as set: LIN-SSH-2 (Permission denied (publickey,password).)\n'],
    ['nothing that answers', 'sshd.service', 'Connection refused', 'not as set: LIN-SSH-2 (Connection refused)\n'],
    ['no sshd', 'cron.service', 'Connection refused', ''],
  ])('a login that is refused: %s', (_, unit, answer, wrong) => {
    const programs = [
      `systemctl() { [ "$3" = ${unit} ]; }`, 'command() { case "$2" in ssh | sshd) echo "$2" ;; *) return 1 ;; esac; }', 'ssh-keygen() { :; }', 'mkdir() { :; }',
      "sshd() { printf 'port 22\\npasswordauthentication no\\n'; }", `ssh() { echo '${answer}'; return 255; }`,
    ].join('\n');
    const steps = rendered(checkEffective({ ...none, ssh: SSH.filter(({ name }) => name === 'PasswordAuthentication') }));
    expect(run(steps, programs)).toBe(wrong);
  });

  test('sshd, where a block for some lets in by password; a stricter parent is no failure', () => {
    const sshd = (settings: string): string => ['command() { [ "$2" = sshd ] && echo sshd; }', 'ssh-keygen() { :; }', 'mkdir() { :; }', `sshd() { ${settings}; }`].join('\n');
    const ssh = SSH.filter(({ name }) => ['PasswordAuthentication', 'MaxAuthTries'].includes(name));
    const steps = rendered(checkFiles({ ...none, ssh }));
    steps[0].inputs.commands = steps[0].inputs.commands.map((line: string) => line
      .replace('cat /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf 2>/dev/null', 'echo "Match User bob Address 10.0.0.0/8"'));
    expect(run(steps, sshd("printf 'passwordauthentication no\\nmaxauthtries 3\\n'"))).toBe('');
    const block = 'if [ "${4:-}" = -C ]; then echo passwordauthentication yes; else echo passwordauthentication no; fi; echo maxauthtries 4';
    expect(run(steps, sshd(block))).toContain('LIN-SSH-2 (passwordauthentication yes for user=bob,host=a.example,addr=10.0.0.0,');
  });
});
