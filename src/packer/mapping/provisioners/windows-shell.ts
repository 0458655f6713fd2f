import type { ProvisionerMapping } from './provisioner';
import { Step } from '../../../component/step';
import { Platform } from '../../../image/platform';
import { PackerScript } from '../../packer-script';
import { UPLOADS } from '../common-options';
import { environmentOf, packerVariables } from '../scripts/environment';
import { validExitCodes } from '../scripts/exit-codes';
import { WINDOWS_REBOOT, withoutReboot } from '../scripts/reboot';
import { linesOf, scriptOptions } from '../scripts/script-call';
import { scriptsOf } from '../scripts/script-text';
import { withoutSysprep } from '../sysprep';
import { dropped, each, mapped, refused } from '../treatment';
import { made } from '../written';

export const windowsShell: ProvisionerMapping = {
  type: 'windows-shell',
  becomes: 'a batch file as an asset, run as SYSTEM by `cmd /c`',
  platform: Platform.WINDOWS,
  options: {
    ...each('inline script scripts', mapped('the script')),
    ...each('environment_vars env', mapped('environment of the script; sensitive variables are fetched on the instance')),
    valid_exit_codes: mapped('exit codes that are success'),
    binary: dropped('batch files have line ends of Windows'),
    ...each(UPLOADS, dropped('Image Builder brings scripts to the instance, and removes them')),
    env_var_format: dropped('environment variables are set by the step'),
    execute_command: refused('scripts are run by Image Builder', 'remove it, or write the command into the script'),
  },
  map(values, context) {
    const environment = environmentOf(values, context);
    const codes = validExitCodes(values);
    return scriptsOf(values).flatMap((script, index, all) => {
      const kept = withoutSysprep(script, { ...context, last: context.last && index === all.length - 1 });
      const { text, reboot } = withoutReboot({ ...script, text: kept }, WINDOWS_REBOOT);
      const variables = { ...environment, texts: { ...packerVariables(text, context), ...environment.texts } };
      const options = scriptOptions(script.fileName ?? 'inline script', variables, codes);
      const step = made({ PackerScript }, 'batch', linesOf(text.replaceAll('\r\n', '\n')), options);
      return [...text.trim() === '' ? [] : [step], ...reboot ? [made({ Step }, 'reboot')] : []];
    });
  },
};
