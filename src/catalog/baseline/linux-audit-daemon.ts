import type { NamedSetting } from './linux-cis-items';
import { settingIn, STRICTER } from './linux-stricter';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';

const FILE = '/etc/audit/auditd.conf';

/** Of what auditd does, from what only tells to what stops the system (auditd.conf(5)): ours, or the parent's where it does as much. */
export const ACTION = [
  'severity() { case "${1,,}" in halt) echo 4 ;; single) echo 3 ;; suspend) echo 2 ;; syslog | rotate | email | exec*) echo 1 ;; *) echo 0 ;; esac; }',
  'action() { if [ "$(severity "$2")" -ge "$(severity "$1")" ]; then echo "$2"; else echo "$1"; fi; }',
];

/** A value of auditd.conf(5), of which the last one counts. */
const VALUE = `daemonValue() { sed -nE "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*//Ip" ${FILE} | tail -n 1; }`;

/** How much the audit daemon keeps, and what it does when its disk gets full. */
export const auditDaemon = (settings: NamedSetting[]): Step => linuxStep('AuditDaemon', () => [
  ...STRICTER,
  ...ACTION,
  VALUE,
  ...settingIn({ file: FILE, read: 'daemonValue', after: '[[:space:]]*=', between: ' = ', ignoresCase: true }),
  ...settings.map(({ name, value, rule }) => `setting ${rule} ${name} ${value}`),
]);

export const checkAuditDaemon = (settings: NamedSetting[]): string[] => (settings.length === 0 ? [] : [
  ...ACTION,
  VALUE,
  'daemon() { local value; value=$(daemonValue "$2"); found="$2 = $value"; asStrict "$1" "$3" "$value"; }',
  ...settings.map(({ id, name, value, rule }) => `check ${id} daemon ${rule} ${name} ${value}`),
]);
