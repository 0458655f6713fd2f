import type { Construct } from 'constructs';
import type { StepBindOptions, StepConfig } from './action';
import { checkCommands, script, type Shell } from './script';
import { Platform } from '../../image/platform';

const shell: Shell = {
  platform: Platform.LINUX,
  name: 'Bash',
  action: 'ExecuteBash',
  folder: '/tmp/',
  extension: '.sh',
  // Not run by its own name: /tmp may be mounted noexec.
  run: (path) => `set -e\nbash '${path}'\nrm -f '${path}'`,
};

/** Bash commands in strict mode: the first failure ends the step, also inside a pipe or for an unset variable. */
export const bash = (commands: string[]) => (scope: Construct, options: StepBindOptions): StepConfig => {
  checkCommands(scope, commands);
  return script(scope, options, shell, ['set -euo pipefail', ...commands].join('\n'));
};
