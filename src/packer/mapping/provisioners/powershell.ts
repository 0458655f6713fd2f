import type { ProvisionerMapping } from './provisioner';
import { Step } from '../../../component/step';
import { Platform } from '../../../image/platform';
import { PackerScript } from '../../packer-script';
import { pause, UPLOADS } from '../common-options';
import type { MappingContext } from '../context';
import { environmentOf, packerVariables } from '../scripts/environment';
import { validExitCodes } from '../scripts/exit-codes';
import { WINDOWS_REBOOT, withoutReboot } from '../scripts/reboot';
import { linesOf, scriptOptions } from '../scripts/script-call';
import { scriptsOf } from '../scripts/script-text';
import { withoutSysprep } from '../sysprep';
import { dropped, each, mapped, refused } from '../treatment';
import type { Values } from '../values';
import { made } from '../written';

const SYSTEM = /^(?:nt authority\\)?system$/i;
const FORMAT = 'environment variables are set by the step';

export const powershell: ProvisionerMapping = {
  type: 'powershell',
  becomes: 'a script as an asset, run as SYSTEM by `ExecutePowerShell`; the first error and every exit code that is not valid fails',
  platform: Platform.WINDOWS,
  options: {
    ...each('inline script scripts', mapped('the script')),
    ...each('environment_vars env', mapped('environment of the script; sensitive variables are fetched on the instance')),
    valid_exit_codes: mapped('exit codes that are success'),
    use_pwsh: mapped('`pwsh`, which must be on the instance'),
    binary: mapped('line ends are kept'),
    pause_after: mapped('a step that waits'),
    elevated_user: mapped('nothing, where it is SYSTEM; anybody else is refused'),
    elevated_password: dropped('steps run as SYSTEM'),
    execution_policy: dropped('scripts run under Bypass'),
    debug_mode: dropped('write Set-PSDebug into the script to trace it'),
    ...each(`${UPLOADS} remote_env_var_path`, dropped('Image Builder brings scripts to the instance, and removes them')),
    ...each('env_var_format elevated_env_var_format', dropped(FORMAT)),
    ...each('execute_command elevated_execute_command', refused('scripts are run by Image Builder, in Windows PowerShell', 'remove it, or write the command into the script')),
  },
  map(values, context) {
    const user = values.text('elevated_user');
    if (user !== undefined && !SYSTEM.test(user)) {
      values.fail('elevated_user', 'steps run as SYSTEM, and as nobody else', 'remove "elevated_user", or do it in the script by a scheduled task of that user');
    }
    return [...scriptSteps(values, context), ...pause(values, 'pause_after', Platform.WINDOWS)];
  },
};

function scriptSteps(values: Values, context: MappingContext): Step[] {
  const environment = environmentOf(values, context);
  const codes = validExitCodes(values);
  const language = values.flag('use_pwsh') ? 'pwsh' : 'powershell';
  return scriptsOf(values).flatMap((script, index, all) => {
    const kept = withoutSysprep(script, { ...context, last: context.last && index === all.length - 1 });
    const { text, reboot } = withoutReboot({ ...script, text: kept }, WINDOWS_REBOOT);
    const variables = { ...environment, texts: { ...packerVariables(text, context), ...environment.texts } };
    const options = scriptOptions(script.fileName ?? 'inline script', variables, codes);
    const step = made({ PackerScript }, language, linesOf(text), options);
    return [...text.trim() === '' ? [] : [step], ...reboot ? [made({ Step }, 'reboot')] : []];
  });
}
