/**
 * When a value that is there already is as good as ours, so that a stricter parent stays as it is: the same; at least ours; at most ours,
 * from 1; all bits of ours; at least ours or -1; or one of these values.
 */
export type Rule = 'eq' | 'ge' | 'le' | 'bits' | 'lock' | `in ${string}`;

/** A value of the registry. */
export interface RegistrySetting {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly value: number | string;
  readonly rule: Rule;
}

/** A subcategory of the audit policy: 1 success, 2 failure, 3 both. What is audited beyond stays. */
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
  readonly rule: Rule;
}

/** A user right, as `secedit` names it: which group must have it, or that nobody may. */
export interface RightSetting {
  readonly id: string;
  readonly name: string;
  readonly value: '*S-1-5-32-546' | '';
}

const LSA = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa';
const SERVICES = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services';
const POLICIES = 'HKLM:\\SOFTWARE\\Policies\\Microsoft';
const SYSTEM = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System';
const TERMINAL = `${POLICIES}\\Windows NT\\Terminal Services`;
const FIREWALL = `${POLICIES}\\WindowsFirewall`;
const LOGS = `${POLICIES}\\Windows\\EventLog`;

const registry = (id: string, path: string, name: string, value: number | string, rule: Rule = 'eq'): RegistrySetting => ({ id, path, name, value, rule });

