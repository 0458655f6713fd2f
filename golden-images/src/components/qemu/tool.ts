import { spawnSync } from 'node:child_process';
import { MachineUnusable } from '../machine';

/** Runs a program of this machine; returns what it prints. */
export function tool(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new MachineUnusable(`${program} failed: ${error?.message ?? stderr.trim()}`);
  return stdout;
}
