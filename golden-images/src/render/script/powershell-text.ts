import type { Means } from './language';
import { powershellQuoted as quoted } from '../../../../src/component/step/quoting';
import type { Pass, Script } from '../plan/operation';

/**
 * A script as a file. Targets end it with the exit code of the last program that it ran, Image Builder with 0 unless it says otherwise: so it
 * says it.
 */
export function powershellText(script: Script, title: string, means: Means): string {
  const body = isPlain(script, means) ? [...script.body.split('\n'), 'exit 0'] : inside(script, means);
  return [...title.split('\n').map((line) => `# ${line}`), ...script.guard, ...body, ''].join('\n');
}

function isPlain({ wants, keeps, onFailure, attempts, timeoutSeconds, pass }: Script, { retries, timeouts }: Means): boolean {
  return wants.length === 0 && keeps === undefined && onFailure === 'Abort' && pass === undefined
    && (retries || attempts === 1) && (timeouts || timeoutSeconds === Infinity);
}

const makeFolder = (file: string): string => `New-Item -ItemType Directory -Force -Path (Split-Path ${quoted(file)}) | Out-Null`;

/** The body in a file of its own, run by a PowerShell of its own, so that this one may look at how it ended. */
function inside(script: Script, means: Means): string[] {
  const { body, wants, keeps, pass } = script;
  return [
    "$ErrorActionPreference = 'Stop'",
    ...pass ? passBegin(pass) : [],
    `$body = ${literal(body)}`,
    ...wants.map(({ marker, file }) => `$body = $body.Replace(${quoted(marker)}, ([IO.File]::ReadAllText(${quoted(file)}) -replace '\\r?\\n\\z', ''))`),
    '$file = "C:\\Windows\\Temp\\golden-images-$([guid]::NewGuid()).ps1"',
    '[IO.File]::WriteAllText($file, $body, [Text.Encoding]::UTF8)',
    ...keeps ? [makeFolder(keeps.file)] : [],
    ...run(script, means),
    'Remove-Item -LiteralPath $file',
    ...keeps ? [`if ($status -eq 0) { [IO.File]::WriteAllText(${quoted(keeps.file)}, ($printed -join "\`r\`n")) }`] : [],
    ...pass ? passEnd(pass) : [],
    ...ending(script),
  ];
}

function run({ attempts, timeoutSeconds, keeps }: Script, { retries, timeouts }: Means): string[] {
  const shell = '"$PSHOME\\powershell.exe"';
  const options = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File';
  const once = timeouts || timeoutSeconds === Infinity || keeps
    ? [`& ${shell} ${options} $file${keeps ? ' | Tee-Object -Variable printed' : ''}`, '$status = $LASTEXITCODE']
    : [
      `$process = Start-Process ${shell} -ArgumentList "${options} \`"$file\`"" -NoNewWindow -PassThru`,
      '$handle = $process.Handle',
      `if (-not $process.WaitForExit(${timeoutSeconds * 1000})) { & taskkill.exe /T /F /PID $process.Id; $status = 1 } else { $status = $process.ExitCode }`,
    ];
  return retries || attempts === 1 ? once : [`foreach ($attempt in 1..${attempts}) {`, ...once.map((line) => `  ${line}`), '  if ($status -eq 0) { break }', '}'];
}

/** Readable where it can be. */
const literal = (text: string): string => (/^'@|[^\n\x20-\x7e]/m.test(text) ? quoted(text) : `@'\n${text}\n'@`);

/** A later pass runs only where the one before asked for a restart. */
const passBegin = ({ restartFile, number }: Pass): string[] => [
  ...number > 1 ? [`if (-not (Test-Path -LiteralPath ${quoted(restartFile)})) { exit 0 }`] : [],
  `Remove-Item -LiteralPath ${quoted(restartFile)} -ErrorAction SilentlyContinue`,
];

const passEnd = ({ code, restartFile, number, of }: Pass): string[] => (number < of
  ? [`if ($status -eq ${code}) { ${makeFolder(restartFile)}; New-Item -ItemType File -Force -Path ${quoted(restartFile)} | Out-Null; exit 0 }`]
  : [`if ($status -eq ${code}) { throw 'it asks for another restart after ${of} passes' }`]);

function ending({ onFailure, language }: Script): string[] {
  switch (onFailure) {
    case 'Abort': return ['exit $status'];
    case 'Ignore': return ['if ($status -ne 0) { Write-Host "exit code $($status): ignored, as the step says" }', 'exit 0'];
    case 'Continue': return [
      'if ($status -ne 0) {',
      '  Write-Host "exit code $($status): the build goes on, and fails at the end of the phase"',
      `  ${makeFolder(`${language.folder}failed`)}`,
      `  Add-Content -LiteralPath '${language.folder}failed' -Value $PSCommandPath`,
      '}',
      'exit 0',
    ];
  }
}
