import type { IConstruct } from 'constructs';
import { powershellQuoted } from '../../component/step/quoting';
import { ExitCodes } from '../../component/windows/exit-codes';
import { runProgram, type InstallProgram } from '../../component/windows/install-program';
import { writeFlag } from '../../component/windows/reboot-if-needed';

/** How the installer of the VDA is run. */
export interface CitrixRun {
  readonly installer: string;
  readonly commandLine: string;
  readonly maxResumes: number;
}

/** What the script takes for no failure; which of them it is decides how it goes on. */
const EXIT_CODES = ExitCodes.of({
  success: [0, 3, 8, 9, 14],
  failures: {
    1: 'the installation failed; its log says why',
    2: 'only a part was installed; its log says which',
    4: 'the installation failed, and wants a restart; its log says why',
    5: 'it was cancelled',
    6: 'an argument is missing',
    7: 'a newer version is installed',
    10: 'it was aborted',
    11: 'the media are not complete',
    12: 'the licence was not accepted',
    13: 'a requirement is not met; its log says which',
  },
});

/** Where runs are counted, over restarts. */
const STATE = 'C:\\ProgramData\\GoldenImages\\citrix-vda.txt';

/** The installer leaves it behind for going on after a restart. */
const RESUME = 'C:\\ProgramData\\Citrix\\XenDesktopSetup\\XenDesktopVdaSetup.exe';

/** Where the installer's logs go; the image does not keep them. */
export const CITRIX_LOGS = 'C:\\Windows\\Temp\\golden-images-citrix';

// 9: a file is locked, restart and again; 14: Windows waited for a restart. The installer says 3 also where all is installed and only a restart is missing, and would say so for ever; the registry knows better
// (support.citrix.com, CTX695811; assumption: citrix-exit-codes).
const DECISIONS = `
trap { Remove-Item -LiteralPath $state -Force -ErrorAction SilentlyContinue; break }
function Test-Finished {
  $told = (Get-ItemProperty -Path 'HKLM:\\SOFTWARE\\Citrix\\MetaInstall' -ErrorAction SilentlyContinue).ExitCode
  return $told -eq 8 -and $null -ne (Get-Service -Name BrokerAgent -ErrorAction SilentlyContinue)
}
function Get-Next([int]$code) {
  switch ($code) {
    3 { if (Test-Finished) { return 'restart' } else { return 'resume' } }
    8 { return 'restart' }
    9 { return 'resume' }
    14 { return 'resume' }
    default { return 'done' }
  }
}
$runs = 1 + [int](Get-Content -LiteralPath $state -ErrorAction SilentlyContinue | Select-Object -First 1)
New-Item -ItemType Directory -Force -Path (Split-Path $state) | Out-Null
Set-Content -LiteralPath $state -Value "$runs"`;

const ENDING = `
$next = Get-Next $code
Write-Host "Run $($runs): exit code $code, $next"
if ($next -eq 'resume' -and $runs -gt $maxResumes) { throw "the VDA installer still asks for a restart after $maxResumes restarts" }
if ($next -eq 'resume') { exit 3010 }
if ($next -eq 'restart') { ${writeFlag()} }
Remove-Item -LiteralPath $state -Force`;

/**
 * Runs the installer, or what it left behind for going on; where it wants to go on after a restart, the step restarts the instance and comes
 * again, so many times.
 */
export function citrixScript(scope: IConstruct, { installer, commandLine, maxResumes }: CitrixRun): string[] {
  const log = `${CITRIX_LOGS}\\Citrix\\XenDesktop Installer\\XenDesktop Installation.log`;
  const codes = EXIT_CODES._signed(scope);
  const first: InstallProgram = {
    stepName: 'CitrixVda', label: 'the VDA installer', path: powershellQuoted(installer), commandLine, log, exitCodes: EXIT_CODES,
  };
  const later = { ...first, label: 'the VDA installer (resumed)', path: '$resume', commandLine: '' };
  return [
    `$state = '${STATE}'`,
    `$resume = '${RESUME}'`,
    `$maxResumes = ${maxResumes}`,
    DECISIONS.slice(1),
    'if ($runs -gt 1 -and (Test-Path -LiteralPath $resume)) {',
    ...runProgram(later, codes),
    '} else {',
    ...runProgram(first, codes),
    '}',
    ENDING.slice(1),
  ];
}
