import { spawnSync } from 'node:child_process';
import { LINUX, stepsFor } from './helper';

/** Runs what a shell provisioner became, as the agent would. */
function run(settings: Record<string, unknown>, files: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  const steps = stepsFor(LINUX, { type: 'shell', ...settings }, {}, files);
  expect(steps.map(({ action }) => action)).toEqual(['ExecuteBash']);
  return spawnSync('bash', ['-c', steps[0]!.inputs.commands[0]], { encoding: 'utf8', env: { PATH: process.env.PATH } });
}

describe('scripts of shell provisioners, run by bash', () => {
  test('see their environment, whatever is in it', () => {
    const value = 'it\'s "$HOME" `id` \\ x';
    expect(run({ inline: ['printf "%s|" "$VALUE" "$PACKER_BUILDER_TYPE"'], environment_vars: [`VALUE=${value}`] })).toMatchObject({ status: 0, stdout: `${value}|amazon-ebs|` });
  });

  test('stop at the first failure under /bin/sh -e, and end with 1', () => {
    const { status, stdout, stderr } = run({ inline: ['echo one', 'false', 'echo two'] });
    expect([status, stdout]).toEqual([1, 'one\n']);
    expect(stderr).toContain('inline script: exit code 1');
  });

  test('a code that is valid is success, also the one that would restart; 0 is not, where it is not in the list', () => {
    expect(run({ inline: ['exit 194'], valid_exit_codes: [0, 194] }).status).toBe(0);
    expect(run({ inline: ['exit 194'] }).status).toBe(1);
    expect(run({ inline: ['exit 0'], valid_exit_codes: [3] }).status).toBe(1);
  });

  test('run by their own first line, or by the shell that execute_command names', () => {
    const script = { 'a.sh': '#!/usr/bin/env bash\nset -o pipefail\necho "${BASH_VERSION:+bash}"\n' };
    expect(run({ script: 'a.sh' }, script).stdout).toBe('bash\n');
    expect(run({ script: 'a.sh', execute_command: "sudo -E bash -x '{{ .Path }}'" }, script)).toMatchObject({ status: 0, stdout: 'bash\n', stderr: expect.stringContaining('+ echo bash') });
  });

  test('leave nothing behind', () => {
    expect(run({ inline: ['echo "$0"'] }).stdout).toMatch(/^\/var\/tmp\/tmp\./);
    const path = run({ inline: ['echo "$0"'] }).stdout.trim();
    expect(spawnSync('test', ['-e', path]).status).toBe(1);
  });
});
