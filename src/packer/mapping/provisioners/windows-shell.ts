import type { ProvisionerMapping } from './provisioner';
import type { StepPlan } from '../../plan';
import { UPLOADS } from '../common-options';
import { environmentOf, withPackerVariables } from '../scripts/environment';
import { validExitCodes } from '../scripts/exit-codes';
import { rebootAt, WINDOWS_REBOOT, withoutReboot } from '../scripts/reboot';
import { linesOf, scriptSettings } from '../scripts/script-settings';
import { scriptsOf } from '../scripts/script-text';
import { withoutSysprep } from '../sysprep';
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
    const environment = environmentOf(values, context);
    const codes = validExitCodes(values);
    return scriptsOf(values).flatMap((script, index, all) => {
      const kept = withoutSysprep(script, context.last && index === all.length - 1, context.part);
      const { text, reboot } = withoutReboot({ ...script, text: kept }, WINDOWS_REBOOT, context.part);
      const settings = scriptSettings(script.fileName ?? 'inline script', withPackerVariables(environment, text, context), codes);
      const lines = linesOf(text.replaceAll('\r\n', '\n'));
      const step: StepPlan = { kind: 'packerScript', at: script.at, script: { language: 'batch', lines, settings } };
      return [...text.trim() === '' ? [] : [step], ...reboot ? [rebootAt(script.at)] : []];
    });
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
