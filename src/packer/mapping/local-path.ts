import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Part } from './part';
import type { Position } from '../template/model';

/** A file of the template's author: beside the template, else where the app is run, which is where Packer would look. */
export function localPath(path: string, at: Position, part: Part): string | undefined {
  const candidates = [resolve(dirname(at.file), path), resolve(path)];
  const found = path === '' || path.includes('\0') ? undefined : candidates.find((candidate) => existsSync(candidate));
  return found ?? part.refuse(at, `there is no file "${path}"`, 'correct the path; a relative one starts beside the template, or where the app is run');
}
