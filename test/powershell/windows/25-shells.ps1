# A PowerShell that a script starts: a runspace of its own, because in one of the server the `try` of the server would change which errors a
# script goes on after. It has the drives and PowerShell's own commands, but not the simulated Windows. `exit` reaches its host, as in pwsh.
Microsoft.PowerShell.Utility\Add-Type -TypeDefinition @'
using System;
using System.Globalization;
using System.Management.Automation.Host;
public class ShellHost : PSHost {
  public int? ExitCode;
  public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
  public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
  public override Guid InstanceId { get; } = Guid.NewGuid();
  public override string Name { get { return "Shell"; } }
  public override PSHostUserInterface UI { get { return null; } }
  public override Version Version { get { return new Version(7, 0); } }
  public override void EnterNestedPrompt() { }
  public override void ExitNestedPrompt() { }
  public override void NotifyBeginApplication() { }
  public override void NotifyEndApplication() { }
  public override void SetShouldExit(int code) { ExitCode = code; }
}
'@

# Each runs in a new process, of which the environment is lost.
function Invoke-Shell([string]$text) {
  $variables = $global:RealEnvironment::GetEnvironmentVariables()
  $shellHost = [ShellHost]::new()
  $runspace = [runspacefactory]::CreateRunspace($shellHost, [initialsessionstate]::CreateDefault())
  $runspace.Open()
  $shell = [powershell]::Create($runspace)
  try {
    $shell.AddScript("foreach (`$drive in 'C', 'HKLM') { New-PSDrive `$drive FileSystem -Root `"$Room/`$drive`" -Scope Global | Out-Null }").Invoke() | Out-Null
    $shell.Commands.Clear()
    $shell.AddScript($text) | Out-Null
    $shell.Commands.Commands[0].MergeMyResults('All', 'Output')
    $out = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $thrown = $null
    try { $shell.Invoke($null, $out) } catch { $thrown = $_.Exception.InnerException.Message }
    # Neither ended by `exit` nor by an error: `break` outside of a loop, or `return`, of which pwsh makes 0.
    $code = if ($null -ne $shellHost.ExitCode) { $shellHost.ExitCode } elseif ($null -ne $thrown) { 1 } else { 0 }
    $lines = @($out | ForEach-Object { @{ stream = Get-StreamName $_; text = "$_" } })
    if ($null -ne $thrown) { $lines += @{ stream = 'error'; text = $thrown } }
    return @{ exitCode = $code; lines = $lines }
  } finally {
    $shell.Dispose()
    $runspace.Dispose()
    foreach ($name in @($global:RealEnvironment::GetEnvironmentVariables().Keys)) {
      if (-not $variables.Contains($name)) { $global:RealEnvironment::SetEnvironmentVariable($name, [NullString]::Value) }
    }
  }
}

function Get-StreamName($record) {
  switch ($record) {
    { $_ -is [System.Management.Automation.ErrorRecord] } { return 'error' }
    { $_ -is [System.Management.Automation.WarningRecord] } { return 'warning' }
    { $_ -is [System.Management.Automation.VerboseRecord] } { return 'verbose' }
    { $_ -is [System.Management.Automation.InformationRecord] } { return 'host' }
    default { return 'output' }
  }
}

# By `-Command TEXT` or `-File PATH`. Scripts of the library are run without profiles; they end at the first error by themselves, and see the
# simulated Windows.
function Invoke-PowerShellProgram([object[]]$arguments) {
  if ($arguments -contains '-NoProfile') { return Invoke-LibraryScript $arguments }
  $command = [array]::IndexOf($arguments, '-Command')
  $text = if ($command -ge 0) { "$($arguments[$command + 1])" } else { Get-Content -Raw -LiteralPath $arguments[[array]::IndexOf($arguments, '-File') + 1] }
  $ended = Invoke-Shell $text
  $ended.lines | ForEach-Object { $_.text }
  $global:LASTEXITCODE = $ended.exitCode
}
