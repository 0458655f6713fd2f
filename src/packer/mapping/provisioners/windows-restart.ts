import type { ProvisionerMapping } from './provisioner';
import { Step } from '../../../component/step';
import { WindowsUpdate } from '../../../component/windows/windows-update';
import { Platform } from '../../../image/platform';
import { PackerScript } from '../../packer-script';
import { linesOf } from '../scripts/script-call';
import { dropped, mapped } from '../treatment';
import { made } from '../written';

const KNOWN = /^\s*(?:powershell(?:\.exe)?\s.*)?["'{&\s]*(?:shutdown(?:\.exe)?\s+(?:\S+\s+)*[/-]r\b|restart-computer\b)/i;

export const windowsRestart: ProvisionerMapping = {
  type: 'windows-restart',
  becomes: 'a `Reboot` step; the check is the step after it',
  platform: Platform.WINDOWS,
  options: {
    restart_command: mapped('nothing, where it restarts; anything else is refused'),
    restart_check_command: mapped('a script after the restart'),
    check_registry: mapped('a check that Windows waits for no further restart'),
    registry_keys: dropped('the keys that Windows documents are looked at'),
    restart_timeout: dropped('Image Builder waits for the instance'),
  },
  map(values) {
    const command = values.text('restart_command');
    if (command !== undefined && !KNOWN.test(command)) {
      values.fail('restart_command', '"restart_command" does something else than restart', 'remove it; what else it does, write as a provisioner before');
    }
    const check = values.text('restart_check_command');
    return [
      made({ Step }, 'reboot'),
      ...check === undefined ? [] : [made({ PackerScript }, 'batch', linesOf(check.replaceAll('\r\n', '\n')), { label: 'restart_check_command' })],
      ...values.flag('check_registry') ? [made({ WindowsUpdate }, 'checkNoRestartPending')] : [],
    ];
  },
};
