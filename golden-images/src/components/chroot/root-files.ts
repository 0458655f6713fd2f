import { createHash } from 'node:crypto';
import {
  accessSync, constants,
  chmodSync, closeSync, cpSync, existsSync, lchownSync, lstatSync, mkdirSync, openSync, readdirSync,
  readFileSync, readSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { userIn, groupIn } from './accounts';
import { pathInRoot } from './root-path';
import type { HashAlgorithm } from '../condition';
import type { LinuxFiles } from '../linux';
import { placesOf } from '../linux/environment';
import { requireOctal } from '../linux/permissions';

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Files of a root file system. */
export class RootFiles implements LinuxFiles {
  constructor(private readonly base: () => string) {}

  /** The path as this machine sees it. */
  at(path: string, followLast = true): string {
    return pathInRoot(this.base(), path, followLast);
  }

  kind(path: string): 'file' | 'folder' | undefined {
    const found = statSync(this.at(path), { throwIfNoEntry: false });
    return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
  }

  isLink(path: string): boolean {
    return lstatSync(this.at(path, false), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  }

  read(path: string): Buffer {
    return readFileSync(this.at(path));
  }

  write(path: string, content: Buffer): void {
    writeFileSync(this.at(path), content, { mode: 0o666 });
  }

  names(folder: string): string[] {
    return readdirSync(this.at(folder)).sort();
  }

  makeFolder(path: string): void {
    mkdirSync(this.at(path), { recursive: true });
  }

  remove(path: string): void {
    rmSync(this.at(path, false), { recursive: true });
  }

  copy(source: string, destination: string): void {
    cpSync(this.at(source), this.at(destination), { recursive: true, verbatimSymlinks: true, preserveTimestamps: false });
  }

  move(source: string, destination: string): void {
    // Another mount may be between them, such as /tmp: rename cannot cross it.
    cpSync(this.at(source, false), this.at(destination), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    this.remove(source);
  }

  link(path: string, target: string): void {
    symlinkSync(target, this.at(path, false));
  }

  own(path: string, owner: string | undefined, group: string | undefined, recursive: boolean): void {
    const user = owner === undefined ? undefined : userIn(this.file('/etc/passwd'), owner);
    const gid = group === undefined ? user?.group : groupIn(this.file('/etc/group'), group);
    this.each(this.at(path), recursive, (each) => {
      const { uid, gid: before } = lstatSync(each);
      lchownSync(each, user?.id ?? uid, gid ?? before);
    });
  }

  permit(path: string, permissions: string, recursive: boolean): void {
    requireOctal(permissions);
    this.each(this.at(path), recursive, (each) => {
      if (!lstatSync(each).isSymbolicLink()) chmodSync(each, Number.parseInt(permissions, 8));
    });
  }

  hash(path: string, algorithm: HashAlgorithm): string {
    const hash = createHash(algorithm.toLowerCase());
    const file = openSync(this.at(path), 'r');
    const part = Buffer.alloc(1024 * 1024);
    for (let length = readSync(file, part); length > 0; length = readSync(file, part)) {
      hash.update(part.subarray(0, length));
    }
    closeSync(file);
    return hash.digest('hex');
  }

  binary(name: string): boolean {
    return this.program(name) !== undefined;
  }

  program(name: string): string | undefined {
    return placesOf(name).find((each) => {
      const found = statSync(this.at(each), { throwIfNoEntry: false });
      return found !== undefined && found.isFile() && executable(this.at(each));
    });
  }

  private file(path: string): string {
    return existsSync(this.at(path)) ? this.read(path).toString() : '';
  }

  private each(at: string, recursive: boolean, work: (path: string) => void): void {
    work(at);
    if (recursive && lstatSync(at).isDirectory()) readdirSync(at).forEach((name) => this.each(`${at}/${name}`, true, work));
  }
}
