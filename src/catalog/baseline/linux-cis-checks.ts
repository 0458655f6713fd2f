import { checkAuditEffect, checkAuditFile } from './linux-audit-checks';
import type { CisItems } from './linux-cis';
import type { NamedSetting } from './linux-cis-items';
import { PASSWORDS_FILE, SYSCTL_FILE } from './linux-cis-paths';
import { ACCOUNT_STACKS, KNOWS_NO_EXPIRY, LOGIN_VALUE, QUALITY_VALUES } from './linux-cis-settings';
import { checkLogins, checkSsh } from './linux-ssh-checks';
import { STRICTER } from './linux-stricter';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';

/** A check says in `found` what it found instead. */
export const BEGIN = [
  ...STRICTER,
  'wrong=()',
  'check() { local id=$1; shift; found=""; "$@" >/dev/null 2>&1 || wrong+=("$id${found:+ ($found)}"); }',
  'line() { found=$2; grep -Fxq -- "$1" "$2"; }',
];
export const END = ['[ "${#wrong[@]}" -eq 0 ] || { printf -v list "%s, " "${wrong[@]}"; fail "not as set: ${list%, }"; }'];

/** What can be known on the build instance: every item lies where the system reads it; programs say what they would do. */
export const checkFiles = (items: CisItems): Step => linuxStep('CheckHardening', () => [
  ...BEGIN,
  ...checkKernelFile(items.kernel),
  ...checkBoth(items),
  ...checkAuditFile(items.audit),
  ...END,
]);

/** What only an instance of the image can tell: what its kernel, its daemons and its shells have made of it. */
export const checkEffective = (items: CisItems): Step => linuxStep('CheckEffect', () => [
  ...BEGIN,
  ...checkKernel(items.kernel),
  ...checkBoth(items),
  ...checkLogins(items.ssh),
  ...checkAuditEffect(items.audit, items.kernelArguments),
  ...END,
]);

/** What an instance may have changed since. */
const checkBoth = ({ modules, ssh, logins, passwords, modes, texts, unitsOff, pam }: CisItems): string[] => [
  ...checkModules(modules),
  ...checkSsh(ssh),
  ...checkLoginDefaults(logins),
  ...checkPasswords(passwords),
  ...checkModes(modes),
  ...texts.flatMap(checkText),
  ...unitsOff.length === 0 ? [] : [
    'off() { local unit; for unit in "$@"; do found=$unit; [ "$(systemctl is-enabled "$unit" 2>/dev/null || true)" != enabled ] || return 1; done; }',
    ...unitsOff.map(({ id, units }) => `check ${id} off ${units.join(' ')}`),
  ],
  ...pam.map(({ id }) =>
    `if [ -e /etc/pam.d/su ]; then check ${id} grep -Eq '^auth[[:space:]]+(required|requisite)[[:space:]]+pam_wheel\\.so' /etc/pam.d/su; fi`),
];

const checkKernelFile = (kernel: NamedSetting[]): string[] => (kernel.length === 0 ? [] : [
  `setting() { local value; value=$(sed -n "s/^$2 = //p" ${SYSCTL_FILE}); found="$2 = $value"; asStrict "$1" "$3" "$value"; }`,
  ...kernel.map(({ id, name, value, rule }) => `check ${id} setting ${rule} ${name} ${value}`),
]);

/** What a kernel does not have needs no hardening. Of a setting of all interfaces, each has its own, and the weaker one may count. */
const checkKernel = (kernel: NamedSetting[]): string[] => (kernel.length === 0 ? [] : [
  'kernel() {',
  '  local path=/proc/sys/${2//.//} file; case "$path" in */conf/all/*) path=${path/all/*} ;; esac',
  '  for file in $path; do',
  '    if [ -e "$file" ]; then found="$file: $(cat "$file")"; asStrict "$1" "$3" "$(cat "$file")" || return 1; fi',
  '  done',
  '}',
  ...kernel.map(({ id, name, value, rule }) => `check ${id} kernel ${rule} ${name} ${value}`),
]);

const checkModules = (modules: CisItems['modules']): string[] => (modules.length === 0 ? [] : [
  'configuration=$(modprobe --showconfig)',
  // modprobe takes both letters for the same.
  'blocked() { tr - _ <<< "$configuration" | grep -Fx "install $(tr - _ <<< "$1") /bin/false"; }',
  ...modules.map(({ id, module }) => `check ${id} blocked ${module}`),
]);

