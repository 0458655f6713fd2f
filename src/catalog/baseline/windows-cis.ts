import { keptItems } from './excluded-items';
import { ACCOUNT_SETTINGS, AUDIT_SETTINGS, REGISTRY_SETTINGS, type AccountSetting, type AuditSetting, type RegistrySetting } from './windows-cis-items';
import { Component } from '../../component/component';
import { InstallModule, RegistryType } from '../../component/step/modules';
import { powershellQuoted } from '../../component/step/quoting';
import { Step } from '../../component/step/step';
import { scriptActions, windowsStep } from '../../component/windows/windows-step';

/** Options of `WindowsBaseline.cis`. */
export interface WindowsCisOptions {
  /**
   * Items that are left out, by their ids in `docs/guides/hardening.md`, such as `WIN-RDP-4`.
   *
   * @default - none
   */
  readonly excludedItems?: string[];
}

interface Settings {
  readonly registry: RegistrySetting[];
  readonly audit: AuditSetting[];
  readonly accounts: AccountSetting[];
}

/** The component of `WindowsBaseline.cis`. */
export function windowsCis({ excludedItems = [] }: WindowsCisOptions): Component {
  const kept = <T extends { id: string }>(items: T[]): T[] => items.filter(({ id }) => !excludedItems.includes(id));
  const settings = { registry: kept(REGISTRY_SETTINGS), audit: kept(AUDIT_SETTINGS), accounts: kept(ACCOUNT_SETTINGS) };
  return Component.fromSteps('windows-cis', {
    description: 'Hardening of Windows Server in the manner of the CIS benchmarks',
    buildSteps: [apply(settings, excludedItems)],
    validateSteps: [checkAll(settings)],
    testSteps: [checkAll(settings)],
  });
}

/** What is left out is no step. */
function apply(settings: Settings, excluded: string[]): Step {
  const { registry, audit, accounts } = settings;
  const values = registry.map(({ path, name, value }) => ({ path, name, value: `${value}`, type: RegistryType.DWORD }));
  return windowsStep('WindowsCis', (scope, bind) => {
    keptItems(scope, [...REGISTRY_SETTINGS, ...AUDIT_SETTINGS, ...ACCOUNT_SETTINGS].map(({ id }) => id), excluded);
    return [
      ...values.length > 0 ? InstallModule.registry(...values).bind(scope, bind).actions : [],
      ...accounts.length > 0 ? scriptActions(scope, bind, 'AccountPolicies', setAccounts(accounts)) : [],
      ...audit.length > 0 ? scriptActions(scope, bind, 'AuditPolicy', setAudit(audit)) : [],
    ];
  });
}

const checkAll = ({ registry, accounts, audit }: Settings): Step => windowsStep('CheckHardening', (scope, bind) => scriptActions(scope, bind, 'CheckHardening', [
  '$wrong = @()',
  ...checkRegistry(registry),
  ...accounts.length > 0 ? checkAccounts(accounts) : [],
  ...audit.length > 0 ? checkAudit(audit) : [],
  "if ($wrong.Count -gt 0) { throw ('not as set: ' + ($wrong -join '; ')) }",
]));

const INF = 'C:\\Windows\\Temp\\golden-images-security';
const systemAccess = (accounts: AccountSetting[]): string[] => accounts.map(({ name, value }) => `${name} = ${value}`);

const setAccounts = (accounts: AccountSetting[]): string[] => [
  `$lines = @('[Unicode]', 'Unicode=yes', '[Version]', 'signature="$CHICAGO$"', 'Revision=1', '[System Access]', ${systemAccess(accounts).map(powershellQuoted).join(', ')})`,
  `Set-Content -LiteralPath '${INF}.inf' -Value $lines -Encoding Unicode`,
  `& secedit.exe /configure /db '${INF}.sdb' /cfg '${INF}.inf' /areas SECURITYPOLICY /quiet`,
  'if ($LASTEXITCODE -ne 0) { throw "secedit.exe: exit code $LASTEXITCODE" }',
  `Remove-Item -Path '${INF}*' -Force`,
];

const setAudit = (audit: AuditSetting[]): string[] => audit.flatMap(({ subcategory, value }) => {
  const enabled = (...values: number[]): string => (values.includes(value) ? 'enable' : 'disable');
  return [
    `& auditpol.exe /set '/subcategory:{${subcategory}}' /success:${enabled(1, 3)} /failure:${enabled(2, 3)} | Out-Null`,
    'if ($LASTEXITCODE -ne 0) { throw "auditpol.exe: exit code $LASTEXITCODE" }',
  ];
});

const checkRegistry = (registry: RegistrySetting[]): string[] => [
  '$values = @(',
  ...registry.map(({ id, path, name, value }) => `  '${id}|${path}|${name}|${value}'`),
  ')',
  'foreach ($line in $values) {',
  "  $id, $path, $name, $value = $line -split '\\|'",
  '  $found = (Get-ItemProperty -LiteralPath $path -Name $name -ErrorAction SilentlyContinue).$name',
  '  if ("$found" -ne $value) { $wrong += "$id ($name is $found)" }',
  '}',
];

// The export and the backup have their words in English, whatever the language of Windows; what the programs print has not
// (assumption: security-exports).
const checkAccounts = (accounts: AccountSetting[]): string[] => [
  `& secedit.exe /export /cfg '${INF}.inf' /areas SECURITYPOLICY /quiet`,
  'if ($LASTEXITCODE -ne 0) { throw "secedit.exe: exit code $LASTEXITCODE" }',
  `$policy = Get-Content -LiteralPath '${INF}.inf'`,
  `Remove-Item -LiteralPath '${INF}.inf' -Force`,
  ...accounts.map(({ id, name, value }) => `if (-not ($policy -match '^${name} = ${value}$')) { $wrong += '${id} (${name})' }`),
];

const checkAudit = (audit: AuditSetting[]): string[] => [
  `& auditpol.exe /backup '/file:${INF}.csv' | Out-Null`,
  'if ($LASTEXITCODE -ne 0) { throw "auditpol.exe: exit code $LASTEXITCODE" }',
  `$audit = Get-Content -LiteralPath '${INF}.csv'`,
  `Remove-Item -LiteralPath '${INF}.csv' -Force`,
  ...audit.map(({ id, subcategory, value }) => `if (-not ($audit -match '{${subcategory}}.*,${value}$')) { $wrong += '${id}' }`),
];
