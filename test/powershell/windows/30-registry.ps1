# The registry: keys are folders of the drive HKLM:, values stand in `Registry` by key and name.
function New-RegistryKey([string]$key) {
  [System.IO.Directory]::CreateDirectory((Get-HostPath $key)) | Out-Null
  if ($null -eq $Machine.Registry[$key]) { $Machine.Registry[$key] = @{} }
}
function Set-RegistryValue([string]$key, [string]$name, $value) {
  New-RegistryKey $key
  $Machine.Registry[$key][$name] = $value
}
function Get-ItemProperty {
  [CmdletBinding()] param([Parameter(Position = 0)][string]$Path, [string]$LiteralPath, [Parameter(Position = 1)][string[]]$Name)
  $key = "$Path$LiteralPath"
  if (-not (Test-Path -LiteralPath $key)) { return Stop-Cmdlet $PSCmdlet "Cannot find path '$key' because it does not exist." }
  $values = $Machine.Registry[$key]
  foreach ($each in $Name) {
    if (-not $values -or -not $values.ContainsKey($each)) { return Stop-Cmdlet $PSCmdlet "Property $each does not exist at path $key." }
  }
  return [pscustomobject]$(if ($values) { $values } else { @{} })
}
function Get-ItemPropertyValue {
  [CmdletBinding()] param([string]$Path, [string]$LiteralPath, [string]$Name)
  $found = Get-ItemProperty -LiteralPath "$Path$LiteralPath" -Name $Name
  return $found.$Name
}
function Set-ItemProperty {
  [CmdletBinding()] param([string]$Path, [string]$LiteralPath, [string]$Name, $Value, $Type)
  Set-RegistryValue "$Path$LiteralPath" $Name $Value
}
function New-ItemProperty {
  [CmdletBinding()] param([string]$Path, [string]$LiteralPath, [string]$Name, $Value, $PropertyType, [switch]$Force)
  Set-RegistryValue "$Path$LiteralPath" $Name $Value
}

# [Microsoft.Win32.Registry]::LocalMachine, for the search path.
class SimulatedKey {
  [string]$Path
  [object] GetValue([string]$name, [object]$default, [object]$options) {
    $found = $global:Machine.Registry[$this.Path]
    if ($found -and $found.ContainsKey($name)) { return $found[$name] }
    return $default
  }
  [void] SetValue([string]$name, [object]$value, [object]$kind) { Set-RegistryValue $this.Path $name $value }
  [void] Close() {}
}
class SimulatedHive {
  [object] OpenSubKey([string]$name, [bool]$writable) { return [SimulatedKey]@{ Path = "HKLM:\$name" } }
}
class SimulatedRegistry { static [SimulatedHive]$LocalMachine = [SimulatedHive]::new() }
$accelerators::Add('Microsoft.Win32.Registry', [SimulatedRegistry])

# In the registry, -Force on a key that is there makes it anew, without its values (registry provider).
function New-Item {
  [CmdletBinding()] param([Parameter(Position = 0)][string]$Path, [string]$ItemType, [switch]$Force, $Value)
  if ($Path -notlike 'HKLM:*') { return Microsoft.PowerShell.Management\New-Item @PSBoundParameters }
  if ((Test-Path -LiteralPath $Path) -and -not $Force) { return Stop-Cmdlet $PSCmdlet "A key at the path $Path already exists." }
  $Machine.Registry[$Path] = @{}
  New-RegistryKey $Path
}
