import { checkKnown, keptItems } from './excluded-items';
import { HardeningComponent } from './hardening-sets';
import { auditPackages, auditRules, kernelArguments } from './linux-audit';
import { auditDaemon } from './linux-audit-daemon';
import { AUDIT } from './linux-audit-items';
import { checkEffective, checkFiles } from './linux-cis-checks';
import { ARGUMENTS, AUDIT_DAEMON, KERNEL, LOGINS, MODES, MODULES, PAM, PASSWORDS, SSH, TEXTS, UNITS_OFF } from './linux-cis-items';
import { MODULES_FILE } from './linux-cis-paths';
import { keysDoNotExpire, kernelSettings, loginDefaults, passwordQuality, sshSettings, withoutApport } from './linux-cis-settings';
import { integrity } from './linux-integrity';
import { lockout } from './linux-lockout';
import { mountOptions } from './linux-mounts';
import { AUDIT_DISK, INTEGRITY, LOCKOUT, MOUNTS } from './linux-optional-items';
import { Component } from '../../component/component';
import { LinuxPackages } from '../../component/linux';
import { linuxStep } from '../../component/linux/script';
import { writeText } from '../../component/linux/write-file';
import { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';
import { onApt, onDnf } from '../package-manager';

/** Options of `LinuxBaseline.cis`. */
export interface LinuxCisOptions {
  /**
   * Items that are left out, by their ids in `docs/guides/hardening.md`, such as `LIN-NET-1`.
   *
   * @default - none
   */
  readonly excludedItems?: string[];

  /**
   * Items that are set only where they stand here, because they may stop what works: `LIN-MNT-1` to `LIN-MNT-3` (mount options of `/dev/shm` and
   * `/tmp`), `LIN-LOCK-1` and `LIN-LOCK-2` (accounts are locked after failed logins), `LIN-AUDX-1` and `LIN-AUDX-2` (the instance halts when it cannot
   * write its audit log), `LIN-AIDE-1` (changes of files). What each may break stands in `docs/guides/hardening.md`.
   *
   * @default - none
   */
  readonly optionalItems?: string[];

  /**
   * Whether the audit rules of an instance cannot be changed until it restarts (auditctl(8), `-e 2`).
   *
   * @default false
   */
  readonly immutableAuditRules?: boolean;
}

const ALL = {
  kernel: KERNEL,
  modules: MODULES,
  ssh: SSH,
  logins: LOGINS,
  passwords: PASSWORDS,
  modes: MODES,
  texts: TEXTS,
  audit: AUDIT,
  unitsOff: UNITS_OFF,
  kernelArguments: ARGUMENTS,
  pam: PAM,
  auditDaemon: AUDIT_DAEMON,
};
const OPTIONAL = { mounts: MOUNTS, lockout: LOCKOUT, auditDisk: AUDIT_DISK, integrity: INTEGRITY };

/** The items that are wanted, by their kind. */
export type CisItems = typeof ALL & typeof OPTIONAL;

/** The component of `LinuxBaseline.cis`. */
export function linuxCis({ excludedItems = [], optionalItems = [], immutableAuditRules = false }: LinuxCisOptions): Component {
  const kept = <T extends { id: string }>(items: T[]): T[] => items.filter(({ id }) => !excludedItems.includes(id));
  const asked = <T extends { id: string }>(items: T[]): T[] => items.filter(({ id }) => optionalItems.includes(id));
  const items = { ...mapped(ALL, kept), ...mapped(OPTIONAL, asked) };
  return new HardeningComponent('LinuxBaseline.cis', Component.fromSteps('linux-cis', {
    description: 'Hardening of Linux in the manner of the CIS benchmarks',
    buildSteps: [announce(excludedItems, optionalItems), ...buildSteps(items, immutableAuditRules)],
    validateSteps: [checkFiles(items)],
    testSteps: [checkEffective(items)],
  }));
}

type Choice = <T extends { id: string }>(items: T[]) => T[];
const mapped = <G extends Record<string, { id: string }[]>>(groups: G, choice: Choice): G =>
  Object.fromEntries(Object.entries(groups).map(([kind, items]) => [kind, choice(items)])) as G;

function buildSteps(items: CisItems, immutableAuditRules: boolean): Step[] {
  const { kernel, modules, ssh, logins, passwords, modes, texts, audit, unitsOff, kernelArguments: args, pam, mounts, integrity: aide } = items;
  const daemon = [...items.auditDaemon, ...items.auditDisk];
  const group = (each: unknown[], ...steps: Step[]): Step[] => (each.length === 0 ? [] : steps);
  return [
    ...group(kernel, kernelSettings(kernel)),
    ...group(kernel.filter(({ name }) => name === 'fs.suid_dumpable'), withoutApport()),
    ...group(modules, linuxStep('BlockModules', () => writeText(
      MODULES_FILE, modules.map(({ module }) => `install ${module} /bin/false\nblacklist ${module}\n`).join(''),
    ))),
    ...group(ssh, sshSettings(ssh)),
    ...group(logins, loginDefaults(logins)),
    ...group(logins.filter(({ name }) => name === 'PASS_MAX_DAYS'), keysDoNotExpire()),
    ...group(passwords, ...qualityPackages(), passwordQuality(passwords)),
    ...group(texts, linuxStep('WriteFiles', () => texts.flatMap(writeItem))),
    ...group(audit, ...auditRules(audit, immutableAuditRules)),
    ...group(daemon, ...auditPackages(), auditDaemon(daemon)),
    ...group(unitsOff, linuxStep('UnitsOff', () => unitsOff.flatMap(({ units }) => [
      `for unit in ${units.join(' ')}; do`,
      '  if [ "$(systemctl is-enabled "$unit" 2>/dev/null || true)" = enabled ]; then systemctl disable "$unit"; fi',
      'done',
    ]))),
    ...group(args, kernelArguments(args)),
    ...group(pam, wheelOnly()),
    ...group(items.lockout, lockout(items.lockout)),
    ...group(mounts, mountOptions(mounts)),
    ...group(aide, integrity()),
    ...group(modes, linuxStep('FileModes', () => modes.map(({ path, mode }) => {
      const word = bashQuoted(path);
      return `if [ -e ${word} ]; then chown root ${word}; chmod "$(printf '%o' $(( 0$(stat -c %a ${word}) & 0${mode} )))" ${word}; fi`;
    }))),
  ];
}

/** With pwscore, which says what the settings do. On Red Hat's family all is one package. */
const qualityPackages = (): Step[] => [
  onDnf(LinuxPackages.install([{ name: 'libpwquality' }])),
  onApt(LinuxPackages.install([{ name: 'libpam-pwquality' }, { name: 'libpwquality-tools' }])),
];

/** sudoers(5). sudo-rs, which Ubuntu 26.04 has, knows no file for the log (cloudfoundry/bosh-linux-stemcell-builder#727). */
function writeItem({ path, text }: CisItems['texts'][number]): string[] {
  if (!path.includes('sudoers')) { return writeText(path, text); }
  return [
    ...writeText(path, text, '-m 0440 -o root -g root'),
    'if command -v sudo >/dev/null && sudo --version 2>&1 | grep -i sudo-rs >/dev/null; then',
    `  sed -i '/logfile=/d' ${path}`,
    'fi',
  ];
}

/** After the line that lets root pass (pam_wheel(8)). */
const wheelOnly = (): Step => linuxStep('WheelOnly', () => [
  "if [ -e /etc/pam.d/su ] && ! grep -Eq '^auth[[:space:]]+(required|requisite)[[:space:]]+pam_wheel\\.so' /etc/pam.d/su; then",
  "  sed -Ei '/^auth[[:space:]]+sufficient[[:space:]]+pam_rootok\\.so/a auth required pam_wheel.so use_uid' /etc/pam.d/su",
  'fi',
]);

/** Stands before all others. */
const announce = (excluded: string[], optional: string[]): Step => linuxStep('Hardening', (scope) => {
  const idsOf = (groups: Record<string, { id: string }[]>): string[] => Object.values(groups).flatMap((items) => items.map(({ id }) => id));
  checkKnown(scope, idsOf(OPTIONAL), optional);
  const kept = keptItems(scope, [...idsOf(ALL), ...optional], excluded);
  return [`echo '${kept.length} items of hardening, without: ${excluded.join(' ') || 'none'}'`];
});
