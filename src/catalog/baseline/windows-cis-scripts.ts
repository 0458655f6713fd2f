import { LOCKOUT_ITEMS, type AccountSetting, type AuditSetting, type RegistrySetting, type RightSetting } from './windows-cis-items';
import { powershellQuoted } from '../../component/step/quoting';
import { writeFlag } from '../../component/windows/reboot-if-needed';

const INF = 'C:\\Windows\\Temp\\golden-images-security';

/** Whether a value is as good as ours (`Rule`): hardening only ever tightens, and its check allows what is stricter. */
export const TEST_VALUE = [
  'function Test-Value($found, $value, $rule) {',
  '  $number = $found -as [long]',
  '  if ($null -eq $found -or ($null -eq $number -and $rule -ne \'eq\')) { return $false }',
  '  switch ($rule) {',
  "    'eq' { return \"$found\" -eq $value }",
  "    'ge' { return $number -ge [long]$value }",
  "    'le' { return $number -ge 1 -and $number -le [long]$value }",
  "    'bits' { return ($number -band [long]$value) -eq [long]$value }",
  "    'lock' { return $number -eq -1 -or $number -ge [long]$value }",
  "    default { return ($rule.Substring(3) -split ' ') -contains \"$number\" }",
  '  }',
  '}',
];

const eachValue = (registry: RegistrySetting[], lines: string[]): string[] => [
  '$values = @(',
  ...registry.map(({ id, path, name, value, rule }) => `  '${id}|${path}|${name}|${value}|${rule}'`),
  ')',
  'foreach ($line in $values) {',
  "  $id, $path, $name, $value, $rule = $line -split '\\|'",
  '  $found = (Get-ItemProperty -LiteralPath $path -Name $name -ErrorAction SilentlyContinue).$name',
  '  if (Test-Value $found $value $rule) { continue }',
  ...lines.map((line) => `  ${line}`),
  '}',
];

/** A key is made where it is missing only: with -Force, one that is there would lose its values. */
export const setRegistry = (registry: RegistrySetting[]): string[] => eachValue(registry, [
  'if (-not (Test-Path -LiteralPath $path)) { New-Item -Path $path -Force | Out-Null }',
  "if ($rule -eq 'bits') { $value = ($found -as [int]) -bor [int]$value }",
  "$type = if (\"$value\" -match '^\\d+$') { 'DWord' } else { 'String' }",
  'New-ItemProperty -LiteralPath $path -Name $name -Value $value -PropertyType $type -Force | Out-Null',
  writeFlag(),
]);

export const checkRegistry = (registry: RegistrySetting[]): string[] => eachValue(registry, ['$wrong += "$id ($name is $found)"']);

/**
 * The security policy as it is. The export and the backup of the audit policy have their words in English, whatever the language of
 * Windows; what the programs print has not (assumption: security-exports).
 */
const READ_POLICY = [
  `& secedit.exe /export /cfg '${INF}.inf' /areas SECURITYPOLICY USER_RIGHTS /quiet`,
  'if ($LASTEXITCODE -ne 0) { throw "secedit.exe: exit code $LASTEXITCODE" }',
  '$policy = @{}',
  `foreach ($line in Get-Content -LiteralPath '${INF}.inf') { if ($line -match '^(\\w+) = (.*)$') { $policy[$Matches[1]] = $Matches[2].Trim() } }`,
  `Remove-Item -LiteralPath '${INF}.inf' -Force`,
];

const eachAccount = (accounts: AccountSetting[], line: string): string[] => accounts.length === 0 ? [] : [
  `foreach ($line in @(${accounts.map(({ id, name, value, rule }) => `'${id}|${name}|${value}|${rule}'`).join(', ')})) {`,
  "  $id, $name, $value, $rule = $line -split '\\|'",
  `  if (-not (Test-Value $policy[$name] $value $rule)) { ${line} }`,
  '}',
];

// Which of them outlive Sysprep, the test phase tells (assumption: policies-outlive-sysprep).
/** A right that must be somebody's is added to what others have of it; one that nobody may have is taken from all. */
const eachRight = (rights: RightSetting[], line: string): string[] => rights.length === 0 ? [] : [
  `foreach ($line in @(${rights.map(({ id, name, value }) => `'${id}|${name}|${value}'`).join(', ')})) {`,
  "  $id, $name, $who = $line -split '\\|'",
  "  $have = @(\"$($policy[$name])\" -split ',' | Where-Object { $_ })",
  '  if (($who -and $have -notcontains $who) -or (-not $who -and $have.Count -gt 0)) {',
  `    ${line}`,
  '  }',
  '}',
];

/** Names of the lockout, which are set together or not at all: alone, Windows may refuse one for the others. */
const lockout = (accounts: AccountSetting[]): string[] => accounts.filter(({ id }) => LOCKOUT_ITEMS.includes(id)).map(({ name }) => name);

