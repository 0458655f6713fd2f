import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StepBindOptions, StepConfig } from './action';
import { checkCommands, script, type Shell } from './script';
import { STRICT } from './strict';
import { runsSysprep } from './sysprep';
import { Platform } from '../../image/platform';

const shell: Shell = {
  platform: Platform.WINDOWS,
  name: 'PowerShell',
  action: 'ExecutePowerShell',
  folder: 'C:\\Windows\\Temp\\',
  extension: '.ps1',
  // In a PowerShell of its own, so that the script's exit code is the step's, as it is where the script stands in the document. A step that is
  // run again after a restart (3010) finds its script.
  run: (path) => [
    "$ErrorActionPreference = 'Stop'",
    `& "$PSHOME\\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File '${path}'`,
    'if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }',
    `Remove-Item -LiteralPath '${path}'`,
  ].join('\n'),
};

// PowerShell goes on after a native program that fails. A program that asks for a restart (3010) fails too:
// handed on, Image Builder would restart and run the same step again, without end.
const checkExitCode = (command: string): string =>
  `$global:LASTEXITCODE = 0\n${command}\nif ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE" }`;

/** PowerShell commands: the first error, and the first program that does not exit with 0, ends the step. */
export const powershell = (commands: string[]) => (scope: Construct, options: StepBindOptions): StepConfig => {
  checkCommands(scope, commands);
  warnOfSysprep(scope, commands);
  return script(scope, options, shell, [...STRICT, ...commands.map(checkExitCode)].join('\n'));
};

function warnOfSysprep(scope: Construct, commands: string[]): void {
  const line = commands.flatMap((command) => command.split('\n')).find(runsSysprep);
  if (line === undefined) return;
  Annotations.of(scope).addWarningV2(
    'cdk-golden-images:sysprepInStep',
    `a step runs Sysprep ('${line.trim()}'): Image Builder runs it itself, after all components; earlier it ends the session of the build, which fails. Remove it; `
    + 'an image that must not be generalized has `sysprep: false`',
  );
}

/** A script that checks exit codes itself. */
export const powershellScript = (lines: string[]) => (scope: Construct, options: StepBindOptions): StepConfig =>
  script(scope, options, shell, [...STRICT, ...lines].join('\n'));
