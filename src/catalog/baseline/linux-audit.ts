import type { AuditRules } from './linux-audit-items';
import type { KernelArgument } from './linux-cis-items';
import { AUDIT_FILE, GRUB_FILE } from './linux-cis-paths';
import { LinuxPackages, SystemdUnit } from '../../component/linux';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';
import { onApt, onDnf } from '../package-manager';

/** The audit daemon itself. */
export const auditPackages = (): Step[] => [
  onDnf(LinuxPackages.install([{ name: 'audit' }])),
  onApt(LinuxPackages.install([{ name: 'auditd' }])),
];

/**
 * Rules of the audit daemon. Amazon Linux and Red Hat come with `-a never,task`, under which no call is recorded, whatever the other rules
 * say (auditctl(8)); a folder that is not there ends the loading of all rules after it.
 */
export const auditRules = (audit: AuditRules[], immutable: boolean): Step[] => [
  ...auditPackages(),
  linuxStep('AuditRules', () => [
    "sed -Ei 's/^[[:space:]]*-a[[:space:]]+(never,task|task,never)/# &/' /etc/audit/rules.d/*.rules",
    'command -v ausyscall >/dev/null || fail "ausyscall is not there: nothing says which system calls can be recorded"',
    'machine=$(uname -m)',
    'known() {',
    '  local call list=""',
    '  for call in "${@:2}"; do',
    '    case "$call" in [0-9]*) list+=",$call" ;; *) if ausyscall "$1" "$call" --exact >/dev/null 2>&1; then list+=",$call"; fi ;; esac',
    '  done',
    '  echo "${list#,}"',
    '}',
    'calls() {',
    '  echo "-a always,exit -F arch=b64 -S $(known "$machine" "${@:3}")${2:+ $2} -k $1"',
    // Programs of 32 bits have other numbers.
    '  if [ "$machine" = x86_64 ]; then echo "-a always,exit -F arch=b32 -S $(known i386 "${@:3}")${2:+ $2} -k $1"; fi',
    '}',
    'watches() { local path; for path in "${@:2}"; do if [ -d "$(dirname "$path")" ]; then echo "-w $path -p wa -k $1"; fi; done; }',
    'text=$(mktemp)',
    '{',
    ...audit.flatMap(ruleLines),
    ...immutable ? ["  echo '-e 2'"] : [],
    '} > "$text"',
    `install -D -m 0640 -o root -g root "$text" ${AUDIT_FILE}`,
    'rm -f "$text"',
  ]),
  SystemdUnit.enable('auditd.service'),
];

const ruleLines = ({ id, calls = [], watches = [] }: AuditRules): string[] => [
  `  echo '# ${id}'`,
  ...calls.map((each) => `  calls ${id} ${bashQuoted(each.fields ?? '')} ${each.calls.join(' ')}`),
  ...watches.length > 0 ? [`  watches ${id} ${watches.join(' ')}`] : [],
];

/** Tools of GRUB may be there without it: then there is no folder for its configuration, and update-grub fails. */
const GRUB = 'command -v update-grub >/dev/null && [ -d /boot/grub ]';

/** What changes the arguments of the kernel: grubby on the Red Hat family, update-grub on Debian's. */
export const KNOWN_BOOT_LOADER = `command -v grubby >/dev/null || { ${GRUB}; }`;

/** Processes that start before the audit daemon are recorded only where the kernel is told so. */
export const kernelArguments = (items: KernelArgument[]): Step => linuxStep('KernelArguments', () => {
  const text = items.map(({ argument }) => argument).join(' ');
  return [
    'if command -v grubby >/dev/null; then',
    `  grubby --update-kernel=ALL --args=${bashQuoted(text)}`,
    `elif ${GRUB}; then`,
    `  install -D -m 0644 /dev/null ${GRUB_FILE}`,
    `  echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${text}"' > ${GRUB_FILE}`,
    '  update-grub',
    'else',
    `  echo 'left out, without a boot loader that is known here: ${text}'`,
    'fi',
  ];
});
