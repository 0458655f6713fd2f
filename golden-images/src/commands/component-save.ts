import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { UsageError } from './option';
import { rootKind } from '../components/qemu';

/** Refuses to keep a disk where none is made, and where something lies already: the root above all. Throws `UsageError`. */
export function refuseSave(root: string, save: string): void {
  const kind = rootKind(root);
  if (kind === 'disk') throw new UsageError('--save keeps the disk that is made of a folder or archive; a disk is changed in place; copy it before');
  if (!statSync(dirname(save), { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`--save ${save}: there is no folder ${dirname(save)}`);
  const [from, to] = [realpathSync(root), realPath(save)];
  if (to === from) throw new UsageError('--save is the root itself: name another file');
  if (lstatSync(save, { throwIfNoEntry: false })) throw new UsageError(`${save} is there already: name another file with --save, or remove it`);
  if (kind === 'folder' && to.startsWith(join(from, sep))) throw new UsageError('--save lies in the root, of which the disk is made: name a file outside of it');
}

/** Also of a file that is not there yet. */
const realPath = (file: string): string => (existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file)));
