import { spawnSync } from 'node:child_process';

/** Runs a program; its output is shown only where it fails. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed: ${error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n')}`);
  return stdout;
}

/** Which of the programs are not on the path. */
export const absent = (programs) => programs.filter((each) => spawnSync('sh', ['-c', `command -v ${each}`]).status !== 0);

/** A task and how many seconds it took. */
export function timed(task) {
  const began = performance.now();
  const result = task();
  return { result, seconds: (performance.now() - began) / 1000 };
}
