import type { ProvisionerMapping } from './provisioner';
import { pause, UPLOADS } from '../common-options';
import { windowsScripts } from '../scripts/windows-scripts';
import { dropped, each, mapped, refused } from '../treatment';

const SYSTEM = /^(?:nt authority\\)?system$/i;
const FORMAT = 'environment variables are set by the step';

export const powershell: ProvisionerMapping = {
  type: 'powershell',
  becomes: 'a script as an asset, run as SYSTEM by `ExecutePowerShell` in a PowerShell of its own; it goes on after errors where Packer does',
  platform: 'Windows',
  options: {
    inline: mapped('the script; errors that end a command, and exit codes that are not valid, fail it as in Packer since 1.13: other errors are passed over'),
    ...each('script scripts', mapped('the script; `throw`, `$ErrorActionPreference = "Stop"` and exit codes that are not valid fail it, as in Packer: all other errors are passed over')),
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
    return [...windowsScripts(values, context, values.flag('use_pwsh') ? 'pwsh' : 'powershell'), ...pause(values, 'pause_after', 'Windows')];
  },
};
