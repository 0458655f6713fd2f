import { KNOWN_BOOT_LOADER } from './linux-audit';
import type { AuditRules } from './linux-audit-items';
import type { KernelArgument } from './linux-cis-items';
import { AUDIT_FILE } from './linux-cis-paths';

const SUPPRESSED = "'^[[:space:]]*-a[[:space:]]+(never,task|task,never)'";

/** On the build instance: the rules are there, nothing suppresses them, and the daemon that loads them starts. */
export const checkAuditFile = (audit: AuditRules[]): string[] => (audit.length === 0 ? [] : [
  ...audit.map(({ id }) => `check ${id} line '# ${id}' ${AUDIT_FILE}`),
  `recorded() { found='-a never,task'; ! grep -Eq ${SUPPRESSED} /etc/audit/rules.d/*.rules; }`,
  `check ${audit[0]!.id} recorded`,
  `check ${audit[0]!.id} systemctl is-enabled auditd.service`,
]);

/** On an instance: each rule that was written is loaded, and the kernel records by them. auditctl prints keys in two ways. */
export const checkAuditEffect = (audit: AuditRules[], args: KernelArgument[]): string[] => [
  ...audit.length === 0 ? [] : [
    'loaded=$(auditctl -l)',
    'state=$(auditctl -s)',
    'audited() {',
    '  local id=$1 wanted is',
    `  wanted=$(grep -c -- " -k $id\\$" ${AUDIT_FILE} || true)`,
    '  is=$(grep -cE -- "(-k |key=)$id( |$)" <<< "$loaded" || true)',
    '  found="$is of $wanted rules are loaded"; [ "$is" -ge "$wanted" ] || return 1',
    `  if grep -Eq ${SUPPRESSED} <<< "$loaded"; then found='-a never,task is loaded'; return 1; fi`,
    "  found='the audit of the kernel is off'; grep -Eq '^enabled [12]' <<< \"$state\"",
    '}',
    ...audit.map(({ id }) => `check ${id} audited ${id}`),
  ],
  ...args.length === 0 ? [] : [
    `if ${KNOWN_BOOT_LOADER}; then`,
    ...args.map(({ id, argument }) => `  check ${id} grep -qw ${argument} /proc/cmdline`),
    'fi',
  ],
];
