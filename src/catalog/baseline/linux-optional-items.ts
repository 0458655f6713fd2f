import { named, type NamedSetting } from './linux-cis-items';

/** A mount point and what is forbidden there. */
export interface MountItem {
  readonly id: string;
  readonly path: string;
  readonly options: string[];
}

export const MOUNTS: MountItem[] = [
  { id: 'LIN-MNT-1', path: '/dev/shm', options: ['nodev', 'nosuid', 'noexec'] },
  { id: 'LIN-MNT-2', path: '/tmp', options: ['nodev', 'nosuid'] },
  { id: 'LIN-MNT-3', path: '/tmp', options: ['noexec'] },
];

/** faillock.conf(5). */
export const LOCKOUT: NamedSetting[] = named('LOCK', { deny: ['atMost', '5'], unlock_time: ['lockTime', '900'] });

/** auditd.conf(5): megabytes, files, what happens when the disk gets full, and when the log cannot be written. */
export const AUDIT_DAEMON: NamedSetting[] = named('AUDD', {
  max_log_file: ['atLeast', '32'],
  num_logs: ['atLeast', '5'],
  space_left_action: ['action', 'syslog'],
  admin_space_left_action: ['action', 'suspend'],
  disk_full_action: ['action', 'halt'],
  disk_error_action: ['action', 'halt'],
});

export const INTEGRITY = [{ id: 'LIN-AIDE-1' }];
