import type { ParsedFilter } from './update-filter';
import { powershellQuoted } from '../step/quoting';

/** What the script is made from. */
export interface WindowsUpdateSettings {
  readonly searchCriteria: string;
  readonly filters: ParsedFilter[];
  readonly updateLimit: number;
  readonly maxPasses: number;
}

/** Where passes are counted, over restarts: the number of the pass, the ids of updates that failed before, and with + of those installed. */
const STATE = 'C:\\ProgramData\\GoldenImages\\windows-update.txt';

/** The module restarts the instance and runs the same step again (user guide, "ExecutePowerShell"; assumption: exit-in-commands). */
const RESTART = 3010;

const settings = ({ searchCriteria, filters, updateLimit, maxPasses }: WindowsUpdateSettings): string => `
$criteria = ${powershellQuoted(searchCriteria)}
$limit = ${updateLimit}
$maxPasses = ${maxPasses}
$state = '${STATE}'
$filters = @(
${filters.map(({ include, expression }) => `  @{ Include = $${include}; Expression = [ScriptBlock]::Create(${powershellQuoted(expression)}) }`).join('\n')}
)`;

// A step that fails leaves no count behind: another attempt starts from the first pass.
const PASSES = `
trap { Remove-Item -LiteralPath $state -Force -ErrorAction SilentlyContinue; break }
function Stop-Update([string]$reason) { throw "Windows Update: $reason" }
function Save-State([int]$pass, [string[]]$failed, [string[]]$installed) {
  New-Item -ItemType Directory -Force -Path (Split-Path $state) | Out-Null
  Set-Content -LiteralPath $state -Value (@("$pass") + @($failed | Where-Object { $_ }) + @($installed | Where-Object { $_ } | ForEach-Object { "+$_" }))
}
function Wait-ModulesInstaller {
  $end = (Get-Date).AddMinutes(30)
  for ($quiet = 0; $quiet -lt 3 -and (Get-Date) -lt $end; $quiet++) {
    Start-Sleep -Seconds 5
    if (Get-Process -Name TiWorker -ErrorAction SilentlyContinue) { $quiet = -1 }
  }
}
function Restart-Pass([string]$reason) {
  Write-Host "Pass $($pass): restart, $reason"
  Wait-ModulesInstaller
  exit ${RESTART}
}`;

/** Whether Windows waits for a restart: as the agent says, as the automatic updates say, and for packages that are half installed. */
export const TEST_RESTART_PENDING = `
function Test-RestartPending {
  $cbs = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing'
  $update = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update'
  if ((New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired) { return $true }
  if ((Test-Path "$update\\RebootRequired") -or (Test-Path "$cbs\\RebootPending")) { return $true }
  return @(Get-ChildItem "$cbs\\PackagesPending" -ErrorAction SilentlyContinue).Count -gt 0
}`;

// 0x80240016, WU_E_INSTALL_NOT_ALLOWED: another installation runs, or Windows waits for a restart.
const DECISIONS = `
function Test-RestartFirst($failure) {
  return $failure.Exception.GetBaseException().HResult -eq 0x80240016
}
function Test-Wanted($update) {
  foreach ($filter in $filters) {
    if (Where-Object -InputObject $update -FilterScript $filter.Expression) { return $filter.Include }
  }
  return $false
}
function Get-Result([int]$code) {
  switch ($code) {
    2 { return 'installed' }
    3 { return 'installed' }
    default { return 'failed' }
  }
}`;

const SEARCH = `
function Find-Updates {
  for ($try = 1; ; $try++) {
    $blocked = $false
    try {
      $found = $session.CreateUpdateSearcher().Search($criteria)
      if ($found.ResultCode -eq 2) { return @($found.Updates) }
      $problem = "result code $($found.ResultCode)"
    } catch {
      $problem = "$_"
      $blocked = Test-RestartFirst $_
    }
    Write-Host "Search $($try): $problem"
    if ($try -ge 5 -and $blocked) { Restart-Pass 'the search is not allowed before' }
    if ($try -ge 5) { Stop-Update "the search failed: $problem" }
    Start-Sleep -Seconds 30
  }
}
function Select-Updates {
  $titles = @()
  foreach ($update in @(Find-Updates)) {
    if ($null -eq $update.Title) { Stop-Update 'the agent answers with updates that cannot be read' }
    if (-not (Test-Wanted $update)) { Write-Host "Left out: $($update.Title)"; continue }
    if ($titles -contains $update.Title) { $next.Reason = 'two updates of one name'; continue }
    if (-not $update.EulaAccepted) { $update.AcceptEula() }
    Write-Host "Wanted: $($update.Title)"
    if ($update.InstallationBehavior.CanRequestUserInput) { Write-Host 'It may ask a user something: if the build hangs, exclude it.' }
    $titles += $update.Title
    $update
    if ($titles.Count -ge $limit) { $next.Reason = "the limit of $limit updates"; break }
  }
}`;

