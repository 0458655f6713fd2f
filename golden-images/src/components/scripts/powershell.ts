import { spawnSync } from 'node:child_process';
import type { Fault } from './script';

/** Why there is no PowerShell to ask. */
export class NoPowerShell extends Error {}

/** Named by the user, and not there: a mistake, and not a machine without PowerShell. */
export class WrongPowerShell extends Error {}

/**
 * Reads one script a line, in base64, and answers each with a line: nothing, or offset and message of its first fault. An instance runs
 * steps on Windows PowerShell 5.1 (assumption: windows-powershell), which lacks some syntax of PowerShell 7 ("about_Pipeline_Chain_Operators",
 * "about_Operators").
 */
const PROGRAM = `
$ErrorActionPreference = 'Stop'
function Find-Newer($tree) {
  $tree.Find({ param($each)
    $each -is [System.Management.Automation.Language.PipelineChainAst] -or
    $each -is [System.Management.Automation.Language.TernaryExpressionAst] -or
    ($each -is [System.Management.Automation.Language.PipelineAst] -and $each.Background) -or
    $each.NullConditional -or $each.CleanBlock -or "$($each.Operator)" -like 'QuestionQuestion*'
  }, $true)
}
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line))
  $tokens = $errors = $null
  $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$tokens, [ref]$errors)
  $fault = $errors | Sort-Object { $_.Extent.StartOffset } -Stable | Select-Object -First 1
  $newer = if (-not $fault) { Find-Newer $tree }
  $at, $message = if ($fault) { $fault.Extent.StartOffset, $fault.Message } elseif ($newer) {
    $newer.Extent.StartOffset, "Windows PowerShell 5.1, which runs the step, does not have the syntax of: $($newer.Extent.Text)"
  }
  [Console]::Out.WriteLine($(if ($message) { "$at " + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($message)) }))
}
`;

/** The program that the user named; an empty name is none, as in a pipeline that sets it in some of its jobs. */
const namedProgram = (): string | undefined => process.env.GOLDEN_IMAGES_PWSH || undefined;

/** The first fault of each script, by one process of PowerShell for all. Throws `NoPowerShell` and `WrongPowerShell`. */
export function powershellFaults(texts: readonly string[], named = namedProgram()): (Fault | undefined)[] {
  const input = texts.map((text) => `${Buffer.from(text).toString('base64')}\n`).join('');
  const program = Buffer.from(PROGRAM, 'utf16le').toString('base64');
  const { error, status, stdout, stderr } = spawnSync(named ?? 'pwsh', ['-NoProfile', '-NonInteractive', '-EncodedCommand', program], {
    input, encoding: 'utf8', maxBuffer: Infinity, env: { ...process.env, NO_COLOR: '1', POWERSHELL_TELEMETRY_OPTOUT: '1' },
  });
  if (error !== undefined) throw missing(error, named);
  const lines = stdout.split(/\r?\n/).slice(0, -1);
  if (status !== 0 || lines.length !== texts.length) throw new Error(`${named ?? 'pwsh'} did not answer for each script (status ${status}): ${stderr.trim()}`);
  return lines.map((line) => {
    const [offset, message] = line.split(' ');
    return message === undefined ? undefined : { offset: Number(offset), message: Buffer.from(message, 'base64').toString().split('\n')[0]!.replace(/\.$/, '') };
  });
}

function missing(error: Error, named: string | undefined): Error {
  if (named !== undefined) return new WrongPowerShell(`GOLDEN_IMAGES_PWSH is ${named}, which cannot be run (${error.message}); expected PowerShell 7`);
  return new NoPowerShell('there is no pwsh on the path; install PowerShell 7, or name it in GOLDEN_IMAGES_PWSH');
}
