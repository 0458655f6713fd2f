import { existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Something that a run in a root needs is missing; says what would help. */
export class RootUnusable extends Error {}

/** The root as an absolute path without links, or why nothing can be run in it. */
export function requireRoot(folder: string): string {
  if (process.platform !== 'linux') throw new RootUnusable('a root can be run in on Linux only: use --dry-run here');
  if (process.getuid?.() !== 0) throw new RootUnusable('a run in a root needs the rights of root: use sudo, or --dry-run');
  const missing = ['unshare', 'nsenter', 'chroot', 'mount', 'bash'].filter((each) => !onPath(each));
  if (missing.length > 0) throw new RootUnusable(`this machine lacks ${missing.join(', ')}: install util-linux`);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new RootUnusable(`there is no folder ${folder}`);
  const root = realpathSync(folder);
  const [host, inside] = [statSync('/'), statSync(root)];
  if (host.dev === inside.dev && host.ino === inside.ino) throw new RootUnusable(`${folder} is the root of this machine, which is never changed: give a copy`);
  if (!['bin/sh', 'usr/bin/sh'].some((each) => statSync(join(root, each), { throwIfNoEntry: false }) !== undefined)) {
    throw new RootUnusable(`${folder} holds no root file system: it has no bin/sh; make one with debootstrap, say`);
  }
  return root;
}

const onPath = (program: string): boolean => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
