import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bootPlan, type BootPlan } from './boot-plan';
import { tool } from './tool';
import { requireRootFileSystem } from '../linux/root';
import { MachineUnusable } from '../machine';

/** What `--root` may be. */
export type RootKind = 'disk' | 'folder' | 'archive';

/** "magic signature, 0xEF53" of ext4's super block, 1,024 bytes from the start (kernel documentation, "ext4 Data Structures"). */
const MAGIC = { offset: 1024 + 0x38, value: 0xef53 } as const;

/** By what it holds, not by its name. A disk is one file system of ext4 without partitions. */
export function rootKind(path: string): RootKind {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new MachineUnusable(`there is no ${path}`);
  if (found.isDirectory()) return 'folder';
  const head = Buffer.alloc(2048);
  const file = openSync(path, 'r');
  readSync(file, head);
  closeSync(file);
  if (head.readUInt16LE(MAGIC.offset) === MAGIC.value) return 'disk';
  if (head.toString('latin1', 257, 262) === 'ustar' || /\.t(ar|gz|xz)|\.tar\.\w+$/.test(path)) return 'archive';
  throw new MachineUnusable(`${path} is no folder, no archive of tar and no disk: expected one file system of ext4 without partitions`);
}

/** Room for what a build adds. The file is sparse: it takes the space that is used. */
const ROOM_MIB = 6144;

/** Makes a disk of a folder with a root file system. */
export function diskFromFolder(folder: string, disk: string): void {
  requireRootFileSystem(folder);
  const used = Number(tool('du', ['-sm', folder]).split('\t')[0]);
  rmSync(disk, { force: true });
  tool('mke2fs', ['-q', '-F', '-t', 'ext4', '-m', '0', '-L', 'root', '-d', folder, disk, `${used + ROOM_MIB}M`]);
}

/** The same of an archive; unpacked on the way, since only newer versions of mke2fs read one. */
export function diskFromArchive(archive: string, disk: string, scratch: string): void {
  if (process.getuid?.() !== 0) throw new MachineUnusable('owners in an archive are kept only with the rights of root: use sudo, or give a disk');
  const folder = join(scratch, 'root');
  mkdirSync(folder);
  tool('tar', ['--extract', '--file', archive, '--directory', folder, '--numeric-owner', '--xattrs', '--xattrs-include=*']);
  diskFromFolder(folder, disk);
  rmSync(folder, { recursive: true });
}

/** A copy that shares what can be shared, and leaves holes where there is nothing. */
export const copyDisk = (disk: string, copy: string): void => {
  tool('cp', ['--sparse=always', '--reflink=auto', disk, copy]);
};

/** Takes kernel and initrd out of the disk. Returns the arguments that the kernel gets. */
export function takeKernel(disk: string, folder: string): BootPlan & { readonly initrdContent: Buffer } {
  const names = tool('debugfs', ['-R', 'ls -p /boot', disk]).split('\n').map((line) => line.split('/')[5] ?? '');
  const config = join(folder, 'grub.cfg');
  rmSync(config, { force: true });
  dump(disk, '/boot/grub/grub.cfg', config);
  const plan = bootPlan(statSync(config, { throwIfNoEntry: false }) ? readFileSync(config, 'utf8') : undefined, names);
  if (plan === undefined) throw new MachineUnusable('the root has no kernel with an initrd in /boot: install linux-image-amd64, say');
  dump(disk, plan.kernel, join(folder, 'kernel'));
  dump(disk, plan.initrd, join(folder, 'initrd'));
  return { ...plan, initrdContent: readFileSync(join(folder, 'initrd')) };
}

function dump(disk: string, path: string, file: string): void {
  tool('debugfs', ['-R', `dump ${path} ${file}`, disk]);
}
