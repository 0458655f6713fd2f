import { lstatSync, readlinkSync } from 'node:fs';

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/**
 * Where a path inside a root lies on this machine. Links are followed as the root's own programs would follow them, so that none leads
 * out of it. The last part is followed only when asked for.
 */
export function pathInRoot(base: string, path: string, followLast = true): string {
  const at: string[] = [];
  let rest = path.split('/');
  for (let links = 0; rest.length > 0;) {
    const part = rest.shift()!;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      at.pop();
      continue;
    }
    const full = [base, ...at, part].join('/');
    const target = followLast || rest.some((each) => each !== '') ? linkOf(full) : undefined;
    if (target === undefined) {
      at.push(part);
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) throw Object.assign(new Error(`too many links: ${path}`), { code: 'ELOOP' });
    if (target.startsWith('/')) at.length = 0;
    rest = [...target.split('/'), ...rest];
  }
  return [base, ...at].join('/');
}

function linkOf(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
}
