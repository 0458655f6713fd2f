import type { Construct } from 'constructs';
import type { ExitCodes, SignedCodes } from './exit-codes';
import { rebootIfNeeded, writeFlag } from './reboot-if-needed';
import { scriptActions } from './windows-step';
import type { StepAction, StepBindOptions } from '../step/action';
import { powershellQuoted } from '../step/quoting';

/** A program that installs something. */
export interface InstallProgram {
  /** Name of its steps. */
  readonly stepName: string;
  /** What messages call it, such as `msiexec (agent.msi)`. */
  readonly label: string;
  /** PowerShell expression with its path: `powershellQuoted(path)`, or a variable that `before` sets. */
  readonly path: string;
  /** All arguments, as the program takes them (see `commandLine`). */
  readonly commandLine: string;
  /** PowerShell expression of what follows the arguments, where only the instance knows it. */
  readonly lastArguments?: string;
  readonly exitCodes: ExitCodes;
  /** The log that the program writes; its end is shown where the program fails. */
  readonly log?: string;
  /** Lines of PowerShell that stand before, and after where it was a success. */
  readonly before?: string[];
  readonly after?: string[];
}

/** Says that the program has asked for a restart before it can work, and got it. */
export const RETRY_FLAG = 'C:\\Windows\\Temp\\golden-images-retry.flag';

/** Runs the program, waits, acts on its exit code, and restarts where that asks for it. */
export function installProgram(scope: Construct, options: StepBindOptions, program: InstallProgram): StepAction[] {
  return [...scriptActions(scope, options, program.stepName, runProgram(program, program.exitCodes._signed(scope))), ...rebootIfNeeded()];
}

/**
 * Lines of PowerShell that run the program. Not by `&`, which does not wait for programs with windows and breaks quotes in arguments, and
 * not by `Start-Process -Wait`, which also waits for whatever the installer has started.
 */
export function runProgram(program: InstallProgram, codes: SignedCodes): string[] {
  const { before = [], after = [], lastArguments } = program;
  return [
    ...before,
    `$label = ${powershellQuoted(program.label)}`,
    '$start = New-Object System.Diagnostics.ProcessStartInfo',
    `$start.FileName = ${program.path}`,
    `$start.Arguments = ${powershellQuoted(program.commandLine)}${lastArguments === undefined ? '' : ` + ${lastArguments}`}`,
    '$start.UseShellExecute = $false',
    ...whileBusy(codes, [
      '$process = [System.Diagnostics.Process]::Start($start)',
      '$process.WaitForExit()',
      '$code = $process.ExitCode',
    ]),
    ...actOnExitCode(program, codes),
    ...after,
  ];
}

/** How often a program is tried that says it is busy, half a minute between. */
const BUSY_ATTEMPTS = 20;

/** Runs the lines, which set `$code`, again while that says that something else is in the way. `$label` is set. */
export function whileBusy({ later }: SignedCodes, lines: string[]): string[] {
  return later.length === 0 ? lines : [
    'for ($try = 1; ; $try++) {',
    ...lines.map((line) => `  ${line}`),
    `  if ($try -ge ${BUSY_ATTEMPTS} -or @(${later.join(', ')}) -notcontains $code) { break }`,
    "  Write-Host ('{0}: exit code {1}, busy, tried again in 30 seconds' -f $label, $code)",
    '  Start-Sleep -Seconds 30',
    '}',
  ];
}

/** Lines of PowerShell that set `$retried`: whether a restart was asked for before this attempt, and has come. */
export const TAKE_RETRY_FLAG = [`$retried = Test-Path -LiteralPath '${RETRY_FLAG}'`, `if ($retried) { Remove-Item -LiteralPath '${RETRY_FLAG}' }`];

/** Lines of PowerShell that act on `$code`. */
export function actOnExitCode(program: Pick<InstallProgram, 'label' | 'log'>, codes: SignedCodes): string[] {
  const said = (text: string): string => `'{0}: exit code {1} (0x{1:X8}): ${text}' -f $label, $code`;
  const branches = [
    branch(codes.success, '', said('success')),
    branch(codes.reboot, '', said('success, restart needed'), writeFlag()),
    // 3010 restarts and runs this very step again, which is what is wanted here; once, or a program that never has enough would go on for ever.
    branch(codes.retry, '-not $retried -and ', said('to be tried again after a restart'), writeFlag(RETRY_FLAG), 'exit 3010'),
    ['{', ...failure(program, codes).map((line) => `  ${line}`), '}'].join('\n'),
  ];
  return [
    `$label = ${powershellQuoted(program.label)}`,
    ...codes.retry.length === 0 ? [] : TAKE_RETRY_FLAG,
    branches.filter((each) => each !== '').join(' else'),
  ];
}

function branch(codes: number[], unless: string, ...lines: string[]): string {
  return codes.length === 0 ? '' : [`if (${unless}@(${codes.join(', ')}) -contains $code) {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');
}

function failure({ log }: Pick<InstallProgram, 'log'>, codes: SignedCodes): string[] {
  const again = codes.retry.map((code) => [code, 'it asks for a restart, and Windows has just restarted'] as const);
  const busy = codes.later.map((code) => [code, `something else is in the way, such as another installation, still at attempt ${BUSY_ATTEMPTS}`] as const);
  const known = [...codes.failures, ...again, ...busy].map(([code, meaning]) => `'${code}' = ${powershellQuoted(meaning)}`);
  return [
    `$meaning = @{ ${known.join('; ')} }["$code"]`,
    "if (-not $meaning) { $meaning = 'not in the table of exit codes' }",
    ...log === undefined ? [] : [`if (Test-Path -LiteralPath ${powershellQuoted(log)}) { Get-Content -LiteralPath ${powershellQuoted(log)} -Tail 60 }`],
    "throw ('{0}: exit code {1} (0x{1:X8}): {2}' -f $label, $code, $meaning)",
  ];
}
