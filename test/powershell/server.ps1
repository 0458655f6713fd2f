# Answers requests, one JSON text a line, about one simulated Windows: the whole task is one process of PowerShell.
param([Parameter(Mandatory)][string]$Room)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Dot-sourced and no module: a command must see the $ErrorActionPreference of the script that calls it, as cmdlets do.
Get-ChildItem "$PSScriptRoot/windows/*.ps1" | Sort-Object Name | ForEach-Object { . $_.FullName }
. "$PSScriptRoot/static/static.ps1"

function Invoke-Request($request) {
  switch ($request.op) {
    'reset' { Reset-Machine $request.world; return @{} }
    'restart' { Restart-Machine; return @{} }
    'run' { return Invoke-Script $request.path @() }
    'shell' { return Invoke-Shell $request.text }
    'registry' { Set-RegistryValue $request.key $request.name $request.value; return @{} }
    'state' { return @{ state = $Machine[$request.name] } }
    'evaluate' { return @{ values = @($request.expressions | ForEach-Object { $value = & ([scriptblock]::Create($_)); , $value }) } }
    'static' { return Test-Scripts $request.folder $request.cited }
    default { throw "no such request: $($request.op)" }
  }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
  try { $answer = Invoke-Request ($line | ConvertFrom-Json -AsHashtable) } catch { $answer = @{ crash = "$_ $($_.ScriptStackTrace)" } }
  [Console]::Out.WriteLine(($answer | ConvertTo-Json -Compress -Depth 8 -EscapeHandling EscapeNonAscii))
}
