import { spawnSync } from 'node:child_process';

/** Runs a document with the command line of the library. */
export const componentRun = ({ runner, buckets }, file, options, how = { stdio: 'inherit' }) => spawnSync(
  process.execPath,
  [runner, 'component', 'run', file, ...options, ...buckets.flatMap(([bucket, folder]) => ['--s3', `${bucket}=${folder}`])],
  how,
);
