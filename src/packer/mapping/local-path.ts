import { existsSync } from 'node:fs';
import type { Part } from './part';
import type { Position } from '../template/model';

const FIX = 'correct the path; a relative one starts where Packer is run (`workingDirectory`, or --cwd), else beside the template, or where the app is run';

/** A file of the template's author. */
export function localPath(path: string, at: Position, part: Part): string | undefined {
  const candidates = path === '' || path.includes('\0') ? [] : part.pathsOf(path, at).filter((candidate) => existsSync(candidate));
  const [found, other] = new Set(candidates);
  if (other !== undefined) {
    part.warn(at, `"${path}" is beside the template and where the app is run, and the first is taken: Packer takes the one where it is run, which \`workingDirectory\` says, or --cwd`);
  }
  return found ?? part.refuse(at, `there is no file "${path}"`, FIX);
}
