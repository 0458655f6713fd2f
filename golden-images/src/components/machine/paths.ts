import { posix, win32 } from 'node:path';
import type { System } from './machine';

/** Paths as the system of the machine writes them. */
export interface Paths {
  readonly join: (...parts: string[]) => string;
  readonly dirname: (path: string) => string;
  readonly basename: (path: string) => string;
  /** Whether a destination is meant as a folder. */
  readonly endsInSeparator: (path: string) => boolean;
}

export const pathsOf = (system: System): Paths => {
  const { join, dirname, basename } = system === 'Windows' ? win32 : posix;
  return { join, dirname, basename, endsInSeparator: (path) => (system === 'Windows' ? /[\\/]$/ : /\/$/).test(path) };
};
