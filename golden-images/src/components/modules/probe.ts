import type { Probe } from '../condition';
import type { Machine } from '../machine';

/** Lets conditions look at a machine. */
export const probeOf = ({ files }: Machine): Probe => ({
  file: (path) => files.kind(path) === 'file',
  folder: (path) => files.kind(path) === 'folder',
  binary: (name) => files.binary(name),
  hash: (path, algorithm) => (files.kind(path) === 'file' ? files.hash(path, algorithm) : undefined),
});
