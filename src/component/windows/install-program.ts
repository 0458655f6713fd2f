import type { Construct } from 'constructs';
import type { ExitCodes, SignedCodes } from './exit-codes';
import { rebootIfNeeded, writeFlag } from './reboot-if-needed';
import type { StepAction, StepBindOptions } from '../step/action';
import { Condition } from '../step/condition';
import { powershellScript } from '../step/powershell';
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
  readonly exitCodes: ExitCodes;
  /** The log that the program writes; its end is shown where the program fails. */
  readonly log?: string;
  /** Lines of PowerShell that stand before, and after where it was a success. */
  readonly before?: string[];
  readonly after?: string[];
}

/** Says that the program is to be run once more after the restart. */
const RETRY_FLAG = 'C:\\Windows\\Temp\\golden-images-retry.flag';

/** Runs the program, waits, acts on its exit code, and restarts where that asks for it. */
export function installProgram(scope: Construct, options: StepBindOptions, program: InstallProgram): StepAction[] {
  const codes = program.exitCodes._signed(scope);
  const run = (retries: boolean): StepAction[] => {
    const { actions } = powershellScript(runProgram(program, codes, retries))(scope, options);
    return actions.map((action) => (action.action === 'ExecutePowerShell' ? { ...action, name: program.stepName } : action));
  };
  const once = [...run(true), ...rebootIfNeeded()];
  if (codes.retry.length === 0) {
    return once;
  }
  // Once only: a program that asks for a restart for ever fails.
  const condition = Condition.fileExists(RETRY_FLAG);
  const again = run(false).map((action) => ({ ...action, name: `${action.name}Again`, condition }));
  return [...once, ...again, { name: 'RetryDone', action: 'DeleteFile', inputs: [{ path: RETRY_FLAG }], condition }, ...rebootIfNeeded()];
}

/**
 * Lines of PowerShell that run the program. Not by `&`, which does not wait for programs with windows and breaks quotes in arguments, and
 * not by `Start-Process -Wait`, which also waits for whatever the installer has started.
 */
export function runProgram(program: InstallProgram, codes: SignedCodes, retries = true): string[] {
  const { before = [], after = [] } = program;
  return [
    ...before,
    '$start = New-Object System.Diagnostics.ProcessStartInfo',
    `$start.FileName = ${program.path}`,
    `$start.Arguments = ${powershellQuoted(program.commandLine)}`,
    '$start.UseShellExecute = $false',
    '$process = [System.Diagnostics.Process]::Start($start)',
    '$process.WaitForExit()',
    '$code = $process.ExitCode',
    ...actOnExitCode(program, codes, retries),
    ...after,
  ];
}

/** Lines of PowerShell that act on `$code`. */
export function actOnExitCode(program: Pick<InstallProgram, 'label' | 'log'>, codes: SignedCodes, retries = true): string[] {
  const said = (text: string): string => `('{0}: exit code {1} (0x{1:X8}): ${text}' -f $label, $code)`;
  const when = (list: number[], ...lines: string[]): string => `if (@(${list.join(', ')}) -contains $code) {\n  ${lines.join('\n  ')}\n} else`;
  return [
    `$label = ${powershellQuoted(program.label)}`,
    [
      ...codes.success.length > 0 ? [when(codes.success, said('success'))] : [],
      ...codes.reboot.length > 0 ? [when(codes.reboot, said('success, restart needed'), writeFlag())] : [],
      ...codes.retry.length > 0 && retries ? [when(codes.retry, said('to be tried again after a restart'), writeFlag(), writeFlag(RETRY_FLAG))] : [],
      [' {', ...failure(program, codes, retries), '}'].join('\n  ').replace(/\n {2}\}$/, '\n}'),
    ].join(''),
  ];
}

function failure({ log }: Pick<InstallProgram, 'log'>, codes: SignedCodes, retries: boolean): string[] {
  const asked = retries ? [] : codes.retry.map((code) => [code, 'it asks for a restart, and Windows has just restarted'] as const);
  const known = [...codes.failures, ...asked].map(([code, meaning]) => `'${code}' = ${powershellQuoted(meaning)}`);
  return [
    `$meaning = @{ ${known.join('; ')} }["$code"]`,
    "if (-not $meaning) { $meaning = 'not in the table of exit codes' }",
    ...log === undefined ? [] : [`if (Test-Path -LiteralPath ${powershellQuoted(log)}) { Get-Content -LiteralPath ${powershellQuoted(log)} -Tail 60 }`],
    "throw ('{0}: exit code {1} (0x{1:X8}): {2}' -f $label, $code, $meaning)",
  ];
}
