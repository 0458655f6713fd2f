# Services, features, tasks, listeners, packages for users, secrets.
function Get-MachineService($cmdlet, [string[]]$names) {
  foreach ($name in $names) {
    $service = $Machine.Services[$name]
    if ($null -eq $service) { Stop-Cmdlet $cmdlet "Cannot find any service with service name '$name'."; continue }
    $object = [pscustomobject]@{ Name = $name; Status = $service.Status; StartType = $service.StartType }
    $object | Add-Member ScriptMethod WaitForStatus {
      param($status, $within)
      if ($this.Status -ne $status) { throw "Time out has expired and the operation has not been completed ($($this.Name))." }
    }
    $object
  }
}
function Get-Service { [CmdletBinding()] param([Parameter(Position = 0)][string[]]$Name) Get-MachineService $PSCmdlet $Name }
function Set-ServiceStatus($services, [string]$status) {
  foreach ($service in $services) {
    if ($status -eq 'Running' -and $Machine.Services[$service.Name].StartType -eq 'Disabled') { throw "Service '$($service.Name)' cannot be started." }
    $Machine.Services[$service.Name].Status = $status
    if ($service.PSObject.Properties['Status']) { $service.Status = $status }
    Add-Log "$($service.Name): $status"
  }
}
function Start-Service {
  [CmdletBinding()] param([string[]]$Name, [Parameter(ValueFromPipeline)]$InputObject)
  process { Set-ServiceStatus $(if ($Name) { Get-MachineService $PSCmdlet $Name } else { $InputObject }) 'Running' }
}
function Stop-Service {
  [CmdletBinding()] param([Parameter(Position = 0)][string[]]$Name, [switch]$Force, [Parameter(ValueFromPipeline)]$InputObject, [switch]$NoWait)
  process { Set-ServiceStatus $(if ($Name) { Get-MachineService $PSCmdlet $Name } else { $InputObject }) 'Stopped' }
}
function Restart-Service {
  [CmdletBinding()] param([string[]]$Name, [switch]$Force)
  Set-ServiceStatus (Get-MachineService $PSCmdlet $Name) 'Stopped'
  Set-ServiceStatus (Get-MachineService $PSCmdlet $Name) 'Running'
}
function Set-Service {
  [CmdletBinding()] param([string]$Name, [string]$StartupType, [string]$Status)
  foreach ($service in Get-MachineService $PSCmdlet $Name) { $Machine.Services[$service.Name].StartType = $StartupType }
}
function Program-sc.exe {
  $global:LASTEXITCODE = 0
  $verb = $args[0]
  $name = $args[1]
  if ($null -eq $Machine.Services[$name]) { $global:LASTEXITCODE = 1060; return }
  if ($verb -eq 'triggerinfo') {
    if (-not $Machine.Services[$name].Triggers) { $global:LASTEXITCODE = 87; return }
    $Machine.Services[$name].Triggers = $false
  }
  if ($verb -eq 'config') {
    $at = [array]::IndexOf($args, 'start=')
    $types = @{ 'auto' = 'Automatic'; 'delayed-auto' = 'Automatic'; 'demand' = 'Manual'; 'disabled' = 'Disabled' }
    if ($at -ge 0) { $Machine.Services[$name].StartType = $types[$args[$at + 1]]; $Machine.Services[$name].Start = $args[$at + 1] }
  }
}

