import { existsSync, realpathSync, statSync } from 'node:fs';
import { onPath } from '../linux/on-path';
import { requireRootFileSystem } from '../linux/root';
import { MachineUnusable } from '../machine';

/** The root as an absolute path without links, or why nothing can be run in it. */
export function requireRoot(folder: string): string {
  if (process.platform !== 'linux') throw new MachineUnusable('a root can be run in on Linux only: use --dry-run here');
  if (process.getuid?.() !== 0) throw new MachineUnusable('a run in a root needs the rights of root: use sudo, or --dry-run');
  const missing = ['unshare', 'nsenter', 'chroot', 'mount', 'bash'].filter((each) => !onPath(each));
  if (missing.length > 0) throw new MachineUnusable(`this machine lacks ${missing.join(', ')}: install util-linux`);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new MachineUnusable(`there is no folder ${folder}`);
  const root = realpathSync(folder);
  const [host, inside] = [statSync('/'), statSync(root)];
  if (host.dev === inside.dev && host.ino === inside.ino) throw new MachineUnusable(`${folder} is the root of this machine, which is never changed: give a copy`);
  requireRootFileSystem(root);
  return root;
}
