import { keptItems } from './excluded-items';
import { checkEffective, checkFiles } from './linux-cis-checks';
import { AUDIT, KERNEL, LOGINS, MODES, MODULES, PASSWORDS, SSH, TEXTS } from './linux-cis-items';
import { AUDIT_FILE, MODULES_FILE, PASSWORDS_FILE, SSH_FILE, SYSCTL_FILE } from './linux-cis-paths';
import { Component } from '../../component/component';
import { LinuxPackages, Sysctl, SystemdUnit } from '../../component/linux';
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
}

const ALL = { kernel: KERNEL, modules: MODULES, ssh: SSH, logins: LOGINS, passwords: PASSWORDS, modes: MODES, texts: TEXTS, audit: AUDIT };

/** The items that are wanted, by their kind. */
export type CisItems = typeof ALL;

/** The component of `LinuxBaseline.cis`. */
export function linuxCis({ excludedItems = [] }: LinuxCisOptions): Component {
  const wanted = <T extends { id: string }>(items: T[]): T[] => items.filter(({ id }) => !excludedItems.includes(id));
  const items = Object.fromEntries(Object.entries(ALL).map(([kind, each]) => [kind, wanted<{ id: string }>(each)])) as CisItems;
  return Component.fromSteps('linux-cis', {
    description: 'Hardening of Linux in the manner of the CIS benchmarks',
    buildSteps: [announce(excludedItems), ...buildSteps(items)],
    validateSteps: [checkFiles(items)],
    testSteps: [checkEffective(items)],
  });
}

/** sudoers(5). */
const SUDO_FILE = '-m 0440 -o root -g root';

function buildSteps({ kernel, modules, ssh, logins, passwords, modes, texts, audit }: CisItems): Step[] {
  const group = (items: unknown[], ...steps: Step[]): Step[] => (items.length === 0 ? [] : steps);
  return [
    // The settings are for instances: those of the build instance are of no use to the image.
    ...group(kernel, Sysctl.set(Object.fromEntries(kernel.map(({ name, value }) => [name, value])), { fileName: SYSCTL_FILE, apply: false })),
    ...group(modules, linuxStep('BlockModules', () => writeText(
      MODULES_FILE, modules.map(({ module }) => `install ${module} /bin/false\nblacklist ${module}\n`).join(''),
    ))),
    ...group(ssh, sshSettings(ssh.map(({ name, value }) => `${name} ${value}\n`).join(''))),
    ...group(logins, linuxStep('LoginDefaults', () => logins.flatMap(({ name, value }) => setLogin(name, value)))),
    ...group(passwords, onApt(LinuxPackages.install([{ name: 'libpam-pwquality' }])), linuxStep('PasswordQuality', () => writeText(
      PASSWORDS_FILE, passwords.map(({ name, value }) => `${name} = ${value}\n`).join(''),
    ))),
    ...texts.map(({ path, text }) => linuxStep('WriteFile', () => writeText(path, text, path.includes('sudoers') ? SUDO_FILE : undefined))),
    ...group(audit, ...auditRules(audit)),
    ...group(modes, linuxStep('FileModes', () => modes.map(({ path, mode }) => {
      const word = bashQuoted(path);
      return `if [ -e ${word} ]; then chown root ${word}; chmod "$(printf '%o' $(( 0$(stat -c %a ${word}) & 0${mode} )))" ${word}; fi`;
    }))),
  ];
}

/** The first value of a keyword counts, so that ours come before those of the distribution (sshd_config(5)). */
const sshSettings = (text: string): Step => linuxStep('Ssh', () => [
  ...writeText(SSH_FILE, text, '-m 0600 -o root -g root'),
  'if [ -e /etc/ssh/sshd_config ] && ! grep -Eq \'^Include /etc/ssh/sshd_config.d/\\*\\.conf\' /etc/ssh/sshd_config; then',
  "  sed -i '1i Include /etc/ssh/sshd_config.d/*.conf' /etc/ssh/sshd_config",
  'fi',
]);

const setLogin = (name: string, value: string): string[] => [
  `if grep -Eq '^#?[[:space:]]*${name}[[:space:]]' /etc/login.defs; then`,
  `  sed -Ei 's/^#?[[:space:]]*${name}[[:space:]].*/${name} ${value}/' /etc/login.defs`,
  `else echo '${name} ${value}' >> /etc/login.defs; fi`,
];

const auditRules = (audit: CisItems['audit']): Step[] => [
  onDnf(LinuxPackages.install([{ name: 'audit' }])),
  onApt(LinuxPackages.install([{ name: 'auditd' }])),
  linuxStep('AuditRules', (_scope, { architecture }) => writeText(
    AUDIT_FILE,
    audit.flatMap(({ rules, x86 = [] }) => [...rules, ...architecture === 'x86_64' ? x86 : []]).map((rule) => `${rule}\n`).join(''),
    '-m 0640 -o root -g root',
  )),
  SystemdUnit.enable('auditd.service'),
];

/** Stands before all others. */
const announce = (excluded: string[]): Step => linuxStep('Hardening', (scope) => {
  const kept = keptItems(scope, Object.values(ALL).flatMap((items) => items.map(({ id }) => id)), excluded);
  return [`echo '${kept.length} items of hardening, without: ${excluded.join(' ') || 'none'}'`];
});
