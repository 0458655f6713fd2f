# What is wrong with scripts without running them: syntax, syntax newer than 5.1, commands and parameters that 5.1 lacks.
# The list of Windows Server 2016's PowerShell comes with PSScriptAnalyzer; what is newer, or a module of its own, is in cited.json.
$script:Known = $null

function Get-KnownCommands($cited) {
  if ($script:Known) { return $script:Known }
  $settings = Join-Path (Split-Path (Get-Module -ListAvailable PSScriptAnalyzer)[0].Path) 'Settings/desktop-5.1.14393.206-windows.json'
  $known = @{}
  foreach ($module in (Get-Content -Raw $settings | ConvertFrom-Json).Modules) {
    foreach ($command in @($module.ExportedCommands)) { if ($command.Name) { $known[$command.Name] = "$($command.ParameterSets)" } }
    foreach ($alias in @($module.ExportedAliases)) { if ($alias -is [string] -and -not $known.ContainsKey($alias)) { $known[$alias] = $null } }
  }
  foreach ($name in $cited.Keys) { $known[$name] = "$($known[$name]) " + (@($cited[$name].parameters | ForEach-Object { "[-$_]" }) -join ' ') }
  $script:Known = $known
  return $known
}

$script:Common = 'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ErrorVariable', 'WarningVariable',
  'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable', 'WhatIf', 'Confirm'
# They come from PowerShell itself, and stand in no module's list: about_Aliases and about_Core_Commands of 5.1.
$script:Aliases = @{ '?' = 'Where-Object'; '%' = 'ForEach-Object'; 'where' = 'Where-Object'; 'foreach' = 'ForEach-Object' }

function Test-Command($command, [string[]]$own, $known) {
  $name = $command.GetCommandName()
  # A program by its path or in a variable is the business of the run; names of programs end with .exe.
  if (-not $name -or $name -match '\.(exe|cmd|bat|ps1)$' -or $own -contains $name) { return }
  if ($script:Aliases[$name]) { $name = $script:Aliases[$name] }
  if (-not $known.ContainsKey($name)) { return "5.1 has no command $name" }
  foreach ($parameter in @($command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] })) {
    $written = $parameter.ParameterName
    if (@($script:Common | Where-Object { $_ -like "$written*" }).Count -gt 0) { continue }
    if ("$($known[$name])" -notmatch "(?i)-$([regex]::Escape($written))") { "$name of 5.1 has no parameter -$written" }
  }
}

function Test-Script([string]$path, $known) {
  $tokens = $errors = $null
  $ast = [System.Management.Automation.Language.Parser]::ParseFile($path, [ref]$tokens, [ref]$errors)
  foreach ($each in $errors) { "line $($each.Extent.StartLineNumber): $($each.Message)" }
  $own = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object { $_.Name })
  foreach ($command in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
    foreach ($fault in Test-Command $command $own $known) { "line $($command.Extent.StartLineNumber): $fault" }
  }
}

function Test-Scripts([string]$folder, $cited) {
  $known = Get-KnownCommands $cited
  $faults = @{}
  foreach ($file in Get-ChildItem -LiteralPath $folder -Filter *.ps1) {
    $found = @(Test-Script $file.FullName $known)
    if ($found.Count -gt 0) { $faults[$file.BaseName] = $found }
  }
  $rules = @{ Rules = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1') } }; IncludeRules = @('PSUseCompatibleSyntax') }
  foreach ($each in Invoke-ScriptAnalyzer -Path $folder -Settings $rules) {
    $name = [System.IO.Path]::GetFileNameWithoutExtension($each.ScriptName)
    $faults[$name] = @($faults[$name] | Where-Object { $_ }) + "line $($each.Line): $($each.Message)"
  }
  return @{ faults = $faults; commands = $known.Count }
}
