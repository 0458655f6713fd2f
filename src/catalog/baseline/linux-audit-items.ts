/** System calls with the fields of a rule: those that the instance's table knows, for each of its word sizes. */
export interface AuditedCalls {
  readonly calls: string[];
  readonly fields?: string;
}

/** Rules of the audit daemon. The key of each is the item's id, so that none is the same as a rule of the parent: that ends their loading. */
export interface AuditRules {
  readonly id: string;
  readonly calls?: AuditedCalls[];
  readonly watches?: string[];
}

const USERS = '-F auid>=1000 -F auid!=unset';
const OPENING = ['creat', 'open', 'openat', 'openat2', 'open_by_handle_at', 'truncate', 'truncate64', 'ftruncate', 'ftruncate64'];

/** fchmodat2 by its number, which is the same everywhere: kernels have it (6.6) before the tables of audit do. */
const FCHMODAT2 = '452';

/** What each item is for stands in docs/guides/hardening.md, by its id. Names of calls that one architecture alone has are left out on others. */
export const AUDIT: AuditRules[] = [
  { calls: [{ calls: ['adjtimex', 'settimeofday', 'clock_settime', 'clock_settime64', 'stime'] }], watches: ['/etc/localtime'] },
  { watches: ['/etc/passwd', '/etc/group', '/etc/shadow', '/etc/gshadow'] },
  { watches: ['/etc/sudoers', '/etc/sudoers.d'] },
  { calls: [{ calls: ['sethostname', 'setdomainname'] }], watches: ['/etc/hosts'] },
  { calls: [{ calls: ['init_module', 'finit_module', 'delete_module'] }] },
  {
    calls: [{
      calls: ['fchmod', 'fchmodat', FCHMODAT2, 'fchown', 'fchown32', 'fchownat', 'chmod', 'chown', 'chown32', 'lchown', 'lchown32'],
      fields: USERS,
    }],
  },
  { calls: [{ calls: ['unlinkat', 'renameat', 'renameat2', 'unlink', 'rename'], fields: USERS }] },
  { calls: [{ calls: ['mount', 'umount', 'umount2'], fields: USERS }] },
  { watches: ['/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d'] },
  { calls: [{ calls: ['execve', 'execveat'], fields: '-C euid!=uid -F auid!=unset' }] },
  { calls: ['EACCES', 'EPERM'].map((error) => ({ calls: OPENING, fields: `-F exit=-${error} ${USERS}` })) },
  { calls: [{ calls: ['setxattr', 'lsetxattr', 'fsetxattr', 'removexattr', 'lremovexattr', 'fremovexattr'], fields: USERS }] },
  { watches: ['/run/utmp', '/var/log/wtmp', '/var/log/btmp', '/var/log/lastlog', '/run/faillock'] },
  { watches: ['/etc/selinux', '/etc/apparmor', '/etc/apparmor.d'] },
].map((rules, index) => ({ id: `LIN-AUD-${index + 1}`, ...rules }));