// OperationResultCode: 2 succeeded, 3 succeeded with errors, 4 failed, 5 aborted.
const INSTALLATION = `
function New-Collection($updates) {
  $collection = New-Object -ComObject Microsoft.Update.UpdateColl
  foreach ($update in $updates) { $collection.Add($update) | Out-Null }
  return , $collection
}
function Save-Updates($updates) {
  $downloader = $session.CreateUpdateDownloader()
  $downloader.Updates = New-Collection $updates
  for ($try = 1; $try -le 3; $try++) {
    try { $code = $downloader.Download().ResultCode } catch { $code = "$_" }
    if ($code -eq 2) { return }
    if ($code -eq 3) { $next.Reason = 'some downloads failed'; return }
    Write-Host "Download $($try): result code $code"
    Start-Sleep -Seconds 30
  }
  Stop-Update "the download failed with result code $code"
}
function Install-Updates($updates) {
  $installer = $session.CreateUpdateInstaller()
  $installer.Updates = New-Collection $updates
  try { $result = $installer.Install() } catch {
    if (Test-RestartFirst $_) { Restart-Pass 'the installation is not allowed before' }
    Stop-Update "the installation failed: $_"
  }
  if ($result.RebootRequired) { $next.Reason = 'the updates ask for it' }
  for ($i = 0; $i -lt $updates.Count; $i++) {
    $one = $result.GetUpdateResult($i)
    $outcome = Get-Result $one.ResultCode
    Write-Host ('{0}: {1} (code {2}, 0x{3:X8})' -f $updates[$i].Title, $outcome, $one.ResultCode, $one.HResult)
    if ($outcome -eq 'failed') { $updates[$i] } else { $next.Installed += "$($updates[$i].Identity.UpdateID)" }
  }
}`;

// An update that was installed and is wanted again was rolled back by the restart (ansible-collections/ansible.windows#604): twice, it is named.
const MAIN = `
$before = @(Get-Content -LiteralPath $state -ErrorAction SilentlyContinue)
$pass = if ($before.Count -gt 0) { [int]$before[0] + 1 } else { 1 }
$failedBefore = @($before | Select-Object -Skip 1 | Where-Object { $_ -notlike '+*' })
$installedBefore = @($before | Where-Object { $_ -like '+*' } | ForEach-Object { $_.Substring(1) })
$next = @{ Reason = $null; Installed = @() }
if ($pass -gt $maxPasses) { Stop-Update "there is still something to do after $maxPasses passes" }
Save-State $pass $failedBefore $installedBefore
if (Test-RestartPending) { Restart-Pass 'Windows waits for it' }
$session = New-Object -ComObject Microsoft.Update.Session
$wanted = @(Select-Updates)
$back = @($wanted | Where-Object { $id = $_.Identity.UpdateID; @($installedBefore | Where-Object { $_ -eq $id }).Count -ge 2 })
if ($back.Count -gt 0) { Stop-Update "installed twice, and rolled back by each restart, fix or exclude: $(@($back | ForEach-Object { $_.Title }) -join '; ')" }
if ($wanted.Count -gt 0) {
  Save-Updates $wanted
  $ready = @($wanted | Where-Object { $_.IsDownloaded })
  $failed = @(if ($ready.Count -gt 0) { Install-Updates $ready })
  $twice = @($failed | Where-Object { $failedBefore -contains $_.Identity.UpdateID })
  if ($twice.Count -gt 0) { Stop-Update "failed twice, fix or exclude: $(@($twice | ForEach-Object { $_.Title }) -join '; ')" }
  if ($failed.Count -gt 0) { $next.Reason = 'some updates failed' }
  Save-State $pass ($failedBefore + @($failed | ForEach-Object { $_.Identity.UpdateID })) ($installedBefore + $next.Installed)
}
if ($next.Reason) { Restart-Pass $next.Reason }
if (Test-RestartPending) { Restart-Pass 'Windows waits for it' }
Remove-Item -LiteralPath $state -Force
Write-Host "Pass $($pass): nothing left to do"`;

/** What the script was made from, for tools that have Windows Update by name, such as `golden-images render`. Pure ASCII, and no nested braces. */
const description = ({ searchCriteria, filters, updateLimit }: WindowsUpdateSettings): string => {
  const written = filters.map(({ include, expression }) => `${include ? 'include' : 'exclude'}:${expression}`);
  const json = JSON.stringify({ step: 'WindowsUpdate', searchCriteria, filters: written, updateLimit });
  return `# golden-images: ${json.replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;
};

/**
 * One pass of Windows Update. Its decisions are small functions; what it prints goes to the host, because what a PowerShell function
 * writes is its result.
 */
export const windowsUpdateScript = (given: WindowsUpdateSettings): string[] =>
  [description(given), ...[settings(given), PASSES, TEST_RESTART_PENDING, DECISIONS, SEARCH, INSTALLATION, MAIN].map((part) => part.slice(1))];
