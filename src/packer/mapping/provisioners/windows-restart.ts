import type { ProvisionerMapping } from './provisioner';
import { powershellQuoted } from '../../../component/step/quoting';
import type { StepPlan } from '../../plan';
import type { Position } from '../../template/model';
import { rebootAt } from '../scripts/reboot';
import { dropped, mapped } from '../treatment';

/** A restart and nothing beside it: what else the command did would be lost. */
const SHUTDOWN = /^shutdown(?:\.exe)?(?:\s+[/-](?:r|f|g|hybrid|t\s+\d+|d\s+[\w:]+|c\s+(?:"[^"&|]*"|[^\s"&|;/-]+)))+$/i;
const COMPUTER = /^(?:powershell(?:\.exe)?\s+(?:-(?:noprofile|noninteractive|nologo|executionpolicy\s+\w+)\s+)*(?:-c(?:ommand)?\s+)?)?["'&{\s]*restart-computer(?:\s+-force)?[}"'\s]*$/i;
const restarts = (command: string): boolean => COMPUTER.test(command.trim()) || (SHUTDOWN.test(command.trim()) && /\s[/-][rg]\b/i.test(command));

/** Run as by Packer: one command line and no batch file, in which % would have another meaning; its exit code does not count. */
const checkLines = (command: string): string[] => [
  '$start = New-Object System.Diagnostics.ProcessStartInfo',
  "$start.FileName = 'cmd.exe'",
  `$start.Arguments = '/d /s /c "' + ${powershellQuoted(command)} + '"'`,
  '$start.UseShellExecute = $false',
  '$process = [System.Diagnostics.Process]::Start($start)',
  '$process.WaitForExit()',
  "'restart_check_command: exit code {0}' -f $process.ExitCode",
];

export const windowsRestart: ProvisionerMapping = {
  type: 'windows-restart',
  becomes: 'a `Reboot` step; the check is the step after it',
  platform: 'Windows',
  options: {
    restart_command: mapped('nothing, where it restarts; anything else is refused'),
    restart_check_command: mapped('a command after the restart, whose exit code does not count, as in Packer'),
    check_registry: mapped('a wait until Windows waits for no further restart, as long as `restart_timeout`'),
    registry_keys: dropped('the keys that Windows documents are looked at'),
    restart_timeout: mapped('how long `check_registry` waits; Image Builder waits for the instance'),
  },
  map(values) {
    const command = values.text('restart_command');
    if (command !== undefined && !restarts(command)) {
      values.fail('restart_command', '"restart_command" does something else than restart, or something beside it', 'remove it; what else it does, write as a provisioner before');
    }
    const check = values.text('restart_check_command');
    return [
      rebootAt(values.at),
      ...check === undefined ? [] : [checkStep(check, values.place('restart_check_command'))],
      ...values.flag('check_registry') ? [{ kind: 'checkNoRestartPending' as const, at: values.place('check_registry'), withinSeconds: values.seconds('restart_timeout') ?? 300 }] : [],
    ];
  },
};

const checkStep = (command: string, at: Position): StepPlan =>
  ({ kind: 'packerScript', at, script: { language: 'powershell', lines: checkLines(command), settings: { label: 'restart_check_command' }, inline: true } });