const checkLoginDefaults = (logins: NamedSetting[]): string[] => (logins.length === 0 ? [] : [
  LOGIN_VALUE,
  'byDefault() { local value; value=$(login "$2"); found="$2 $value"; asStrict "$1" "$3" "$value"; }',
  ...logins.map(({ id, name, value, rule }) => `check ${id} byDefault ${rule} ${name} ${value}`),
  ...logins.filter(({ name }) => name === 'PASS_MAX_DAYS').flatMap(({ id }) => [
    `expiring() { found='keys end with the password'; ! cat ${ACCOUNT_STACKS} 2>/dev/null | grep -E '^account.*pam_unix\\.so' | grep -v no_pass_expiry; }`,
    `if ${KNOWS_NO_EXPIRY}; then check ${id} expiring; fi`,
  ]),
]);

/** Each breaks one rule and no other: pwscore(1), which asks as passwd would, must refuse it. */
const WEAK: Record<string, string> = {
  minlen: 'Xq7!vLm2#Tr9z',
  minclass: 'xqvlmtrzkwpnwj7hd4bs',
  maxrepeat: 'Xq7!vLm2#Tr9zzzzKp',
  maxsequence: 'Xq7!vLm2#Tr9efghKp',
};

/** The settings are nothing without the module in the stack, and its arguments there win over them (pam_pwquality(8)). */
const checkPasswords = (passwords: NamedSetting[]): string[] => (passwords.length === 0 ? [] : [
  ...QUALITY_VALUES,
  "stack=$(cat /etc/pam.d/common-password /etc/pam.d/system-auth 2>/dev/null | grep -E '^[^#]*pam_pwquality\\.so' || true)",
  'quality() {',
  "  if [ -z \"$stack\" ]; then found='pam_pwquality is not in the stack of PAM'; return 1; fi",
  '  local value; value=$(sed -nE "s/.*[[:space:]]$2=([-0-9]+).*/\\1/p" <<< "$stack" | tail -n 1)',
  '  if [ -z "$value" ]; then value=$(qualities "$2" | tail -n 1); fi',
  '  found="$2 = $value"; asStrict "$1" "$3" "$value" && { [ -z "${4:-}" ] || refused "$4"; }',
  '}',
  "refused() { found='pwscore takes a weak one'; ! command -v pwscore || ! pwscore <<< \"$1\"; }",
  `if [ -e ${PASSWORDS_FILE} ]; then :; else wrong+=('${PASSWORDS_FILE} is not there'); fi`,
  ...passwords.map(({ id, name, value, rule }) =>
    `check ${id} quality ${rule} ${name} ${value}${WEAK[name] === undefined ? '' : ` ${bashQuoted(WEAK[name]!)}`}`),
]);

const checkModes = (modes: CisItems['modes']): string[] => (modes.length === 0 ? [] : [
  'modeAtMost() {',
  '  if [ ! -e "$1" ]; then return 0; fi',
  '  found="$1: $(stat -c "%U %a" "$1")"; [ "$(stat -c %U "$1")" = root ] && [ $(( 0$(stat -c %a "$1") & ~0$2 )) -eq 0 ]',
  '}',
  ...modes.map(({ id, path, mode }) => `check ${id} modeAtMost ${path} ${mode}`),
]);

/** Of files that shells read, what a new shell has; also where another file has the last word. */
function checkText({ id, path, text }: CisItems['texts'][number]): string[] {
  const shell = (command: string): string => `"$(env -i HOME=/root PATH="$PATH" bash -lc ${bashQuoted(command)} 2>/dev/null | tail -n 1)"`;
  if (id === 'LIN-SHELL-1') { return [`value=${shell('echo "${TMOUT:-}"')}; check ${id} asStrict atMost 900 "$value"`]; }
  if (id === 'LIN-SHELL-2') { return [`value=${shell('umask')}; check ${id} asStrict mask 027 "$value"`]; }
  const lines = text.trimEnd().split('\n').map((each) => `check ${id} line ${bashQuoted(each)} ${bashQuoted(path)}`);
  if (id !== 'LIN-SUDO-1') { return lines; }
  return [
    lines[0]!,
    'if command -v sudo >/dev/null; then',
    `  if ! sudo --version 2>&1 | grep -i sudo-rs >/dev/null; then ${lines[1]!}; fi`,
    `  check ${id} visudo -cq`,
    'fi',
  ];
}
