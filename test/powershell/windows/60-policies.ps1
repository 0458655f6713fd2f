# Account and audit policies, the time service and the event log, as their programs of Windows show and set them.
function Get-PathAfter([object[]]$arguments, [string]$switch) { return $arguments[[array]::IndexOf($arguments, $switch) + 1] }

# secedit.exe: what is configured stands in [System Access]; the export has every value, in UTF-16.
function Program-secedit.exe {
  $global:LASTEXITCODE = 0
  $file = Get-PathAfter $args '/cfg'
  if ($args -contains '/export') {
    $lines = @('[Unicode]', 'Unicode=yes', '[System Access]') + @($Machine.Accounts.Keys | Sort-Object | ForEach-Object { "$_ = $($Machine.Accounts[$_])" })
    # A right that nobody has is not listed.
    $lines += @('[Privilege Rights]') + @($Machine.Rights.Keys | Sort-Object | Where-Object { $Machine.Rights[$_] } | ForEach-Object { "$_ = $($Machine.Rights[$_])" })
    Set-Content -LiteralPath $file -Value ($lines + @('[Version]', 'signature="$CHICAGO$"', 'Revision=1')) -Encoding Unicode
    return
  }
  $wanted = @{}
  foreach ($line in Get-Content -LiteralPath $file) {
    if ($line -match '^\[(.*)\]$') { $section = $Matches[1] }
    if ($line -notmatch '^(\w+) = (.*)$') { continue }
    if ($section -eq 'System Access') { $wanted[$Matches[1]] = [int]$Matches[2] }
    if ($section -eq 'Privilege Rights') { $Machine.Rights[$Matches[1]] = $Matches[2] }
  }
  if (-not (Test-Lockout $wanted)) { $global:LASTEXITCODE = 1; return }
  foreach ($name in $wanted.Keys) { $Machine.Accounts[$name] = $wanted[$name] }
}

# A reset later than the end of the lockout, or either without a threshold, is refused: ansible/ansible#62594, dsccommunity/SecurityPolicyDsc#140.
function Test-Lockout($wanted) {
  $value = { param($name) if ($wanted.ContainsKey($name)) { $wanted[$name] } else { $Machine.Accounts[$name] } }
  $threshold, $reset, $duration = 'LockoutBadCount', 'ResetLockoutCount', 'LockoutDuration' | ForEach-Object { & $value $_ }
  if ($threshold -eq 0) { return -not ($wanted.ContainsKey('ResetLockoutCount') -or $wanted.ContainsKey('LockoutDuration')) }
  return $null -eq $reset -or $null -eq $duration -or $duration -le 0 -or $reset -le $duration
}

# auditpol.exe: by the GUID of the subcategory; the backup is a table whose last column is the number.
function Program-auditpol.exe {
  $global:LASTEXITCODE = 0
  if ($args[0] -eq '/backup') {
    $rows = $Machine.Audit.Keys | Sort-Object | ForEach-Object { "HOST,System,Name of $_,{$_},Text,,$($Machine.Audit[$_])" }
    $head = 'Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value'
    Set-Content -LiteralPath ($args[1] -replace '^/file:', '') -Value (@($head) + @($rows))
    return
  }
  $guid = ($args | Where-Object { $_ -match '^/subcategory:' }) -replace '^/subcategory:\{(.*)\}$', '$1'
  $value = [int]$Machine.Audit[$guid]
  foreach ($argument in $args) {
    switch ($argument) {
      '/success:enable' { $value = $value -bor 1 }
      '/success:disable' { $value = $value -band 2 }
      '/failure:enable' { $value = $value -bor 2 }
      '/failure:disable' { $value = $value -band 1 }
    }
  }
  $Machine.Audit[$guid] = $value
}

# w32tm.exe: takes its source from the list of peers, where the service runs.
function Program-w32tm.exe {
  $global:LASTEXITCODE = 0
  if ($Machine.Services['W32Time'].Status -ne 'Running') { $global:LASTEXITCODE = 1062; return }
  $peers = "$args" -replace '^.*/manualpeerlist:(\S+?)(?:,\S*)?(?: .*)?$', '$1'
  if ($args -contains '/config') { $Machine.Peers = $peers }
  if ($args -contains '/resync' -and $Machine.Peers) { $Machine.Resyncs = [int]$Machine.Resyncs + 1 }
  if ("$args" -match '/query /source') {
    if ($Machine.Peers -and [int]$Machine.Resyncs -ge [int]$Machine.ResyncsNeeded) { "$($Machine.Peers),0x8" } else { 'Local CMOS Clock' }
  }
}
function Program-wevtutil.exe {
  $global:LASTEXITCODE = if ($Machine.Logs -and $Machine.Logs -notcontains $args[1]) { 15007 } else { 0 }
  Add-Log "cleared $($args[1])"
}

# What Windows has made of the registry: some of it with the next start (`Booted` is the registry at the last one).
function Get-BootedValue([string]$key, [string]$name) {
  $values = $Machine.Booted[$key]
  if ($values -and $values.ContainsKey($name)) { return $values[$name] }
}
function Get-SmbServerConfiguration {
  $smb1 = Get-BootedValue 'HKLM:\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters' 'SMB1'
  return [pscustomobject]@{ EnableSMB1Protocol = $null -eq $smb1 -or $smb1 -ne 0 }
}
function Get-NetFirewallProfile {
  [CmdletBinding()] param([string]$PolicyStore, [string[]]$Name)
  $policy = "HKLM:\SOFTWARE\Policies\Microsoft\WindowsFirewall\$($Name)Profile"
  $enabled, $inbound = (Get-BootedValue $policy 'EnableFirewall'), (Get-BootedValue $policy 'DefaultInboundAction')
  return [pscustomobject]@{ Enabled = "$($enabled -ne 0)"; DefaultInboundAction = $(if ($inbound -eq 0) { 'Allow' } else { 'Block' }) }
}
function Get-WinEvent {
  [CmdletBinding()] param([hashtable]$FilterHashtable)
  if ((Get-BootedValue 'HKLM:\SYSTEM\CurrentControlSet\Control\Lsa' 'RunAsPPL') -in 1, 2) { return [pscustomobject]@{ Id = $FilterHashtable.Id } }
  Stop-Cmdlet $PSCmdlet 'No events were found that match the specified selection criteria.'
}
