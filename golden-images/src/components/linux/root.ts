import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MachineUnusable } from '../machine';

/** Refuses a folder in which no Linux lies. */
export function requireRootFileSystem(folder: string): void {
  if (['bin/sh', 'usr/bin/sh'].some((each) => statSync(join(folder, each), { throwIfNoEntry: false }) !== undefined)) return;
  throw new MachineUnusable(`${folder} holds no root file system: it has no bin/sh; make one with debootstrap, say`);
}