export const setPolicies = (accounts: AccountSetting[], rights: RightSetting[]): string[] => [
  ...READ_POLICY,
  '$set = [ordered]@{}',
  '$give = [ordered]@{}',
  ...eachAccount(accounts, '$set[$name] = $value'),
  `$together = @(${lockout(accounts).map(powershellQuoted).join(', ')})`,
  'if (@($together | Where-Object { $set.Contains($_) }).Count -gt 0) {',
  '  foreach ($name in $together) { if (-not $set.Contains($name)) { $set[$name] = $policy[$name] } }',
  '}',
  ...eachRight(rights, "$give[$name] = if ($who) { ($have + $who) -join ',' } else { '' }"),
  'if ($set.Count + $give.Count -gt 0) {',
  '  $lines = @(\'[Unicode]\', \'Unicode=yes\', \'[Version]\', \'signature="$CHICAGO$"\', \'Revision=1\', \'[System Access]\')',
  '  foreach ($name in $set.Keys) { $lines += "$name = $($set[$name])" }',
  "  $lines += '[Privilege Rights]'",
  '  foreach ($name in $give.Keys) { $lines += "$name = $($give[$name])" }',
  `  Set-Content -LiteralPath '${INF}.inf' -Value $lines -Encoding Unicode`,
  `  & secedit.exe /configure /db '${INF}.sdb' /cfg '${INF}.inf' /areas SECURITYPOLICY USER_RIGHTS /quiet`,
  '  if ($LASTEXITCODE -ne 0) { throw "secedit.exe: exit code $LASTEXITCODE" }',
  `  Remove-Item -Path '${INF}*' -Force`,
  '}',
];

export const checkPolicies = (accounts: AccountSetting[], rights: RightSetting[]): string[] => [
  ...READ_POLICY,
  ...eachAccount(accounts, '$wrong += "$id ($name is $($policy[$name]))"'),
  ...eachRight(rights, '$wrong += "$id ($name has $($have -join \',\'))"'),
];

/** What is audited already stays: "include Success" of the benchmarks says nothing against failures. */
export const setAudit = (audit: AuditSetting[]): string[] => audit.flatMap(({ subcategory, value }) => {
  const flags = [...[1, 3].includes(value) ? ['/success:enable'] : [], ...[2, 3].includes(value) ? ['/failure:enable'] : []];
  return [
    `& auditpol.exe /set '/subcategory:{${subcategory}}' ${flags.join(' ')} | Out-Null`,
    'if ($LASTEXITCODE -ne 0) { throw "auditpol.exe: exit code $LASTEXITCODE" }',
  ];
});

export const checkAudit = (audit: AuditSetting[]): string[] => [
  `& auditpol.exe /backup '/file:${INF}.csv' | Out-Null`,
  'if ($LASTEXITCODE -ne 0) { throw "auditpol.exe: exit code $LASTEXITCODE" }',
  '$audit = @{}',
  `foreach ($line in Get-Content -LiteralPath '${INF}.csv') { if ($line -match '\\{([0-9A-F-]{36})\\}.*,(\\d)$') { $audit[$Matches[1]] = [int]$Matches[2] } }`,
  `Remove-Item -LiteralPath '${INF}.csv' -Force`,
  `foreach ($line in @(${audit.map(({ id, subcategory, value }) => `'${id}|${subcategory}|${value}'`).join(', ')})) {`,
  "  $id, $guid, $value = $line -split '\\|'",
  '  if (([int]$audit[$guid] -band [int]$value) -ne [int]$value) { $wrong += "$id (is $([int]$audit[$guid]), and not $value)" }',
  '}',
];

const profileIs = (profile: string, condition: string): string =>
  `@(Get-NetFirewallProfile -PolicyStore ActiveStore -Name ${profile} | Where-Object { ${condition} }).Count -eq 0`;
const PROFILES = ['Domain', 'Private', 'Public'];

/** What Windows has made of values, where that can be seen: a condition that is true where it is wrong. */
const EFFECTS: Record<string, string> = {
  'WIN-SMB-1': '(Get-SmbServerConfiguration).EnableSMB1Protocol',
  'WIN-SMB-2': "@(Get-Service -Name mrxsmb10 -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' }).Count -gt 0",
  'WIN-SVC-1': "@(Get-Service -Name Spooler -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' }).Count -gt 0",
  ...Object.fromEntries(PROFILES.map((profile, index) => [`WIN-FW-${index + 1}`, profileIs(profile, "\"$($_.Enabled)\" -eq 'True'")])),
  ...Object.fromEntries(PROFILES.map((profile, index) => [`WIN-FW-${index + 4}`, profileIs(profile, "\"$($_.DefaultInboundAction)\" -eq 'Block'")])),
};

/**
 * "LSASS.exe was started as a protected process" (Windows Server documentation, "Configure added LSA protection"). Of instances of the image
 * only: on the build instance the log may have been cleared since the start (assumption: lsa-protected-event).
 */
const TEST_EFFECTS: Record<string, string> = {
  'WIN-LSA-7': "@(Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Microsoft-Windows-Wininit'; Id = 12 } -ErrorAction SilentlyContinue).Count -eq 0",
};

export const checkEffects = (registry: RegistrySetting[], phase: 'validate' | 'test'): string[] => {
  const effects = { ...EFFECTS, ...phase === 'test' ? TEST_EFFECTS : {} };
  return registry.filter(({ id }) => effects[id] !== undefined).map(({ id, name }) => `if (${effects[id]}) { $wrong += '${id} (${name} is set, and has no effect)' }`);
};
