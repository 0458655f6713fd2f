# One simulated Windows: its state, its drives, and how it runs a script. What is not simulated fails by name.
$global:Machine = $null

# By .NET and not by cmdlets: this is done for each exit code of each table.
function Get-HostPath([string]$path) { return "$Room/" + ($path -replace '^(\w+):', '$1' -replace '\\', '/') }

function Reset-Machine($world) {
  foreach ($drive in 'C', 'HKLM') {
    $root = "$Room/$drive"
    if ([System.IO.Directory]::Exists($root)) { [System.IO.Directory]::Delete($root, $true) }
    [System.IO.Directory]::CreateDirectory($root) | Out-Null
    if (-not (Get-PSDrive $drive -ErrorAction SilentlyContinue)) { New-PSDrive $drive -PSProvider FileSystem -Root $root -Scope Global | Out-Null }
  }
  $global:Machine = @{
    Now = [datetime]'2026-01-01T00:00:00Z'; Log = @(); Started = @(); Registry = @{}; Variables = @{}
    Services = @{}; Features = @{}; Programs = @{}; Signatures = @{}; Tasks = @{}; Ports = @(); Packages = @(); Parameters = @{}; Secrets = @{}
    Accounts = @{}; Audit = @{}; Rights = @{}; Booted = $null; Archive = @{}; TimeSource = ''; Updates = $null; RestartPending = $false; Web = @(); Processes = @{}; Tries = @{}
  }
  foreach ($name in $world.Keys) { $Machine[$name] = $world[$name] }
  foreach ($key in @($Machine.Registry.Keys)) { New-RegistryKey $key }
  if ($null -eq $Machine.Booted) { $Machine.Booted = Copy-Registry }
  foreach ($path in $world.Files.Keys) { New-MachineFile $path $world.Files[$path] }
  foreach ($each in @($world.Folders) + 'C:\Windows\Temp') { if ($each) { [System.IO.Directory]::CreateDirectory((Get-HostPath $each)) | Out-Null } }
}

function New-MachineFile([string]$path, [string]$text) {
  $file = Get-HostPath $path
  [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file)) | Out-Null
  [System.IO.File]::WriteAllText($file, $text)
}

# Everything that goes with the memory; what Windows then does with updates stands in 50-updates.ps1.
function Restart-Machine {
  $Machine.RestartPending = $false
  $Machine.Log += 'restart'
  $Machine.Processes = @{}
  $Machine.Booted = Copy-Registry
  foreach ($name in @($Machine.Services.Keys)) {
    $values = $Machine.Registry["HKLM:\SYSTEM\CurrentControlSet\Services\$name"]
    if ($values -and "$($values.Start)" -eq '4') { $Machine.Services[$name].StartType = 'Disabled' }
  }
  foreach ($service in $Machine.Services.Values) { $service.Status = if ($service.StartType -eq 'Automatic') { 'Running' } else { 'Stopped' } }
  Complete-Updates
}

function Copy-Registry {
  $copy = @{}
  foreach ($key in $Machine.Registry.Keys) {
    $copy[$key] = @{}
    foreach ($name in $Machine.Registry[$key].Keys) { $copy[$key][$name] = $Machine.Registry[$key][$name] }
  }
  return $copy
}

function Add-Log([string]$line) { $Machine.Log += $line }

# Fails as a cmdlet does: `-ErrorAction SilentlyContinue` goes on.
function Stop-Cmdlet($cmdlet, [string]$message, [string]$errorId = 'NotFound') {
  if ("$($cmdlet.MyInvocation.BoundParameters['ErrorAction'])" -in 'SilentlyContinue', 'Ignore') { return }
  $exception = [System.Management.Automation.ItemNotFoundException]::new($message)
  $cmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($exception, $errorId, 'ObjectNotFound', $null))
}

# How a script ended, and what it printed: as `powershell.exe -File` would, with exit codes of 32 bits.
function Invoke-Script([string]$path, [string[]]$arguments) {
  $ran = @{ started = $Machine.Started.Count; log = $Machine.Log.Count }
  $begin = $Machine.Now
  $place = Get-Location
  $variables = $global:RealEnvironment::GetEnvironmentVariables()
  $global:LASTEXITCODE = 0
  $failure = $null
  $output = [System.Collections.Generic.List[string]]::new()
  try {
    Set-Location -LiteralPath 'C:\Windows\Temp'
    & $path @arguments *>&1 | ForEach-Object { $output.Add("$_") }
  } catch { $failure = "$($_.Exception.Message)" } finally {
    Set-Location -LiteralPath $place
    Set-PSDebug -Off
    # As the process of the script would take its variables with it.
    foreach ($name in @($global:RealEnvironment::GetEnvironmentVariables().Keys)) {
      if (-not $variables.Contains($name)) { $global:RealEnvironment::SetEnvironmentVariable($name, [NullString]::Value) }
    }
  }
  # Strict: a code that a script leaves behind counts, because it is not known whether Image Builder looks at it.
  $code = if ($null -ne $failure) { 1 } else { [int]$global:LASTEXITCODE }
  return @{
    exitCode = $code; failure = $failure; output = @($output)
    seconds = [int]($Machine.Now - $begin).TotalSeconds
    started = @($Machine.Started | Select-Object -Skip $ran.started); log = @($Machine.Log | Select-Object -Skip $ran.log)
  }
}

# Virtual time. A script that waits a day waits for ever.
function Start-Sleep {
  param([double]$Seconds, [double]$Milliseconds)
  $Machine.Now = $Machine.Now.AddSeconds($Seconds + $Milliseconds / 1000)
  if ($Machine.Now -gt [datetime]'2026-01-02T00:00:00Z') { throw 'the script waits for ever' }
}
function Get-Date { return $Machine.Now }
