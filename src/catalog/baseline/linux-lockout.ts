import type { NamedSetting } from './linux-cis-items';
import { settingIn, STRICTER } from './linux-stricter';
import { byManager } from '../../component/linux/package-scripts';
import { linuxStep } from '../../component/linux/script';
import { writeText } from '../../component/linux/write-file';
import type { Step } from '../../component/step';

const FILE = '/etc/security/faillock.conf';
const VALUE = `lockValue() { sed -nE "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*([0-9]+).*/\\1/p" ${FILE} 2>/dev/null | tail -n 1; }`;

/** Seconds that an account stays locked; 0 is until an administrator unlocks it (faillock.conf(5)). */
export const LOCK_TIME = 'lockTime() { case "$2" in 0) echo 0 ;; *) atLeast "$1" "$2" ;; esac; }';

const MODULE = '[ -n "$(ls /lib/security/pam_faillock.so /lib64/security/pam_faillock.so /lib/*/security/pam_faillock.so 2>/dev/null || true)" ]';

/** Profiles of pam-auth-update(8): before pam_unix asks, and after it refused. */
const PROFILES = {
  'golden-images-faillock-before': [
    'Name: Refuse accounts that are locked after failed logins', 'Default: yes', 'Priority: 1024', 'Auth-Type: Primary', 'Auth:',
    '\trequisite pam_faillock.so preauth', 'Account-Type: Primary', 'Account:', '\trequired pam_faillock.so', '',
  ],
  'golden-images-faillock-after': [
    'Name: Lock accounts after failed logins', 'Default: yes', 'Priority: 0', 'Auth-Type: Primary', 'Auth:', '\t[default=die] pam_faillock.so authfail', '',
  ],
};

/** Accounts are locked after failed logins. Red Hat's family has a feature of authselect(8) for it (assumption: faillock-by-authselect). */
export const lockout = (settings: NamedSetting[]): Step => linuxStep('Lockout', () => [
  ...STRICTER,
  LOCK_TIME,
  VALUE,
  `${MODULE} || fail 'there is no pam_faillock here: leave LIN-LOCK-1 and LIN-LOCK-2 out'`,
  `touch ${FILE}`,
  ...settingIn({ file: FILE, read: 'lockValue', after: '[[:space:]]*=', between: ' = ' }),
  ...settings.map(({ name, value, rule }) => `setting ${rule} ${name} ${value}`),
  ...byManager(
    [
      "authselect current >/dev/null 2>&1 || fail 'PAM is not set by authselect here: leave LIN-LOCK-1 and LIN-LOCK-2 out, and set pam_faillock yourself'",
      'authselect enable-feature with-faillock',
    ],
    [
      ...Object.entries(PROFILES).flatMap(([name, lines]) => writeText(`/usr/share/pam-configs/${name}`, lines.join('\n'))),
      `pam-auth-update --enable ${Object.keys(PROFILES).join(' ')}`,
    ],
  ),
]);

/** The settings, and that each stack asks before and counts after: a stack that was edited by hand pam-auth-update leaves alone. */
export const checkLockout = (settings: NamedSetting[]): string[] => (settings.length === 0 ? [] : [
  LOCK_TIME,
  VALUE,
  'counting() {',
  '  local stack',
  '  for stack in /etc/pam.d/common-auth /etc/pam.d/system-auth /etc/pam.d/password-auth; do',
  '    if [ -e "$stack" ]; then',
  '      found="$stack does not lock"',
  '      awk \'/^auth.*pam_faillock\\.so.*preauth/ { a = NR } /^auth.*pam_unix\\.so/ { b = NR } /^auth.*pam_faillock\\.so.*authfail/ { c = NR }',
  '        END { exit !(a && a < b && b < c) }\' "$stack" || return 1',
  '    fi',
  '  done',
  '}',
  'locks() { local value; value=$(lockValue "$2"); found="$2 = $value"; asStrict "$1" "$3" "$value" && counting; }',
  ...settings.map(({ id, name, value, rule }) => `check ${id} locks ${rule} ${name} ${value}`),
]);
