import type { ProvisionerMapping } from './provisioner';
import { waiting } from '../common-options';
import { dropped, each, mapped, refused } from '../treatment';
import type { Values } from '../values';

export const SHELL_LOCAL_WHY = 'nothing runs on the machine that reads the template';
export const SHELL_LOCAL_FIX = 'run it in the pipeline before the deployment, or let Packer build in CodeBuild by `PackerBuild`';

/** Runs where Packer runs. What only waits or speaks there is the same as waiting here. */
export const shellLocal: ProvisionerMapping = {
  type: 'shell-local',
  becomes: 'a step that waits, where all it does is `sleep`; anything else is refused',
  options: {
    ...each('inline command', mapped('how long the step waits')),
    ...each('script scripts', refused(SHELL_LOCAL_WHY, SHELL_LOCAL_FIX)),
    ...each('environment_vars env env_var_format execute_command inline_shebang only_on tempfile_extension use_linux_pathing valid_exit_codes',
      dropped('the step runs on the instance, and runs nothing of it')),
  },
  map(values, { platform }) {
    const lines = [...values.texts('inline'), ...values.texts('command')].flatMap((text) => text.split(/\n|;|&&/)).map((line) => line.trim());
    const other = lines.find((line) => line !== '' && !/^(?:#.*|echo\b[^|<>`$]*|sleep\s+\d+[smh]?)$/.test(line));
    if (other !== undefined || lines.length === 0) values.fail('inline', `the provisioner "shell-local": ${SHELL_LOCAL_WHY}`, SHELL_LOCAL_FIX);
    const seconds = lines.map((line) => secondsOf(/^sleep\s+(\d+)([smh]?)$/.exec(line))).reduce((sum, one) => sum + one, 0);
    return waiting(seconds, at(values), platform);
  },
};

const at = (values: Values) => values.place(values.setting('inline') === undefined ? 'command' : 'inline');

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

function secondsOf(sleep: RegExpExecArray | null): number {
  return sleep === null ? 0 : Number(sleep[1]) * (UNITS[sleep[2] || 's'] ?? 1);
}
