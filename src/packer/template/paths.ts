import { resolve } from 'node:path';

/**
 * Where a relative path of a template may lead, the likeliest first. Packer looks in the folder in which it is run; where nobody says which that is,
 * it is the template's, as most are run, or the one in which the app is run.
 */
export const pathsOf = (path: string, folder: string, workingDirectory?: string): string[] =>
  (workingDirectory === undefined ? [resolve(folder, path), resolve(path)] : [resolve(workingDirectory, path)]);
