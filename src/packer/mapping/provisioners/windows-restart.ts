import type { ProvisionerMapping } from './provisioner';
import { powershellQuoted } from '../../../component/step/quoting';
import type { StepPlan } from '../../plan';
import type { Position } from '../../template/model';
import { present } from '../present';
import { rebootAt } from '../scripts/reboot';
import { dropped, mapped } from '../treatment';

/** A restart and nothing beside it: what else the command did would be lost. */
const SHUTDOWN = /^shutdown(?:\.exe)?(?:\s+[/-](?:r|f|g|hybrid|t\s+\d+|d\s+[\w:]+|c\s+(?:"[^"&|]*"|[^\s"&|;/-]+)))+$/i;
const COMPUTER = /^(?:powershell(?:\.exe)? (?:-(?:noprofile|noninteractive|nologo|executionpolicy \w+) )*(?:-c(?:ommand)? )?)?["'&{ ]*restart-computer(?: -force)?[}"' ]*$/i;
const restarts = (command: string): boolean => COMPUTER.test(command.trim().replace(/\s+/g, ' ')) || (SHUTDOWN.test(command.trim()) && /\s[/-][rg]\b/i.test(command));

const OPENS = /^powershell(?:\.exe)?\s+(?:-(?:noprofile|noninteractive|nologo|executionpolicy\s+\w+)\s+)*(?:-c(?:ommand)?\s+)?"\s*&\s*\{/i;
const CLOSES = /;\s*restart-computer(?:\s+-force)?\s*(?:;\s*)?\}\s*"$/i;
const ENDS = /\b(?:exit|return|throw|break|continue|restart-computer|stop-computer|shutdown)\b/i;

/** What a script in PowerShell does before the restart at its end, where it surely comes to it: no branches, and nothing is open. */
function beforeRestart(command: string): string | undefined {
  const text = command.trim();
  const [open, close] = [OPENS.exec(text), CLOSES.exec(text)];
  if (open === null || close === null || close.index < open[0].length) return undefined;
  const body = text.slice(open[0].length, close.index).trim();
  const whole = /^[^"%{}`#]+$/.test(body) && !ENDS.test(body) && countOf(body, "'") % 2 === 0 && countOf(body, '(') === countOf(body, ')');
  return whole ? body : undefined;
}

const countOf = (text: string, character: string): number => text.split(character).length - 1;

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
    restart_command: mapped('nothing, where it restarts; a step before, where it is a script of PowerShell with a restart at its end; anything else is refused'),
    restart_check_command: mapped('a command after the restart, whose exit code does not count, as in Packer'),
    check_registry: mapped('a wait until Windows waits for no further restart, as long as `restart_timeout`'),
    registry_keys: dropped('the keys that Windows documents are looked at'),
    restart_timeout: mapped('how long `check_registry` waits; Image Builder waits for the instance'),
  },
  map(values) {
    const command = values.text('restart_command');
    const before = command === undefined ? undefined : beforeRestart(command);
    if (command !== undefined && before === undefined && !restarts(command)) {
      values.fail('restart_command', '"restart_command" does something else than restart, or something beside it', 'remove it; what else it does, write as a provisioner before');
    }
    const check = values.text('restart_check_command');
    return [
      ...before === undefined ? [] : [scriptStep('restart_command', goingOn(before), values.place('restart_command'))],
      rebootAt(values.at),
      ...check === undefined ? [] : [scriptStep('restart_check_command', checkLines(check), values.place('restart_check_command'), true)],
      ...values.flag('check_registry') ? [{ kind: 'checkNoRestartPending' as const, at: values.place('check_registry'), withinSeconds: values.seconds('restart_timeout') ?? 300 }] : [],
    ];
  },
};

/** PowerShell comes to the restart, whatever a command before it ends with. */
const goingOn = (body: string): string[] => [body, 'exit 0'];

const scriptStep = (label: string, lines: string[], at: Position, inline?: boolean): StepPlan =>
  ({ kind: 'packerScript', at, script: present({ language: 'powershell' as const, lines, settings: { label }, inline }) });
