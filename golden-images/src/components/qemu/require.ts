import { accessSync, constants, readFileSync } from 'node:fs';
import { onPath } from '../linux/on-path';
import { MachineUnusable } from '../machine';

const PROGRAMS: Readonly<Record<string, string>> = {
  'qemu-system-x86_64': 'qemu-system-x86', 'mke2fs': 'e2fsprogs', 'debugfs': 'e2fsprogs', 'setpriv': 'util-linux', 'mkfifo': 'coreutils',
};

/** What a booted machine needs, or which packages would help. */
export function requireQemu(): void {
  if (process.platform !== 'linux') throw new MachineUnusable('a disk can be booted on Linux only: use --dry-run here');
  const missing = Object.keys(PROGRAMS).filter((each) => !onPath(each));
  if (missing.length === 0) return;
  throw new MachineUnusable(`this machine lacks ${missing.join(', ')}: install ${[...new Set(missing.map((each) => PROGRAMS[each]))].join(', ')}`);
}

/**
 * Whether the processor can run guests: the device may be there without that, as in some virtual machines, and then a guest hangs for ever.
 */
export const canUseKvm = (processor = readFileSync('/proc/cpuinfo', 'latin1'), device = deviceUsable()): boolean =>
  device && /^flags\s*:.*\b(vmx|svm)\b/m.test(processor);

function deviceUsable(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK + constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