/** What each of them is for stands in docs/guides/hardening.md, by its id. */
export const REGISTRY_SETTINGS: RegistrySetting[] = [
  registry('WIN-LSA-1', LSA, 'LmCompatibilityLevel', 5),
  registry('WIN-LSA-2', LSA, 'NoLMHash', 1),
  registry('WIN-LSA-3', LSA, 'LimitBlankPasswordUse', 1),
  registry('WIN-LSA-4', LSA, 'RestrictAnonymousSAM', 1),
  registry('WIN-LSA-5', LSA, 'RestrictAnonymous', 1, 'ge'),
  registry('WIN-LSA-6', LSA, 'EveryoneIncludesAnonymous', 0),
  registry('WIN-LSA-7', LSA, 'RunAsPPL', 1, 'in 1 2'),
  registry('WIN-LSA-8', `${LSA}\\MSV1_0`, 'NTLMMinClientSec', 537395200, 'bits'),
  registry('WIN-LSA-9', `${LSA}\\MSV1_0`, 'NTLMMinServerSec', 537395200, 'bits'),
  registry('WIN-LSA-10', 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest', 'UseLogonCredential', 0),
  registry('WIN-LSA-11', LSA, 'RestrictRemoteSAM', 'O:BAG:BAD:(A;;RC;;;BA)'),
  registry('WIN-LSA-12', `${LSA}\\MSV1_0`, 'AllowNullSessionFallback', 0),
  registry('WIN-SMB-1', `${SERVICES}\\LanmanServer\\Parameters`, 'SMB1', 0),
  registry('WIN-SMB-2', `${SERVICES}\\mrxsmb10`, 'Start', 4),
  registry('WIN-SMB-3', `${SERVICES}\\LanmanServer\\Parameters`, 'RequireSecuritySignature', 1),
  registry('WIN-SMB-4', `${SERVICES}\\LanmanWorkstation\\Parameters`, 'RequireSecuritySignature', 1),
  registry('WIN-SMB-5', `${POLICIES}\\Windows\\LanmanWorkstation`, 'AllowInsecureGuestAuth', 0),
  registry('WIN-SMB-6', `${SERVICES}\\LanmanServer\\Parameters`, 'RestrictNullSessAccess', 1),
  registry('WIN-SMB-7', `${SERVICES}\\LanmanWorkstation\\Parameters`, 'EnablePlainTextPassword', 0),
  registry('WIN-SMB-8', `${SERVICES}\\LanmanServer\\Parameters`, 'EnableSecuritySignature', 1),
  registry('WIN-SMB-9', `${SERVICES}\\LanmanWorkstation\\Parameters`, 'EnableSecuritySignature', 1),
  registry('WIN-DOM-1', `${SERVICES}\\LDAP`, 'LDAPClientIntegrity', 1, 'ge'),
  registry('WIN-DOM-2', `${SERVICES}\\Netlogon\\Parameters`, 'RequireSignOrSeal', 1),
  registry('WIN-DOM-3', `${SERVICES}\\Netlogon\\Parameters`, 'SealSecureChannel', 1),
  registry('WIN-DOM-4', `${SERVICES}\\Netlogon\\Parameters`, 'SignSecureChannel', 1),
  registry('WIN-DOM-5', `${SERVICES}\\Netlogon\\Parameters`, 'RequireStrongKey', 1),
  registry('WIN-NET-1', `${SERVICES}\\Tcpip\\Parameters`, 'DisableIPSourceRouting', 2),
  registry('WIN-NET-2', `${SERVICES}\\Tcpip6\\Parameters`, 'DisableIPSourceRouting', 2),
  registry('WIN-NET-3', `${SERVICES}\\Tcpip\\Parameters`, 'EnableICMPRedirect', 0),
  registry('WIN-NET-4', `${POLICIES}\\Windows NT\\DNSClient`, 'EnableMulticast', 0),
  registry('WIN-NET-5', `${POLICIES}\\Windows NT\\DNSClient`, 'EnableMDNS', 0),
  registry('WIN-NET-6', `${POLICIES}\\Windows NT\\DNSClient`, 'EnableNetbios', 2, 'in 0 2'),
  registry('WIN-FW-1', `${FIREWALL}\\DomainProfile`, 'EnableFirewall', 1),
  registry('WIN-FW-2', `${FIREWALL}\\PrivateProfile`, 'EnableFirewall', 1),
  registry('WIN-FW-3', `${FIREWALL}\\PublicProfile`, 'EnableFirewall', 1),
  registry('WIN-FW-4', `${FIREWALL}\\DomainProfile`, 'DefaultInboundAction', 1),
  registry('WIN-FW-5', `${FIREWALL}\\PrivateProfile`, 'DefaultInboundAction', 1),
  registry('WIN-FW-6', `${FIREWALL}\\PublicProfile`, 'DefaultInboundAction', 1),
  registry('WIN-FW-7', `${FIREWALL}\\DomainProfile\\Logging`, 'LogDroppedPackets', 1),
  registry('WIN-FW-8', `${FIREWALL}\\PrivateProfile\\Logging`, 'LogDroppedPackets', 1),
  registry('WIN-FW-9', `${FIREWALL}\\PublicProfile\\Logging`, 'LogDroppedPackets', 1),
  registry('WIN-FW-10', `${FIREWALL}\\DomainProfile\\Logging`, 'LogSuccessfulConnections', 1),
  registry('WIN-FW-11', `${FIREWALL}\\PrivateProfile\\Logging`, 'LogSuccessfulConnections', 1),
  registry('WIN-FW-12', `${FIREWALL}\\PublicProfile\\Logging`, 'LogSuccessfulConnections', 1),
  registry('WIN-FW-13', `${FIREWALL}\\DomainProfile\\Logging`, 'LogFileSize', 16384, 'ge'),
  registry('WIN-FW-14', `${FIREWALL}\\PrivateProfile\\Logging`, 'LogFileSize', 16384, 'ge'),
  registry('WIN-FW-15', `${FIREWALL}\\PublicProfile\\Logging`, 'LogFileSize', 16384, 'ge'),
  registry('WIN-RDP-1', TERMINAL, 'UserAuthentication', 1),
  registry('WIN-RDP-2', TERMINAL, 'SecurityLayer', 2),
  registry('WIN-RDP-3', TERMINAL, 'MinEncryptionLevel', 3, 'ge'),
  registry('WIN-RDP-4', TERMINAL, 'fDisableCdm', 1),
  registry('WIN-RDP-5', TERMINAL, 'fPromptForPassword', 1),
  registry('WIN-RDP-6', `${SYSTEM}\\CredSSP\\Parameters`, 'AllowEncryptionOracle', 0),
  registry('WIN-UAC-1', SYSTEM, 'EnableLUA', 1),
  registry('WIN-UAC-2', SYSTEM, 'ConsentPromptBehaviorAdmin', 2, 'in 1 2'),
  registry('WIN-UAC-3', SYSTEM, 'ConsentPromptBehaviorUser', 0),
  registry('WIN-UAC-4', SYSTEM, 'FilterAdministratorToken', 1),
  registry('WIN-UAC-5', SYSTEM, 'LocalAccountTokenFilterPolicy', 0),
  registry('WIN-LOGON-1', SYSTEM, 'InactivityTimeoutSecs', 900, 'le'),
  registry('WIN-LOGON-2', SYSTEM, 'DontDisplayLastUserName', 1),
  registry('WIN-LOGON-3', `${POLICIES}\\Windows\\Explorer`, 'NoAutoplayfornonVolume', 1),
  registry('WIN-LOGON-4', 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Explorer', 'NoDriveTypeAutoRun', 255, 'bits'),
  registry('WIN-RM-1', `${POLICIES}\\Windows\\WinRM\\Client`, 'AllowBasic', 0),
  registry('WIN-RM-2', `${POLICIES}\\Windows\\WinRM\\Client`, 'AllowUnencryptedTraffic', 0),
  registry('WIN-RM-3', `${POLICIES}\\Windows\\WinRM\\Service`, 'AllowBasic', 0),
  registry('WIN-RM-4', `${POLICIES}\\Windows\\WinRM\\Service`, 'AllowUnencryptedTraffic', 0),
  registry('WIN-RM-5', `${POLICIES}\\Windows\\WinRM\\Client`, 'AllowDigest', 0),
  registry('WIN-RM-6', `${POLICIES}\\Windows\\WinRM\\Service`, 'DisableRunAs', 1),
  registry('WIN-SVC-1', `${SERVICES}\\Spooler`, 'Start', 4),
  registry('WIN-MSI-1', `${POLICIES}\\Windows\\Installer`, 'AlwaysInstallElevated', 0),
  registry('WIN-PS-1', `${POLICIES}\\Windows\\PowerShell\\ScriptBlockLogging`, 'EnableScriptBlockLogging', 1),
  registry('WIN-LOG-1', `${LOGS}\\Application`, 'MaxSize', 32768, 'ge'),
  registry('WIN-LOG-2', `${LOGS}\\Security`, 'MaxSize', 196608, 'ge'),
  registry('WIN-LOG-3', `${LOGS}\\System`, 'MaxSize', 32768, 'ge'),
  registry('WIN-AUD-0', LSA, 'SCENoApplyLegacyAuditPolicy', 1),
  registry('WIN-PROC-1', `${SYSTEM}\\Audit`, 'ProcessCreationIncludeCmdLine_Enabled', 1),
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
  { id: 'WIN-AUD-13', subcategory: '0CCE9239-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-14', subcategory: '0CCE9248-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-15', subcategory: '0CCE9249-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-16', subcategory: '0CCE921C-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-17', subcategory: '0CCE9244-69AE-11D9-BED3-505054503030', value: 2 },
  { id: 'WIN-AUD-18', subcategory: '0CCE9224-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-19', subcategory: '0CCE9227-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-20', subcategory: '0CCE9245-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-21', subcategory: '0CCE9230-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-22', subcategory: '0CCE9231-69AE-11D9-BED3-505054503030', value: 1 },
  { id: 'WIN-AUD-23', subcategory: '0CCE9232-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-24', subcategory: '0CCE9234-69AE-11D9-BED3-505054503030', value: 2 },
  { id: 'WIN-AUD-25', subcategory: '0CCE9213-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-26', subcategory: '0CCE9214-69AE-11D9-BED3-505054503030', value: 3 },
  { id: 'WIN-AUD-27', subcategory: '0CCE9210-69AE-11D9-BED3-505054503030', value: 1 },
];

export const ACCOUNT_SETTINGS: AccountSetting[] = [
  { id: 'WIN-ACC-1', name: 'MinimumPasswordLength', value: 14, rule: 'ge' },
  { id: 'WIN-ACC-2', name: 'PasswordComplexity', value: 1, rule: 'eq' },
  { id: 'WIN-ACC-3', name: 'PasswordHistorySize', value: 24, rule: 'ge' },
  { id: 'WIN-ACC-4', name: 'MaximumPasswordAge', value: 365, rule: 'le' },
  { id: 'WIN-ACC-5', name: 'MinimumPasswordAge', value: 1, rule: 'ge' },
  { id: 'WIN-ACC-6', name: 'ClearTextPassword', value: 0, rule: 'eq' },
  { id: 'WIN-ACC-7', name: 'LockoutBadCount', value: 5, rule: 'le' },
  { id: 'WIN-ACC-8', name: 'ResetLockoutCount', value: 15, rule: 'ge' },
  { id: 'WIN-ACC-9', name: 'LockoutDuration', value: 15, rule: 'lock' },
  { id: 'WIN-ACC-10', name: 'EnableGuestAccount', value: 0, rule: 'eq' },
  // Since October 2022 (KB5020282): without it the built-in administrator, mostly the only account, is never locked.
  { id: 'WIN-ACC-11', name: 'AllowAdministratorLockout', value: 1, rule: 'eq' },
];

/** They depend on each other: Windows refuses the two times without a threshold, and a reset later than the end of the lock (KB5020282). */
export const LOCKOUT_ITEMS: readonly string[] = ['WIN-ACC-7', 'WIN-ACC-8', 'WIN-ACC-9'];

const GUESTS = '*S-1-5-32-546';
/** By ids, because names of groups are in the language of Windows. */
export const RIGHT_SETTINGS: RightSetting[] = [
  { id: 'WIN-RIGHT-1', name: 'SeDenyNetworkLogonRight', value: GUESTS },
  { id: 'WIN-RIGHT-2', name: 'SeDenyBatchLogonRight', value: GUESTS },
  { id: 'WIN-RIGHT-3', name: 'SeDenyServiceLogonRight', value: GUESTS },
  { id: 'WIN-RIGHT-4', name: 'SeDenyInteractiveLogonRight', value: GUESTS },
  { id: 'WIN-RIGHT-5', name: 'SeDenyRemoteInteractiveLogonRight', value: GUESTS },
  { id: 'WIN-RIGHT-6', name: 'SeTcbPrivilege', value: '' },
  { id: 'WIN-RIGHT-7', name: 'SeTrustedCredManAccessPrivilege', value: '' },
  { id: 'WIN-RIGHT-8', name: 'SeCreateTokenPrivilege', value: '' },
  { id: 'WIN-RIGHT-9', name: 'SeCreatePermanentPrivilege', value: '' },
  { id: 'WIN-RIGHT-10', name: 'SeEnableDelegationPrivilege', value: '' },
];
