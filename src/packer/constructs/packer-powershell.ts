import type { WindowsScript } from './windows-script';
import { powershellQuoted } from '../../component/step/quoting';

/** How a PowerShell is started: Windows PowerShell, or PowerShell 7, which must be on the instance. */
export type PowerShellProgram = 'powershell' | 'pwsh';

const PROGRAMS: Readonly<Record<PowerShellProgram, string>> = { powershell: '"$PSHOME\\powershell.exe"', pwsh: 'pwsh' };

/**
 * A script in a PowerShell of its own, because nothing may stand around it: a `try` anywhere above changes which errors a script goes on
 * after, and how ExecutePowerShell runs commands is not documented. As by Packer, profiles are loaded and no preference for errors is set.
 */
export const packerPowerShell = (program: PowerShellProgram, text: string, inline: boolean): Pick<WindowsScript, 'fileName' | 'text' | 'run'> => ({
  fileName: 'script.ps1',
  text: marked(inline ? caught(text) : text),
  run: (path) => [`& ${PROGRAMS[program]} -NonInteractive -ExecutionPolicy Bypass ${inline ? `-File ${path}` : `-Command ${powershellQuoted(command(path))}`}`],
});

/**
 * What Packer runs for a file: defaultExecuteCommand of provisioner/powershell/provisioner.go in 1.9.4, defaultScriptCommand in 1.16. So a
 * file is ended by `throw` and `exit` alone, its last native program counts, and one that does not parse does nothing.
 */
const command = (path: string): string => `& { $global:ProgressPreference = 'SilentlyContinue'; & ${path}; exit $LastExitCode }`;

/**
 * Packer since 1.13 has a `try` around commands of the template (hashicorp/packer#13334): what ends a command ends them; the last native
 * program counts here, too. Packer before treats them as a file (assumption: packer-inline-since-1-13).
 */
const caught = (text: string): string => [
  "$global:ProgressPreference = 'SilentlyContinue'",
  'try {',
  text.replace(/^\uFEFF/, '').replace(/\n$/, ''),
  '} catch {',
  '  Write-Error "$_"',
  `  ${EXIT}`,
  '  exit 1',
  '}',
  EXIT,
  '',
].join('\n');

const EXIT = 'if ((Test-Path variable:global:LASTEXITCODE) -and $LASTEXITCODE) { exit $LASTEXITCODE }';

/** With a byte order mark: without one, Windows PowerShell takes letters beyond ASCII for those of the old code page. */
const marked = (text: string): string => `\uFEFF${text.replace(/^\uFEFF/, '')}`;
