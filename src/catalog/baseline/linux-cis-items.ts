/** A setting by its name. */
export interface NamedSetting {
  readonly id: string;
  readonly name: string;
  readonly value: string;
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

/** Rules of the audit daemon; `x86` are those with system calls that other architectures never had. */
export interface AuditRules {
  readonly id: string;
  readonly rules: string[];
  readonly x86?: string[];
}

const named = (group: string, settings: Record<string, string>): NamedSetting[] =>
  Object.entries(settings).map(([name, value], index) => ({ id: `LIN-${group}-${index + 1}`, name, value }));

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
  }),
  ...named('KERN', {
    'kernel.randomize_va_space': '2',
    'kernel.dmesg_restrict': '1',
    'kernel.kptr_restrict': '1',
    'kernel.yama.ptrace_scope': '1',
    'kernel.unprivileged_bpf_disabled': '1',
    'fs.suid_dumpable': '0',
    'fs.protected_hardlinks': '1',
    'fs.protected_symlinks': '1',
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
  MaxAuthTries: '4',
  MaxSessions: '10',
  MaxStartups: '10:30:60',
  LoginGraceTime: '60',
  ClientAliveInterval: '300',
  ClientAliveCountMax: '3',
  LogLevel: 'VERBOSE',
});

/** /etc/login.defs. */
export const LOGINS: NamedSetting[] = named('ACC', { PASS_MAX_DAYS: '365', PASS_MIN_DAYS: '1', PASS_WARN_AGE: '7', UMASK: '027' });

/** pwquality.conf(5). */
export const PASSWORDS: NamedSetting[] = named('PWD', {
  minlen: '14',
  minclass: '4',
  maxrepeat: '3',
  maxsequence: '3',
  dictcheck: '1',
  enforce_for_root: '1',
});

export const MODES: FileMode[] = [
  ['/etc/passwd', '644'], ['/etc/group', '644'], ['/etc/shadow', '640'], ['/etc/gshadow', '640'], ['/etc/ssh/sshd_config', '600'],
  ['/etc/crontab', '600'], ['/etc/cron.hourly', '700'], ['/etc/cron.daily', '700'], ['/etc/cron.weekly', '700'], ['/etc/cron.monthly', '700'],
  ['/etc/cron.d', '700'],
].map(([path, mode], index) => ({ id: `LIN-FILE-${index + 1}`, path: path!, mode: mode! }));

export const TEXTS: FileText[] = [
  { id: 'LIN-CORE-1', path: '/etc/security/limits.d/golden-images.conf', text: '* hard core 0\n' },
  { id: 'LIN-CORE-2', path: '/etc/systemd/coredump.conf.d/golden-images.conf', text: '[Coredump]\nStorage=none\nProcessSizeMax=0\n' },
  { id: 'LIN-SHELL-1', path: '/etc/profile.d/golden-images-timeout.sh', text: 'readonly TMOUT=900\nexport TMOUT\n' },
  { id: 'LIN-SHELL-2', path: '/etc/profile.d/golden-images-umask.sh', text: 'umask 027\n' },
  { id: 'LIN-SUDO-1', path: '/etc/sudoers.d/golden-images', text: 'Defaults use_pty\nDefaults logfile="/var/log/sudo.log"\n' },
];

const call = (calls: string, key: string, filter = ''): string => `-a always,exit -F arch=b64 -S ${calls}${filter} -k ${key}`;
const watch = (key: string, ...paths: string[]): string[] => paths.map((path) => `-w ${path} -p wa -k ${key}`);
const USERS = ' -F auid>=1000 -F auid!=unset';

export const AUDIT: AuditRules[] = [
  { id: 'LIN-AUD-1', rules: [call('adjtimex,settimeofday,clock_settime', 'time'), ...watch('time', '/etc/localtime')] },
  { id: 'LIN-AUD-2', rules: watch('identity', '/etc/passwd', '/etc/group', '/etc/shadow', '/etc/gshadow') },
  { id: 'LIN-AUD-3', rules: watch('sudo', '/etc/sudoers', '/etc/sudoers.d') },
  { id: 'LIN-AUD-4', rules: [call('sethostname,setdomainname', 'network'), ...watch('network', '/etc/hosts')] },
  { id: 'LIN-AUD-5', rules: [call('init_module,finit_module,delete_module', 'modules')] },
  { id: 'LIN-AUD-6', rules: [call('fchmod,fchmodat,fchown,fchownat', 'permissions', USERS)], x86: [call('chmod,chown,lchown', 'permissions', USERS)] },
  { id: 'LIN-AUD-7', rules: [call('unlinkat,renameat,renameat2', 'deletions', USERS)], x86: [call('unlink,rename', 'deletions', USERS)] },
  { id: 'LIN-AUD-8', rules: [call('mount,umount2', 'mounts', USERS)] },
  { id: 'LIN-AUD-9', rules: watch('sshd', '/etc/ssh/sshd_config') },
];
