import type { ProvisionerMapping } from './provisioner';
import { UPLOADS } from '../common-options';
import { windowsScripts } from '../scripts/windows-scripts';
import { dropped, each, mapped } from '../treatment';
import type { Values } from '../values';

export const windowsShell: ProvisionerMapping = {
  type: 'windows-shell',
  becomes: 'a batch file as an asset, run as SYSTEM by `cmd /c`',
  platform: 'Windows',
  options: {
    ...each('inline script scripts', mapped('the script')),
    ...each('environment_vars env', mapped('environment of the script; sensitive variables are fetched on the instance')),
    valid_exit_codes: mapped('exit codes that are success'),
    binary: dropped('batch files have line ends of Windows'),
    ...each(UPLOADS, dropped('Image Builder brings scripts to the instance, and removes them')),
    env_var_format: dropped('environment variables are set by the step'),
    execute_command: mapped('nothing, where it runs the script by `cmd`; others are refused'),
  },
  map(values, context) {
    checkCommand(values);
    return windowsScripts(values, context, 'batch');
  },
};

/** `{{ .Vars }} cmd /c "{{ .Path }}"` and its like. */
function checkCommand(values: Values): void {
  const command = values.text('execute_command');
  if (command === undefined) return;
  const path = command.replace(/^\{\{\s*\.Vars\s*\}\}\s*/, '').replace(/^cmd(?:\.exe)?\s+\/c\s+/i, '').replaceAll('"', '').trim();
  if (/^\{\{\s*\.Path\s*\}\}$/.test(path) || path === values.text('remote_path')) return;
  values.fail('execute_command', '"execute_command" of the provisioner windows-shell: scripts are run by Image Builder', 'remove it, or write the command into the script');
}