# ServerManager: names that nobody knows are an error of Install-WindowsFeature, and no answer of Get-WindowsFeature.
function Get-WindowsFeature {
  param([string[]]$Name)
  foreach ($each in $Name) {
    if ($Machine.Features.ContainsKey($each)) { [pscustomobject]@{ Name = $each; Installed = [bool]$Machine.Features[$each] } }
  }
}
function Set-MachineFeatures([string[]]$names, [bool]$installed) {
  $unknown = @($names | Where-Object { -not $Machine.Features.ContainsKey($_) })
  if ($unknown.Count -gt 0) { return [pscustomobject]@{ Success = $false; ExitCode = 'InvalidArgument'; RestartNeeded = 'No' } }
  $changed = @($names | Where-Object { [bool]$Machine.Features[$_] -ne $installed })
  foreach ($each in $changed) { $Machine.Features[$each] = $installed }
  $restart = if ($changed.Count -gt 0 -and $Machine.FeatureRestart) { $Machine.FeatureRestart } else { 'No' }
  $code = if ($changed.Count -eq 0) { 'NoChangeNeeded' } elseif ($restart -eq 'No') { 'Success' } else { 'SuccessRestartRequired' }
  return [pscustomobject]@{ Success = $true; ExitCode = $code; RestartNeeded = $restart }
}
function Install-WindowsFeature {
  param([string[]]$Name, [switch]$IncludeManagementTools, [switch]$IncludeAllSubFeature, [string]$Source)
  Set-MachineFeatures $Name $true
}
function Uninstall-WindowsFeature { param([string[]]$Name) Set-MachineFeatures $Name $false }

function New-ScheduledTaskAction { param($Execute, $Argument) @{ Execute = $Execute; Argument = $Argument } }
function New-ScheduledTaskTrigger { param([switch]$AtStartup, [switch]$Daily, $At) @{ AtStartup = [bool]$AtStartup; Daily = "$At" } }
function Register-ScheduledTask {
  param($TaskName, $Action, $Trigger, $User, $RunLevel, [switch]$Force)
  if ($Machine.Tasks[$TaskName] -and -not $Force) { throw 'Cannot create a file when that file already exists.' }
  $Machine.Tasks[$TaskName] = @{ Action = $Action; Trigger = $Trigger; User = $User; RunLevel = $RunLevel }
}
function Get-ScheduledTask { foreach ($name in @($Machine.Tasks.Keys)) { [pscustomobject]@{ TaskName = $name } } }
function Unregister-ScheduledTask {
  [CmdletBinding(SupportsShouldProcess)] param([Parameter(ValueFromPipeline)]$InputObject)
  process { $Machine.Tasks.Remove($InputObject.TaskName) }
}

function Get-NetTCPConnection {
  [CmdletBinding()] param($State, [int]$LocalPort)
  if ($Machine.Ports -contains $LocalPort) { return [pscustomobject]@{ LocalPort = $LocalPort } }
  Stop-Cmdlet $PSCmdlet "No MSFT_NetTCPConnection objects found with property 'LocalPort' equal to '$LocalPort'."
}
function Get-Process {
  [CmdletBinding()] param([string]$Name)
  if ([int]$Machine.Processes[$Name] -gt 0) { $Machine.Processes[$Name] -= 1; return [pscustomobject]@{ Name = $Name } }
  Stop-Cmdlet $PSCmdlet "Cannot find a process with the name '$Name'."
}
function Get-AppxPackage {
  param([string]$Name, [switch]$AllUsers)
  @($Machine.Packages) | Where-Object { $_ -and (-not $Name -or $_.Name -like $Name) } | ForEach-Object {
    $users = @($_.States | Where-Object { $_ } | ForEach-Object { [pscustomobject]@{ UserSecurityId = 'S-1-5-18'; InstallState = $_ } })
    [pscustomobject]($_ + @{ PackageUserInformation = $users })
  }
}
function Get-AppxProvisionedPackage {
  param([switch]$Online)
  @($Machine.Packages) | Where-Object { $_ -and $_.Provisioned } | ForEach-Object { [pscustomobject]@{ DisplayName = $_.Name } }
}
function Remove-AppxPackage {
  param([string]$Package, [switch]$AllUsers)
  $Machine.Packages = @($Machine.Packages | Where-Object { $_.PackageFullName -ne $Package })
}
function Get-SECSecretValue { param($SecretId, $Region) [pscustomobject]@{ SecretString = Get-MachineSecret $SecretId } }
function Get-SSMParameter { param($Name, [bool]$WithDecryption, $Region) [pscustomobject]@{ Value = Get-MachineSecret $Name } }
function Get-MachineSecret([string]$id) {
  if (-not $Machine.Secrets.ContainsKey($id)) { throw "Secrets Manager can't find the specified secret." }
  return $Machine.Secrets[$id]
}
