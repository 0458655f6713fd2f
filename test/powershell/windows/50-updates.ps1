# The Windows Update Agent by COM. `Updates` is a world: @{ List = updates; SearchFails = times; DownloadFails = times; NotAllowed = times }.
# An update: @{ Id; Title; Results = result codes of its installations, one after the other (default 2); Restart = it asks for one;
# RollsBack = each restart takes it away again; After = how many restarts before it can be found; Download = 2, or 4 where it does not come }.
function New-Object {
  [CmdletBinding()] param([Parameter(Position = 0)][string]$TypeName, [Parameter(Position = 1)][object[]]$ArgumentList, [string]$ComObject, $Property)
  if (-not $ComObject) { $PSBoundParameters.Remove('ErrorAction') | Out-Null; return Microsoft.PowerShell.Utility\New-Object @PSBoundParameters }
  switch ($ComObject) {
    'Microsoft.Update.SystemInfo' { return [pscustomobject]@{ RebootRequired = $Machine.RestartPending } }
    'Microsoft.Update.UpdateColl' { return , [System.Collections.ArrayList]::new() }
    'Microsoft.Update.Session' { return New-UpdateSession }
    default { throw "the simulated Windows has no COM object $ComObject" }
  }
}

function New-UpdateSession {
  $session = [pscustomobject]@{}
  $session | Add-Member ScriptMethod CreateUpdateSearcher { New-UpdateSearcher }
  $session | Add-Member ScriptMethod CreateUpdateDownloader { New-UpdateDownloader }
  $session | Add-Member ScriptMethod CreateUpdateInstaller { New-UpdateInstaller }
  return $session
}

function Assert-UpdatesAllowed {
  if ($Machine.RestartPending -or [int]$Machine.Updates.NotAllowed -gt 0) {
    $Machine.Updates.NotAllowed = [int]$Machine.Updates.NotAllowed - 1
    throw [System.Runtime.InteropServices.COMException]::new('Exception from HRESULT: 0x80240016', 0x80240016)
  }
}

function New-UpdateSearcher {
  $searcher = [pscustomobject]@{}
  $searcher | Add-Member ScriptMethod Search {
    param($criteria)
    Add-Log "search $criteria"
    if ([int]$Machine.Updates.SearchFails -gt 0) { $Machine.Updates.SearchFails -= 1; throw 'Exception from HRESULT: 0x8024402C' }
    $found = @($Machine.Updates.List | Where-Object { -not $_.Installed -and [int]$_.After -le [int]$Machine.Updates.Restarts })
    return [pscustomobject]@{ ResultCode = 2; Updates = @($found | ForEach-Object { New-Update $_ }) }
  }
  return $searcher
}

function New-Update($known) {
  $update = [pscustomobject]@{
    Title = $known.Title; Identity = [pscustomobject]@{ UpdateID = $known.Id; RevisionNumber = 1 }; EulaAccepted = -not $known.Eula
    InstallationBehavior = [pscustomobject]@{ CanRequestUserInput = [bool]$known.Asks }; IsDownloaded = [bool]$known.Downloaded
    KBArticleIDs = @($known.Kb); Known = $known
  }
  $update | Add-Member ScriptMethod AcceptEula { $this.EulaAccepted = $true; $this.Known.Eula = $false; Add-Log "accepted $($this.Title)" }
  return $update
}

function New-UpdateDownloader {
  $downloader = [pscustomobject]@{ Updates = $null }
  $downloader | Add-Member ScriptMethod Download {
    if ([int]$Machine.Updates.DownloadFails -gt 0) { $Machine.Updates.DownloadFails -= 1; return [pscustomobject]@{ ResultCode = 4 } }
    $came = @($this.Updates | Where-Object { $_.Known.Download -ne 4 })
    foreach ($update in $came) { $update.IsDownloaded = $true; $update.Known.Downloaded = $true }
    $code = if ($came.Count -eq $this.Updates.Count) { 2 } elseif ($came.Count -gt 0) { 3 } else { 4 }
    return [pscustomobject]@{ ResultCode = $code }
  }
  return $downloader
}

function New-UpdateInstaller {
  $installer = [pscustomobject]@{ Updates = $null }
  $installer | Add-Member ScriptMethod Install {
    Assert-UpdatesAllowed
    $results = @($this.Updates | ForEach-Object { Install-KnownUpdate $_ })
    $result = [pscustomobject]@{ RebootRequired = [bool]@($results | Where-Object { $_.Restart }); Results = $results }
    $result | Add-Member ScriptMethod GetUpdateResult { param($index) return $this.Results[$index] }
    if ($result.RebootRequired) { $Machine.RestartPending = $true }
    return $result
  }
  return $installer
}

function Install-KnownUpdate($update) {
  $known = $update.Known
  if (-not $update.EulaAccepted) { throw "the licence of $($known.Title) was not accepted" }
  $codes = @(if ($null -ne $known.Results) { $known.Results } else { 2 })
  $code = [int]$codes[[Math]::Min([int]$known.Attempts, $codes.Count - 1)]
  $known.Attempts = [int]$known.Attempts + 1
  Add-Log "installed $($known.Title): $code"
  if ($code -in 2, 3) { $known.Installed = $true }
  return [pscustomobject]@{ ResultCode = $code; HResult = $(if ($code -in 2, 3) { 0 } else { 0x80070643 }); Restart = [bool]$known.Restart }
}

# What a restart does: late updates come, and some are rolled back.
function Complete-Updates {
  if ($null -eq $Machine.Updates) { return }
  foreach ($known in $Machine.Updates.List) { if ($known.RollsBack) { $known.Installed = $false } }
  $Machine.Updates.Restarts = [int]$Machine.Updates.Restarts + 1
}
