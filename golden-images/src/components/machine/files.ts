import type { HashAlgorithm } from '../condition/evaluate';

/** Files of a machine, by the paths that a document writes. What cannot be done throws with the reason. */
export interface Files {
  /** What is there, following links. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** Whether the path itself is a symbolic link. */
  isLink(path: string): boolean;
  read(path: string): Buffer;
  /** Writes a file into a folder that exists. */
  write(path: string, content: Buffer): void;
  /** Names in a folder, sorted. */
  names(folder: string): string[];
  /** Makes a folder and those around it. */
  makeFolder(path: string): void;
  /** Removes a file or link, or a folder with all that is in it. */
  remove(path: string): void;
  /** Copies a file, or a folder with all that is in it. */
  copy(source: string, destination: string): void;
  move(source: string, destination: string): void;
  link(path: string, target: string): void;
  /** Owner and group by name or number. */
  own(path: string, owner: string | undefined, group: string | undefined, recursive: boolean): void;
  /** Permissions as octal digits. */
  permit(path: string, permissions: string, recursive: boolean): void;
  hash(path: string, algorithm: HashAlgorithm): string;
  /** Whether a program of that name is on the path. */
  binary(name: string): boolean;
}
