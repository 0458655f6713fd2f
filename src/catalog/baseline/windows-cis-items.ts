/** A value of the registry. */
export interface RegistrySetting {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly value: number;
}

/** A subcategory of the audit policy: 1 success, 2 failure, 3 both. */
export interface AuditSetting {
  readonly id: string;
  readonly subcategory: string;
  readonly value: 1 | 2 | 3;
}

/** A value of the account policies, as `secedit` names it. */
export interface AccountSetting {
  readonly id: string;
  readonly name: string;
  readonly value: number;
}

const LSA = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa';
const SERVICES = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services';
const POLICIES = 'HKLM:\\SOFTWARE\\Policies\\Microsoft';
const SYSTEM = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System';
const TERMINAL = `${POLICIES}\\Windows NT\\Terminal Services`;
const FIREWALL = `${POLICIES}\\WindowsFirewall`;
const LOGS = `${POLICIES}\\Windows\\EventLog`;

const registry = (id: string, path: string, name: string, value: number): RegistrySetting => ({ id, path, name, value });

/** What each of them is for stands in docs/guides/hardening.md, by its id. */
export const REGISTRY_SETTINGS: RegistrySetting[] = [
  registry('WIN-LSA-1', LSA, 'LmCompatibilityLevel', 5),
  registry('WIN-LSA-2', LSA, 'NoLMHash', 1),
  registry('WIN-LSA-3', LSA, 'LimitBlankPasswordUse', 1),
  registry('WIN-LSA-4', LSA, 'RestrictAnonymousSAM', 1),
  registry('WIN-LSA-5', LSA, 'RestrictAnonymous', 1),
  registry('WIN-LSA-6', LSA, 'EveryoneIncludesAnonymous', 0),
  registry('WIN-LSA-7', LSA, 'RunAsPPL', 1),
  registry('WIN-LSA-8', `${LSA}\\MSV1_0`, 'NTLMMinClientSec', 537395200),
  registry('WIN-LSA-9', `${LSA}\\MSV1_0`, 'NTLMMinServerSec', 537395200),
  registry('WIN-LSA-10', 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest', 'UseLogonCredential', 0),
  registry('WIN-SMB-1', `${SERVICES}\\LanmanServer\\Parameters`, 'SMB1', 0),
  registry('WIN-SMB-2', `${SERVICES}\\mrxsmb10`, 'Start', 4),
  registry('WIN-SMB-3', `${SERVICES}\\LanmanServer\\Parameters`, 'RequireSecuritySignature', 1),
  registry('WIN-SMB-4', `${SERVICES}\\LanmanWorkstation\\Parameters`, 'RequireSecuritySignature', 1),
  registry('WIN-SMB-5', `${POLICIES}\\Windows\\LanmanWorkstation`, 'AllowInsecureGuestAuth', 0),
  registry('WIN-NET-1', `${SERVICES}\\Tcpip\\Parameters`, 'DisableIPSourceRouting', 2),
  registry('WIN-NET-2', `${SERVICES}\\Tcpip6\\Parameters`, 'DisableIPSourceRouting', 2),
  registry('WIN-NET-3', `${SERVICES}\\Tcpip\\Parameters`, 'EnableICMPRedirect', 0),
  registry('WIN-NET-4', `${POLICIES}\\Windows NT\\DNSClient`, 'EnableMulticast', 0),
  registry('WIN-FW-1', `${FIREWALL}\\DomainProfile`, 'EnableFirewall', 1),
  registry('WIN-FW-2', `${FIREWALL}\\PrivateProfile`, 'EnableFirewall', 1),
  registry('WIN-FW-3', `${FIREWALL}\\PublicProfile`, 'EnableFirewall', 1),
  registry('WIN-RDP-1', TERMINAL, 'UserAuthentication', 1),
  registry('WIN-RDP-2', TERMINAL, 'SecurityLayer', 2),
  registry('WIN-RDP-3', TERMINAL, 'MinEncryptionLevel', 3),
  registry('WIN-RDP-4', TERMINAL, 'fDisableCdm', 1),
  registry('WIN-RDP-5', TERMINAL, 'fPromptForPassword', 1),
  registry('WIN-UAC-1', SYSTEM, 'EnableLUA', 1),
  registry('WIN-UAC-2', SYSTEM, 'ConsentPromptBehaviorAdmin', 2),
  registry('WIN-UAC-3', SYSTEM, 'ConsentPromptBehaviorUser', 0),
  registry('WIN-UAC-4', SYSTEM, 'FilterAdministratorToken', 1),
  registry('WIN-LOGON-1', SYSTEM, 'InactivityTimeoutSecs', 900),
  registry('WIN-LOGON-2', SYSTEM, 'DontDisplayLastUserName', 1),
  registry('WIN-LOGON-3', `${POLICIES}\\Windows\\Explorer`, 'NoAutoplayfornonVolume', 1),
  registry('WIN-LOGON-4', 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Explorer', 'NoDriveTypeAutoRun', 255),
  registry('WIN-RM-1', `${POLICIES}\\Windows\\WinRM\\Client`, 'AllowBasic', 0),
  registry('WIN-RM-2', `${POLICIES}\\Windows\\WinRM\\Client`, 'AllowUnencryptedTraffic', 0),
  registry('WIN-RM-3', `${POLICIES}\\Windows\\WinRM\\Service`, 'AllowBasic', 0),
  registry('WIN-RM-4', `${POLICIES}\\Windows\\WinRM\\Service`, 'AllowUnencryptedTraffic', 0),
  registry('WIN-MSI-1', `${POLICIES}\\Windows\\Installer`, 'AlwaysInstallElevated', 0),
  registry('WIN-PS-1', `${POLICIES}\\Windows\\PowerShell\\ScriptBlockLogging`, 'EnableScriptBlockLogging', 1),
  registry('WIN-LOG-1', `${LOGS}\\Application`, 'MaxSize', 32768),
  registry('WIN-LOG-2', `${LOGS}\\Security`, 'MaxSize', 196608),
  registry('WIN-LOG-3', `${LOGS}\\System`, 'MaxSize', 32768),
  registry('WIN-AUD-0', LSA, 'SCENoApplyLegacyAuditPolicy', 1),
];

/** By the GUIDs of auditpol, because the names of subcategories are in the language of Windows (Windows SDK, ntsecapi.h). */
export const AUDIT_SETTINGS: AuditSetting[] = [
  { id: 'WIN-AUD-1', subcategory: '0CCE923F-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-2', subcategory: '0CCE9215-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-3', subcategory: '0CCE9216-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-4', subcategory: '0CCE9217-69AE-11D9-BED3-505054503030', value: 2 },
  { id: 'WIN-AUD-5', subcategory: '0CCE921B-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-6', subcategory: '0CCE9235-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-7', subcategory: '0CCE9237-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-8', subcategory: '0CCE922B-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-9', subcategory: '0CCE922F-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-10', subcategory: '0CCE9228-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-11', subcategory: '0CCE9211-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-12', subcategory: '0CCE9212-69AE-11D9-BED3-505054503030', value: 3 },
];

export const ACCOUNT_SETTINGS: AccountSetting[] = [
  { id: 'WIN-ACC-1', name: 'MinimumPasswordLength', value: 14 },
  { id: 'WIN-ACC-2', name: 'PasswordComplexity', value: 1 },
  { id: 'WIN-ACC-3', name: 'PasswordHistorySize', value: 24 },
  { id: 'WIN-ACC-4', name: 'MaximumPasswordAge', value: 365 },
  { id: 'WIN-ACC-5', name: 'MinimumPasswordAge', value: 1 },
  { id: 'WIN-ACC-6', name: 'ClearTextPassword', value: 0 },
  { id: 'WIN-ACC-7', name: 'LockoutBadCount', value: 5 },
  { id: 'WIN-ACC-8', name: 'ResetLockoutCount', value: 15 },
  { id: 'WIN-ACC-9', name: 'LockoutDuration', value: 15 },
  { id: 'WIN-ACC-10', name: 'EnableGuestAccount', value: 0 },
];
