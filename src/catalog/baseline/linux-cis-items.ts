/** How a value is held to ours: the functions of `STRICTER`. */
export type Rule = 'exactly' | 'atMost' | 'atLeast' | 'mask' | 'startups' | 'action' | 'lockTime';

/** A setting by its name. What the parent has stays where it is stricter. */
export interface NamedSetting {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly rule: Rule;
}

/** A kernel module that cannot be loaded. */
export interface BlockedModule {
  readonly id: string;
  readonly module: string;
}

/** A file that belongs to root and gives nobody more than this. */
export interface FileMode {
  readonly id: string;
  readonly path: string;
  readonly mode: string;
}

/** A file with its whole text. */
export interface FileText {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** Units that do not start. */
export interface UnitsOff {
  readonly id: string;
  readonly units: string[];
}

/** An argument of the kernel. */
export interface KernelArgument {
  readonly id: string;
  readonly argument: string;
}

const most = (value: string): [Rule, string] => ['atMost', value];
const least = (value: string): [Rule, string] => ['atLeast', value];

/** Settings of a group, numbered. */
export const named = (group: string, settings: Record<string, string | [Rule, string]>): NamedSetting[] =>
  Object.entries(settings).map(([name, setting], index) => {
    const [rule, value] = typeof setting === 'string' ? ['exactly' as const, setting] : setting;
    return { id: `LIN-${group}-${index + 1}`, name, value, rule };
  });

/** What each item is for stands in docs/guides/hardening.md, by its id. New items go to the end, so that ids stay. */
export const KERNEL: NamedSetting[] = [
  ...named('NET', {
    'net.ipv4.ip_forward': '0',
    'net.ipv4.conf.all.send_redirects': '0',
    'net.ipv4.conf.default.send_redirects': '0',
    'net.ipv4.conf.all.accept_redirects': '0',
    'net.ipv4.conf.default.accept_redirects': '0',
    'net.ipv4.conf.all.secure_redirects': '0',
    'net.ipv4.conf.default.secure_redirects': '0',
    'net.ipv4.conf.all.accept_source_route': '0',
    'net.ipv4.conf.default.accept_source_route': '0',
    'net.ipv4.conf.all.log_martians': '1',
    'net.ipv4.conf.all.rp_filter': '1',
    'net.ipv4.conf.default.rp_filter': '1',
    'net.ipv4.icmp_echo_ignore_broadcasts': '1',
    'net.ipv4.icmp_ignore_bogus_error_responses': '1',
    'net.ipv4.tcp_syncookies': '1',
    'net.ipv6.conf.all.accept_redirects': '0',
    'net.ipv6.conf.default.accept_redirects': '0',
    'net.ipv6.conf.all.accept_source_route': '0',
    'net.ipv6.conf.default.accept_source_route': '0',
    'net.ipv6.conf.all.forwarding': '0',
    'net.ipv4.conf.default.log_martians': '1',
  }),
  ...named('KERN', {
    'kernel.randomize_va_space': '2',
    'kernel.dmesg_restrict': '1',
    'kernel.kptr_restrict': least('1'),
    'kernel.yama.ptrace_scope': least('1'),
    'kernel.unprivileged_bpf_disabled': '1',
    'fs.suid_dumpable': '0',
    'fs.protected_hardlinks': '1',
    'fs.protected_symlinks': '1',
    'fs.protected_fifos': '2',
    'fs.protected_regular': '2',
    'kernel.perf_event_paranoid': least('2'),
    'kernel.kexec_load_disabled': '1',
    'kernel.sysrq': '0',
  }),
];

export const MODULES: BlockedModule[] = ['cramfs', 'freevxfs', 'hfs', 'hfsplus', 'jffs2', 'usb-storage', 'dccp', 'sctp', 'rds', 'tipc']
  .map((module, index) => ({ id: `LIN-MOD-${index + 1}`, module }));

/** Values as `sshd -T` prints them. Ciphers are left to the policy of the distribution. */
export const SSH: NamedSetting[] = named('SSH', {
  PermitRootLogin: 'no',
  PasswordAuthentication: 'no',
  PermitEmptyPasswords: 'no',
  HostbasedAuthentication: 'no',
  IgnoreRhosts: 'yes',
  PermitUserEnvironment: 'no',
  X11Forwarding: 'no',
  AllowTcpForwarding: 'no',
  MaxAuthTries: most('4'),
  MaxSessions: most('10'),
  MaxStartups: ['startups', '10:30:60'],
  LoginGraceTime: most('60'),
  ClientAliveInterval: most('300'),
  ClientAliveCountMax: most('3'),
  LogLevel: 'VERBOSE',
  KbdInteractiveAuthentication: 'no',
  DisableForwarding: 'yes',
  GSSAPIAuthentication: 'no',
});

/** /etc/login.defs. */
export const LOGINS: NamedSetting[] = named('ACC', {
  PASS_MAX_DAYS: most('365'),
  PASS_MIN_DAYS: least('1'),
  PASS_WARN_AGE: least('7'),
  UMASK: ['mask', '027'],
});

/** pwquality.conf(5). */
export const PASSWORDS: NamedSetting[] = named('PWD', {
  minlen: least('14'),
  minclass: least('4'),
  maxrepeat: most('3'),
  maxsequence: most('3'),
  dictcheck: least('1'),
  enforce_for_root: '1',
});

export const MODES: FileMode[] = [
  ['/etc/passwd', '644'], ['/etc/group', '644'], ['/etc/shadow', '640'], ['/etc/gshadow', '640'], ['/etc/ssh/sshd_config', '600'],
  ['/etc/crontab', '600'], ['/etc/cron.hourly', '700'], ['/etc/cron.daily', '700'], ['/etc/cron.weekly', '700'], ['/etc/cron.monthly', '700'],
  ['/etc/cron.d', '700'],
].map(([path, mode], index) => ({ id: `LIN-FILE-${index + 1}`, path: path!, mode: mode! }));

const TIMEOUT = [
  '# Ends idle shells after 15 minutes, or sooner where the system says so. May be read twice, and by any shell.',
  'if [ "${TMOUT:-0}" -lt 1 ] 2>/dev/null || [ "${TMOUT:-0}" -gt 900 ] 2>/dev/null; then',
  '  if (TMOUT=900) 2>/dev/null; then TMOUT=900; fi',
  'fi',
  'readonly TMOUT',
  'export TMOUT',
  '',
].join('\n');

export const TEXTS: FileText[] = [
  { id: 'LIN-CORE-1', path: '/etc/security/limits.d/golden-images.conf', text: '* hard core 0\n' },
  { id: 'LIN-CORE-2', path: '/etc/systemd/coredump.conf.d/golden-images.conf', text: '[Coredump]\nStorage=none\nProcessSizeMax=0\n' },
  // Last of their folder: what comes before may be stricter.
  { id: 'LIN-SHELL-1', path: '/etc/profile.d/zz-golden-images-timeout.sh', text: TIMEOUT },
  { id: 'LIN-SHELL-2', path: '/etc/profile.d/zz-golden-images-umask.sh', text: 'umask "$(printf \'%03o\' "$(( 0$(umask) | 027 ))")"\n' },
  { id: 'LIN-SUDO-1', path: '/etc/sudoers.d/golden-images', text: 'Defaults use_pty\nDefaults logfile="/var/log/sudo.log"\n' },
  { id: 'LIN-LOG-1', path: '/etc/systemd/journald.conf.d/zz-golden-images.conf', text: '[Journal]\nStorage=persistent\nCompress=yes\nSystemMaxUse=1G\n' },
];

/** An immutable image changes by a new image, which is tested. */
export const UNITS_OFF: UnitsOff[] = [{
  id: 'LIN-UPD-1',
  units: [
    'apt-daily.timer', 'apt-daily-upgrade.timer', 'unattended-upgrades.service', 'dnf-automatic.timer', 'dnf-automatic-install.timer',
    'dnf-automatic-download.timer', 'dnf5-automatic.timer',
  ],
}];

export const ARGUMENTS: KernelArgument[] = [{ id: 'LIN-BOOT-1', argument: 'audit=1' }];

/** Lines of the PAM stacks. */
export const PAM = [{ id: 'LIN-SU-1' }];
