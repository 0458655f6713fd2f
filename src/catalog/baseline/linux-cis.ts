import { entry } from '../entry';
import { keptItems } from './excluded-items';
import { HardeningComponent } from './hardening-sets';
import { auditRules, kernelArguments } from './linux-audit';
import { AUDIT } from './linux-audit-items';
import { checkEffective, checkFiles } from './linux-cis-checks';
import { ARGUMENTS, KERNEL, LOGINS, MODES, MODULES, PAM, PASSWORDS, SSH, TEXTS, UNITS_OFF } from './linux-cis-items';
import { MODULES_FILE } from './linux-cis-paths';
import { keysDoNotExpire, kernelSettings, loginDefaults, passwordQuality, sshSettings, withoutApport } from './linux-cis-settings';
import type { Component } from '../../component/component';
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
};

/** The items that are wanted, by their kind. */
export type CisItems = typeof ALL;

/** The component of `LinuxBaseline.cis`. */
export function linuxCis({ excludedItems = [], immutableAuditRules = false }: LinuxCisOptions): Component {
  const wanted = <T extends { id: string }>(items: T[]): T[] => items.filter(({ id }) => !excludedItems.includes(id));
  const items = Object.fromEntries(Object.entries(ALL).map(([kind, each]) => [kind, wanted<{ id: string }>(each)])) as CisItems;
  return new HardeningComponent('LinuxBaseline.cis', entry('linux-cis', {
    description: 'Hardening of Linux in the manner of the CIS benchmarks',
    buildSteps: [announce(excludedItems), ...buildSteps(items, immutableAuditRules)],
    validateSteps: [checkFiles(items)],
    testSteps: [checkEffective(items)],
  }));
}

function buildSteps(items: CisItems, immutableAuditRules: boolean): Step[] {
  const { kernel, modules, ssh, logins, passwords, modes, texts, audit, unitsOff, kernelArguments: args, pam } = items;
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
    ...group(unitsOff, linuxStep('UnitsOff', () => unitsOff.flatMap(({ units }) => [
      `for unit in ${units.join(' ')}; do`,
      '  if [ "$(systemctl is-enabled "$unit" 2>/dev/null || true)" = enabled ]; then systemctl disable "$unit"; fi',
      'done',
    ]))),
    ...group(args, kernelArguments(args)),
    ...group(pam, wheelOnly()),
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
const announce = (excluded: string[]): Step => linuxStep('Hardening', (scope) => {
  const kept = keptItems(scope, Object.values(ALL).flatMap((items) => items.map(({ id }) => id)), excluded);
  return [`echo '${kept.length} items of hardening, without: ${excluded.join(' ') || 'none'}'`];
});
