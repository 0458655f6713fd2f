# Programs: by Process.Start, by their name, and by their path. A world says what each ends with; `Programs` by the name of the file:
# @{ Codes = exit codes of its starts, one after the other, the last one for ever; Output = text; Creates = files; Needs = paths }. `& name` is for
# those that scripts call directly, where there is such an entry.
class SimulatedProcess {
  static [object] Start($start) { return (Start-MachineProgram $start.FileName $start.Arguments) }
}
class SimulatedEnvironment {
  static [object] GetEnvironmentVariable([string]$name, [string]$target) { return $global:Machine.Variables[$name] }
  static [string] ExpandEnvironmentVariables([string]$text) { return $global:RealEnvironment::ExpandEnvironmentVariables($text) }
  static [void] SetEnvironmentVariable([string]$name, [string]$value, [string]$target) { $global:Machine.Variables[$name] = $value }
}
$global:RealProcess = [System.Diagnostics.Process]
$global:RealEnvironment = [Environment]
$accelerators = [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')
$accelerators::Add('System.Diagnostics.Process', [SimulatedProcess])
$accelerators::Add('Environment', [SimulatedEnvironment])
$env:SystemRoot = 'C:\Windows'
$env:ProgramData = 'C:\ProgramData'
$env:ProgramFiles = 'C:\Program Files'

# What a program needs to be loaded at all; without it Windows ends it with 0xC0000135, and it says nothing.
function Test-MachineNeeds($program) { return @($program.Needs | Where-Object { $_ -and -not (Test-Path -LiteralPath $_) }).Count -eq 0 }

function Get-NextCode([string]$program) {
  $known = $Machine.Programs[$program]
  if ($null -eq $known) { $known = $Machine.Programs['*'] }
  if ($null -eq $known) { throw "the simulated Windows has no program '$program'" }
  $tries = [int]$Machine.Tries[$program]
  $Machine.Tries[$program] = $tries + 1
  if (-not (Test-MachineNeeds $known)) { return -1073741515 }
  $codes = @($known.Codes)
  foreach ($path in $known.Creates.Keys) { New-MachineFile $path $known.Creates[$path] }
  foreach ($key in $known.Sets.Keys) { foreach ($value in $known.Sets[$key].Keys) { Set-RegistryValue $key $value $known.Sets[$key][$value] } }
  foreach ($service in $known.Services.Keys) { $Machine.Services[$service] = $known.Services[$service] }
  return [int]$codes[[Math]::Min($tries, $codes.Count - 1)]
}

# How .NET splits a command line, by the rules of the Microsoft C runtime.
function Split-CommandLine([string]$line) {
  $split = $global:RealProcess.GetMethod('ParseArgumentsIntoList', [System.Reflection.BindingFlags]'NonPublic, Static')
  $list = [System.Collections.Generic.List[string]]::new()
  $split.Invoke($null, @($line, $list)) | Out-Null
  return , @($list)
}

function Start-MachineProgram([string]$file, [string]$arguments) {
  $Machine.Started += @{ file = $file; arguments = $arguments }
  $process = [pscustomobject]@{ ExitCode = Get-NextCode (Split-Path $file -Leaf); Id = 4711; HasExited = $true }
  $process | Add-Member ScriptMethod WaitForExit { return $true }
  return $process
}

# `& program`: simulated ones are functions named Program-<name>, the others stand in the world.
function Invoke-MachineProgram([string]$file, [object[]]$arguments) {
  $name = ($file -split '[\\/]')[-1]
  if ($name -in 'powershell.exe', 'pwsh') { return Invoke-PowerShellProgram $arguments }
  $known = Get-Command "Program-$name" -CommandType Function -ErrorAction SilentlyContinue
  $Machine.Started += @{ file = $file; arguments = $arguments -join ' ' }
  if ($known) { return & $known @arguments }
  $entry = if ($Machine.Programs["& $name"]) { "& $name" } else { $name }
  $global:LASTEXITCODE = Get-NextCode $entry
  if ($Machine.Programs[$entry].Output -and (Test-MachineNeeds $Machine.Programs[$entry])) { $Machine.Programs[$entry].Output }
}

function Invoke-LibraryScript([object[]]$arguments) {
  $at = [array]::IndexOf($arguments, '-File')
  if ($at -lt 0) { throw "powershell.exe without -File: $arguments" }
  if ("$($arguments[$at + 1])" -notlike '*.ps1' -or $Machine.Programs[($arguments[$at + 1] -split '[\\/]')[-1]]) {
    $global:LASTEXITCODE = Get-NextCode ($arguments[$at + 1] -split '[\\/]')[-1]
    return
  }
  $ended = Invoke-Script $arguments[$at + 1] @($arguments | Select-Object -Skip ($at + 2))
  $ended.output
  if ($ended.failure) { $ended.failure }
  $global:LASTEXITCODE = $ended.exitCode
}

$ExecutionContext.InvokeCommand.PreCommandLookupAction = {
  param($name, $event)
  if ($name -match '\.exe$' -or ($name -eq 'pwsh')) {
    $event.CommandScriptBlock = { Invoke-MachineProgram $name $args }.GetNewClosure()
    $event.StopSearch = $true
  }
}

class SimulatedZip {
  static [void] ExtractToDirectory([string]$archive, [string]$folder) { Expand-MachineArchive $folder }
}
$accelerators::Add('System.IO.Compression.ZipFile', [SimulatedZip])
# What any archive has in it: `Archive` by relative path.
function Expand-MachineArchive([string]$folder) {
  New-MachineFile "$folder\content" ''
  foreach ($path in $Machine.Archive.Keys) { New-MachineFile "$folder\$path" $Machine.Archive[$path] }
}
function Add-Type { param([string]$AssemblyName) }
function Expand-Archive { param([string]$LiteralPath, [string]$DestinationPath, [switch]$Force) Expand-MachineArchive $DestinationPath }
function Set-ExecutionPolicy { param($Scope, $ExecutionPolicy, [switch]$Force) }
function Get-AuthenticodeSignature {
  param([string]$LiteralPath)
  $status = if ($Machine.Signatures[$LiteralPath]) { $Machine.Signatures[$LiteralPath] } else { 'Valid' }
  return [pscustomobject]@{ Path = $LiteralPath; Status = $status; StatusMessage = "it is $status" }
}
# robocopy.exe SOURCE DESTINATION /E /MOVE: 1 says that files were copied (Windows Server documentation, "robocopy", exit codes).
function Program-robocopy.exe {
  $from, $to = (Get-HostPath $args[0]), (Get-HostPath $args[1])
  foreach ($file in [System.IO.Directory]::GetFiles($from, '*', 'AllDirectories')) {
    $place = $to + $file.Substring($from.Length)
    [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($place)) | Out-Null
    [System.IO.File]::Move($file, $place, $true)
  }
  [System.IO.Directory]::Delete($from, $true)
  $global:LASTEXITCODE = 1
}
function Program-cmd.exe {
  $global:LASTEXITCODE = if ($args -notcontains 'rd') { Get-NextCode 'cmd.exe' } else { 0 }
  if ($args -contains 'rd') { Remove-Item -LiteralPath ($args[-1] -replace '^\\\\\?\\', '') -Recurse -Force }
}
