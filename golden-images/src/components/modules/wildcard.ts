import type { Machine, Paths } from '../machine';

/** What a path with `*` in its last part stands for: entries of one kind, in order. */
export function expand(path: string, kind: 'file' | 'folder', { files }: Machine, { dirname, basename, join }: Paths): string[] {
  const pattern = basename(path);
  if (!pattern.includes('*')) {
    return files.kind(path) === kind || (kind === 'file' && files.isLink(path)) ? [path] : [];
  }
  const folder = dirname(path);
  if (files.kind(folder) !== 'folder') {
    return [];
  }
  return files.names(folder).filter(matcher(pattern)).map((name) => join(folder, name)).filter((each) => files.kind(each) === kind);
}

/** Tells names that a pattern with `*` stands for. */
export function matcher(pattern: string): (name: string) => boolean {
  const expression = new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
  return (name) => expression.test(name);
}
