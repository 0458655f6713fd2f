import { Component } from '../../component/component';
import { powershellQuoted } from '../../component/step/quoting';
import type { Step } from '../../component/step/step';
import { ExitCodes } from '../../component/windows/exit-codes';
import { installProgram } from '../../component/windows/install-program';
import { scriptStep, windowsStep } from '../../component/windows/windows-step';

/** Options of `WindowsBaseline.cleanForImaging`. */
export interface CleanWindowsOptions {
  /**
   * Whether superseded Windows components are removed for good, so that installed updates cannot be uninstalled any more.
   *
   * @default false
   */
  readonly resetBase?: boolean;
}

/** Of these logs only; others may be cleared by nobody. */
const EVENT_LOGS = ['Application', 'Security', 'Setup', 'System', 'Windows PowerShell', 'Microsoft-Windows-PowerShell/Operational'];

const DOWNLOADS = 'C:\\Windows\\SoftwareDistribution\\Download';
const HISTORIES = 'C:\\Users\\*\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt';

/** The component of `WindowsBaseline.cleanForImaging`. */
export function cleanWindows({ resetBase }: CleanWindowsOptions): Component {
  return Component.fromSteps('windows-clean-for-imaging', {
    description: 'Removes what an image must not carry',
    buildSteps: [cleanComponents(resetBase ?? false), cleanDownloads(), cleanFiles(), clearEventLogs()],
    validateSteps: [scriptStep('CheckClean', () => [
      `$left = @(Get-ChildItem -Path '${DOWNLOADS}' -Force -ErrorAction SilentlyContinue) + @(Get-ChildItem -Path '${HISTORIES}' -Force -ErrorAction SilentlyContinue)`,
      "if ($left.Count -gt 0) { throw ('left behind: ' + ($left.FullName -join ', ')) }",
    ])],
    testSteps: [scriptStep('SetupComplete', () => [
      "$setup = (Get-ItemProperty -Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State').ImageState",
      "if ($setup -ne 'IMAGE_STATE_COMPLETE') { throw \"Windows has not come through its setup: $setup\" }",
    ])],
  });
}

/** Windows hardware developer documentation, "Clean up the WinSxS folder". */
const cleanComponents = (resetBase: boolean): Step => windowsStep('CleanComponents', (scope, bind) => installProgram(scope, bind, {
  stepName: 'CleanComponents',
  label: 'Dism.exe',
  path: powershellQuoted('C:\\Windows\\System32\\Dism.exe'),
  commandLine: ['/Online', '/Cleanup-Image', '/StartComponentCleanup', ...resetBase ? ['/ResetBase'] : [], '/NoRestart', '/Quiet'].join(' '),
  exitCodes: ExitCodes.of({ success: [0], successWithReboot: [3010] }),
}));

// Services that hold the files; both start again when they are needed.
const cleanDownloads = (): Step => scriptStep('CleanDownloads', () => [
  "Stop-Service -Name 'wuauserv', 'BITS' -Force",
  `Get-ChildItem -Path '${DOWNLOADS}' -Force -ErrorAction SilentlyContinue | Remove-Item -Recurse -Force`,
]);

// What is in use stays, and what the agent of the build may need to come to its end (assumption: agent-temporary-files).
const cleanFiles = (): Step => scriptStep('CleanFiles', () => [
  "$keep = 'golden-images|TOE|ImageBuilder|Amazon|SSM'",
  "Get-ChildItem -Path 'C:\\Windows\\Temp', 'C:\\Users\\*\\AppData\\Local\\Temp' -Force -ErrorAction SilentlyContinue |",
  '  Where-Object { $_.Name -notmatch $keep } | Remove-Item -Recurse -Force -ErrorAction SilentlyContinue',
  `Get-ChildItem -Path '${HISTORIES}' -Force -ErrorAction SilentlyContinue | Remove-Item -Force`,
  "Get-ChildItem -Path 'C:\\ProgramData\\Amazon\\EC2Launch\\log' -File -ErrorAction SilentlyContinue | Remove-Item -Force -ErrorAction SilentlyContinue",
]);

const clearEventLogs = (): Step => scriptStep('ClearEventLogs', () => [
  `foreach ($log in @(${EVENT_LOGS.map(powershellQuoted).join(', ')})) {`,
  '  & wevtutil.exe clear-log $log',
  '  if ($LASTEXITCODE -ne 0) { throw "wevtutil.exe ($log): exit code $LASTEXITCODE" }',
  '}',
]);
