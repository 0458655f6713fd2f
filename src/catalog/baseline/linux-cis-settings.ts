import type { NamedSetting } from './linux-cis-items';
import { PASSWORDS_FILE, SSH_FILE, SYSCTL_FILE } from './linux-cis-paths';
import { settingIn, SSHD, STRICTER } from './linux-stricter';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';

/**
 * Settings of the kernel, for instances: those of the build instance are of no use to the image. What the parent sets stays where it is
 * stricter, whether a file says it or the kernel was built so.
 */
export const kernelSettings = (settings: NamedSetting[]): Step => linuxStep('KernelSettings', () => [
  ...STRICTER,
  'parents() {',
  '  cat "/proc/sys/${1//.//}" 2>/dev/null || true',
  '  cat /usr/lib/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /run/sysctl.d/*.conf /etc/sysctl.d/*.conf /etc/sysctl.conf 2>/dev/null \\',
  '    | sed -nE "s/^[[:space:]]*-?${1//./[.\\/]}[[:space:]]*=[[:space:]]*//p"',
  '}',
  // Each interface has a value of its own, which `all` and `default` do not reach once it is there (systemd/systemd#14589).
  'each=no; if [ "$(systemctl --version | sed -nE "1s/^systemd ([0-9]+).*/\\1/p")" -ge 245 ]; then each=yes; fi',
  'setting() {',
  '  local value=$3 parent',
  '  if [ "$1" != exactly ]; then while read -r parent; do value=$("$1" "$value" "$parent"); done < <(parents "$2"); fi',
  '  case "$2" in *.conf.all.*) if [ "$each" = yes ]; then echo "-${2/.all./.*.} = $value"; fi ;; esac',
  '  echo "$2 = $value"',
  '}',
  `install -D -m 0644 /dev/null ${SYSCTL_FILE}`,
  '{',
  ...settings.map(({ name, value, rule }) => `  setting ${rule} ${name} ${value}`),
  `} > ${SYSCTL_FILE}`,
]);

/** apport, which Ubuntu starts after the settings, lets programs with other rights dump core (its `start` writes 2 to suid_dumpable). */
export const withoutApport = (): Step => linuxStep('Apport', () => [
  'if [ -e /etc/default/apport ]; then',
  "  sed -i '/^[[:space:]]*enabled=/d' /etc/default/apport",
  '  echo enabled=0 >> /etc/default/apport',
  '  if [ "$(systemctl is-enabled apport.service 2>/dev/null || true)" = enabled ]; then systemctl disable apport.service; fi',
  'fi',
]);

/**
 * The first value of a keyword counts, so that ours come before those of the distribution (sshd_config(5)); what sshd makes of the parent's
 * stays where it is stricter. Before OpenSSH 8.7 the challenges had a keyword of their own.
 */
export const sshSettings = (settings: NamedSetting[]): Step => linuxStep('Ssh', () => [
  ...STRICTER,
  ...SSHD,
  "settings=''",
  'if command -v sshd >/dev/null; then effective; fi',
  'text=$(mktemp)',
  '{',
  ...settings.map(({ name, value, rule }) => `  echo "${name} $(${rule} ${value} "$(of ${name.toLowerCase()})")"`),
  ...settings.some(({ name }) => name === 'KbdInteractiveAuthentication') ? ["  echo 'ChallengeResponseAuthentication no'"] : [],
  '} > "$text"',
  // Of this one keyword the last value counts (OpenSSH's servconf.c).
  ...settings.some(({ name }) => name === 'MaxStartups') ? [
    'for file in /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf; do',
    '  if [ -e "$file" ]; then sed -Ei "s/^[[:space:]]*MaxStartups[[:space:]=]/# &/I" "$file"; fi',
    'done',
  ] : [],
  `install -D -m 0600 -o root -g root "$text" ${SSH_FILE}`,
  'rm -f "$text"',
  'if [ -e /etc/ssh/sshd_config ] && ! grep -Eq \'^Include /etc/ssh/sshd_config.d/\\*\\.conf\' /etc/ssh/sshd_config; then',
  "  sed -i '1i Include /etc/ssh/sshd_config.d/*.conf' /etc/ssh/sshd_config",
  'fi',
]);

/** Reads a value of /etc/login.defs, of which the last one counts. */
export const LOGIN_VALUE = 'login() { sed -nE "s/^[[:space:]]*$1[[:space:]]+([^[:space:]#]+).*/\\1/p" /etc/login.defs | tail -n 1; }';

export const loginDefaults = (settings: NamedSetting[]): Step => linuxStep('LoginDefaults', () => [
  ...STRICTER,
  LOGIN_VALUE,
  ...settingIn({ file: '/etc/login.defs', read: 'login', after: '[[:space:]]', between: ' ' }),
  ...settings.map(({ name, value, rule }) => `setting ${rule} ${name} ${value}`),
]);

/** Where each distribution keeps how accounts are checked. */
export const ACCOUNT_STACKS = '/etc/pam.d/common-account /etc/pam.d/system-auth /etc/pam.d/password-auth';
export const KNOWS_NO_EXPIRY = 'grep -qs no_pass_expiry /lib/security/pam_unix.so /lib64/security/pam_unix.so /lib/*/security/pam_unix.so';

/**
 * Passwords end; keys do not: a login by key was asked for a new password after a year (gravitational/teleport#56047; pam_unix(8),
 * `no_pass_expiry`). pam-auth-update keeps options that were added to a line.
 */
export const keysDoNotExpire = (): Step => linuxStep('KeysDoNotExpire', () => [
  `if ${KNOWS_NO_EXPIRY}; then`,
  `  for stack in ${ACCOUNT_STACKS}; do`,
  '    if [ -e "$stack" ]; then',
  "      sed -Ei --follow-symlinks '/^account.*pam_unix\\.so/{/no_pass_expiry/!s/pam_unix\\.so/& no_pass_expiry/}' \"$stack\"",
  '    fi',
  '  done',
  'fi',
]);

/** All values of an item of pwquality.conf(5), wherever they stand. A flag has none, and then 1. */
export const QUALITY_VALUES = [
  'qualities() {',
  `  cat /etc/security/pwquality.conf.d/*.conf ${PASSWORDS_FILE} 2>/dev/null \\`,
  '    | sed -nE "s/^[[:space:]]*$1[[:space:]]*(=[[:space:]]*([-0-9]+))?[[:space:]]*$/0\\2/p" | sed -E "s/^0$/1/; s/^0([0-9-])/\\1/"',
  '}',
];

export const passwordQuality = (settings: NamedSetting[]): Step => linuxStep('PasswordQuality', () => [
  ...STRICTER,
  ...QUALITY_VALUES,
  'setting() {',
  '  local value=$3 parent',
  '  if [ "$1" != exactly ]; then while read -r parent; do value=$("$1" "$value" "$parent"); done < <(qualities "$2"); fi',
  `  sed -Ei "/^[[:space:]]*$2[[:space:]]*(=|$)/d" ${PASSWORDS_FILE}`,
  `  echo "$2 = $value" >> ${PASSWORDS_FILE}`,
  '}',
  `if [ ! -e ${PASSWORDS_FILE} ]; then install -D -m 0644 /dev/null ${PASSWORDS_FILE}; fi`,
  ...settings.map(({ name, value, rule }) => `setting ${rule} ${bashQuoted(name)} ${value}`),
]);
