import type { Component } from '../../component/component';
import { powershellQuoted } from '../../component/step/quoting';
import type { Step } from '../../component/step/step';
import { ExitCodes } from '../../component/windows/exit-codes';
import { installProgram } from '../../component/windows/install-program';
import { MEDIA_FOLDER, removeFolder } from '../../component/windows/media';
import { scriptStep, windowsStep } from '../../component/windows/windows-step';
import { entry } from '../entry';

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

/**
 * Logs of EC2Launch v2, and of v1 (Windows Server 2016 and 2019), with the output of user data (EC2 user guide, "EC2Launch v2 directory
 * structure"; "Configure EC2Launch", "User data execution logs").
 */
const LAUNCH_LOGS = ['C:\\ProgramData\\Amazon\\EC2Launch\\log', 'C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Log'];
/** What user data leave of themselves; the log of the running agent itself may be in use. */
const USER_DATA_LOGS = ['C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Log\\UserdataExecution.log'];

/** The component of `WindowsBaseline.cleanForImaging`. */
export function cleanWindows({ resetBase }: CleanWindowsOptions): Component {
  return entry('windows-clean-for-imaging', {
    description: 'Removes what an image must not carry',
    buildSteps: [cleanComponents(resetBase ?? false), cleanDownloads(), cleanFiles(), clearEventLogs()],
    validateSteps: [scriptStep('CheckClean', () => [
      // Not the downloads of updates: Windows fetches some anew whenever it wants to.
      `$left = @(Get-ChildItem -Path '${HISTORIES}', ${quotedList(USER_DATA_LOGS)}, '${MEDIA_FOLDER}\\*' -Force -ErrorAction SilentlyContinue)`,
      "if ($left.Count -gt 0) { throw ('left behind: ' + ($left.FullName -join ', ')) }",
    ])],
    testSteps: [scriptStep('SetupComplete', () => [
      "$setup = (Get-ItemProperty -Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State').ImageState",
      "if ($setup -ne 'IMAGE_STATE_COMPLETE') { throw \"Windows has not come through its setup: $setup\" }",
    ])],
  });
}

const quotedList = (texts: string[]): string => texts.map(powershellQuoted).join(', ');

/**
 * Windows hardware developer documentation, "Clean up the WinSxS folder". 0x800F0806 (operations are pending) and 3017 (a restart is needed
 * before) pass with a restart (cloudfoundry/bosh-windows-stemcell-builder#39, rgl/windows-vagrant#27). Not /Quiet: DISM says why it fails.
 */
const cleanComponents = (resetBase: boolean): Step => windowsStep('CleanComponents', (scope, bind) => installProgram(scope, bind, {
  stepName: 'CleanComponents',
  label: 'Dism.exe',
  path: powershellQuoted('C:\\Windows\\System32\\Dism.exe'),
  commandLine: ['/Online', '/Cleanup-Image', '/StartComponentCleanup', ...resetBase ? ['/ResetBase'] : [], '/NoRestart'].join(' '),
  exitCodes: ExitCodes.of({ success: [0], successWithReboot: [3010], retryAfterReboot: [3017, 0x800F0806] }),
  log: 'C:\\Windows\\Logs\\DISM\\dism.log',
}));

// The orchestrator starts the update service again (ChrisTitusTech/winutil#3790), so that it goes first, and so that no attempt is sure:
// what Windows keeps or fetches anew stays, and is no failure.
const cleanDownloads = (): Step => scriptStep('CleanDownloads', () => [
  'for ($try = 1; $try -le 5; $try++) {',
  "  foreach ($name in 'UsoSvc', 'wuauserv', 'BITS') { Stop-Service -Name $name -Force -ErrorAction SilentlyContinue }",
  `  try { Get-ChildItem -Path '${DOWNLOADS}' -Force -ErrorAction SilentlyContinue | Remove-Item -Recurse -Force } catch { $_.Exception.Message }`,
  `  $left = @(Get-ChildItem -Path '${DOWNLOADS}' -Force -ErrorAction SilentlyContinue)`,
  '  if ($left.Count -eq 0) { break }',
  '  Start-Sleep -Seconds 5',
  '}',
  "if ($left.Count -gt 0) { 'Windows uses its downloads again, and they stay: {0}' -f ($left.Name -join ', ') }",
]);

// What is in use stays, and what the agent of the build may need to come to its end (assumption: agent-temporary-files), with the folders
// that it lies in. Folders are listed one by one: a path with * in its middle yields the folder itself.
const cleanFiles = (): Step => scriptStep('CleanFiles', () => [
  "$keep = 'golden-images|TOE|ImageBuilder|Amazon|SSM'",
  'function Test-Kept($item) {',
  '  if ($item.Name -match $keep) { return $true }',
  '  return $item.PSIsContainer -and @(Get-ChildItem -LiteralPath $item.FullName -Recurse -Force -ErrorAction SilentlyContinue |',
  '    Where-Object { $_.Name -match $keep }).Count -gt 0',
  '}',
  "foreach ($folder in @(Get-Item -Path 'C:\\Windows\\Temp', 'C:\\Users\\*\\AppData\\Local\\Temp' -Force -ErrorAction SilentlyContinue)) {",
  '  Get-ChildItem -LiteralPath $folder.FullName -Force -ErrorAction SilentlyContinue | Where-Object { -not (Test-Kept $_) } |',
  '    Remove-Item -Recurse -Force -ErrorAction SilentlyContinue',
  '}',
  `Get-ChildItem -Path '${HISTORIES}' -Force -ErrorAction SilentlyContinue | Remove-Item -Force`,
  `Get-ChildItem -Path ${quotedList(LAUNCH_LOGS)} -File -ErrorAction SilentlyContinue | Remove-Item -Force -ErrorAction SilentlyContinue`,
  ...removeFolder(MEDIA_FOLDER),
]);

const clearEventLogs = (): Step => scriptStep('ClearEventLogs', () => [
  `foreach ($log in @(${EVENT_LOGS.map(powershellQuoted).join(', ')})) {`,
  '  & wevtutil.exe clear-log $log',
  '  if ($LASTEXITCODE -ne 0) { throw "wevtutil.exe ($log): exit code $LASTEXITCODE" }',
  '}',
]);
