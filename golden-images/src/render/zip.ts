import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { zipSync, type Zippable } from 'fflate';

/** The same folder gives the same archive. */
const MOMENT = new Date(1980, 0, 2);

/** Kind of system in the archive that keeps permissions: Unix. */
const UNIX = 3;

/** A folder as an archive, as `cdk deploy` would make it: with the permissions of its files, links followed. */
export function zipOf(folder: string): Uint8Array {
  const entries: Zippable = {};
  const add = (at: string, prefix: string): void => readdirSync(at).sort().forEach((name) => {
    const path = join(at, name);
    const status = statSync(path);
    if (status.isDirectory()) add(path, posix.join(prefix, name));
    else entries[posix.join(prefix, name)] = [readFileSync(path), { mtime: MOMENT, os: UNIX, attrs: status.mode * 0x10000 }];
  });
  add(folder, '');
  return zipSync(entries);
}
