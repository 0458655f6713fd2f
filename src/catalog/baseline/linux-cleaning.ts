import type { IConstruct } from 'constructs';
import { entry } from '../entry';
import { SSH_UNITS } from './linux-ssh-checks';
import { CLOUD_INIT_TRACES, HOME_TRACES, JOURNALS, SYSTEM_TRACES, type Traces } from './linux-traces';
import type { Component } from '../../component/component';
import { checkPath } from '../../component/linux/checks';
import { linuxStep } from '../../component/linux/script';
import { bashQuoted } from '../../component/step/quoting';

/** Options of `LinuxBaseline.cleanForImaging`. */
export interface LinuxCleaningOptions {
  /**
   * Files and folders that stay in the image on purpose, such as a key that every instance is meant to have: absolute paths.
   *
   * @default - none
   */
  readonly keptPaths?: string[];

  /**
   * Whether to keep cronie where Image Builder has installed it. On Amazon Linux the service needs a crontab for its own work; where it had
   * to install cronie, it removes the package after the components, even when a component asked for it too. The validation fails where that
   * would leave cron jobs without a daemon.
   *
   * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/security-best-practices.html#post-build-cleanup
   *
   * @default false
   */
  readonly keepCronie?: boolean;
}

/** The component of `LinuxBaseline.cleanForImaging`. */
export const cleanLinux = ({ keptPaths = [], keepCronie = false }: LinuxCleaningOptions): Component => entry('linux-clean-for-imaging', {
  description: 'Removes what tells of the build instance',
  buildSteps: [linuxStep('Clean', (scope) => [
    ...begin(scope, keptPaths),
    ...keepCronie ? [`rm -f ${CRONIE_MARKER}`] : [],
    'trace() { local path; for path in "${@:2}"; do if ! kept "$path"; then rm -rf -- "$path"; fi; done; }',
    'if command -v dnf >/dev/null; then dnf -q clean all; fi',
    'if command -v apt-get >/dev/null; then apt-get clean; fi',
    ...BEFORE,
    ...eachTrace,
    // The agent is at work, and Image Builder removes it after the components: so it is not looked for by the validation.
    'rm -rf /var/lib/amazon/ssm/Vault/Store/*',
    ...FORGET_INITIATOR,
    // Empty, not absent: systemd takes it for an image that is started for the first time (machine-id(5)).
    ': > /etc/machine-id',
    'if [ ! -L /var/lib/dbus/machine-id ]; then rm -f /var/lib/dbus/machine-id; fi',
    // Emptied, not removed: some daemons do not make them again. Those of the Systems Manager agent are in use; Image Builder removes them.
    "find /var/log -path /var/log/amazon -prune -o -type f -exec truncate -s 0 '{}' +",
  ])],
  validateSteps: [linuxStep('CheckClean', (scope) => [
    ...begin(scope, keptPaths),
    'found=()',
    'trace() { local path; for path in "${@:2}"; do if [ -e "$path" ] && ! kept "$path"; then found+=("$1: $path"); fi; done; }',
    ...eachTrace,
    ...findPrivateKeys,
    "if grep -qs '^InitiatorName=' /etc/iscsi/initiatorname.iscsi; then found+=('name of the iSCSI initiator: /etc/iscsi/initiatorname.iscsi'); fi",
    "if [ -s /etc/machine-id ]; then found+=('machine id: /etc/machine-id'); fi",
    ...keepCronie ? ["command -v crontab >/dev/null || fail 'no crontab is installed, and keepCronie asks for one: install cronie, or leave keepCronie out'"] : findLostJobs,
    '[ "${#found[@]}" -eq 0 ] || { printf -v list "%s; " "${found[@]}"; fail "left behind: ${list%; }"; }',
  ])],
  testSteps: [linuxStep('CheckIdentity', () => [
    "[ -s /etc/machine-id ] || fail 'the instance has made no machine id'",
    `for unit in ${SSH_UNITS}; do`,
    '  if systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl is-active --quiet "$unit" 2>/dev/null; then',
    '    ls /etc/ssh/ssh_host_*_key >/dev/null 2>&1 || fail "the instance has made no ssh host keys, and has $unit"',
    '  fi',
    'done',
  ])],
});

/** The service removes cronie where it finds this file (user guide, "Required post-build clean up"). */
const CRONIE_MARKER = '/tmp/imagebuilder_service/crontab_installed';

/** Cron jobs that no package brought, in an image that is about to lose its cron. */
const findLostJobs = [
  `if [ -e ${CRONIE_MARKER} ]; then`,
  '  for path in /etc/cron.d/* /etc/cron.{hourly,daily,weekly,monthly}/* /var/spool/cron/*; do',
  '    if [ -f "$path" ] && ! rpm -qf "$path" >/dev/null 2>&1; then',
  "      found+=(\"cron job, and Image Builder removes cronie ('keepCronie' keeps it): $path\")",
  '    fi',
  '  done',
  'fi',
];

const begin = (scope: IConstruct, keptPaths: string[]): string[] => [
  'shopt -s nullglob dotglob',
  `keep=(${keptPaths.map((path) => bashQuoted(checkPath(scope, path, 'the kept path'))).join(' ')})`,
  'kept() { local each; for each in ${keep[@]+"${keep[@]}"}; do case "$1" in "$each" | "$each"/*) return 0 ;; esac; done; return 1; }',
  'mapfile -t homes < <({ printf "%s\\n" /root/ /home/*/; cut -d: -f6 /etc/passwd; } | sed "s,/*$,," | sort -u)',
];

/**
 * journald makes its folder anew with the next message unless it lets go of it first (journalctl(1), `--relinquish-var`, since systemd 243).
 * The shutdown saves the seed of a service that runs (systemd-random-seed.service(8)): one that was stopped before saves none.
 */
const RELINQUISH = 'journalctl --help 2>/dev/null | grep -- --relinquish-var >/dev/null';
const BEFORE = [
  'if [ -d /run/systemd/system ]; then',
  `  if ${RELINQUISH}; then journalctl --relinquish-var; fi`,
  '  systemctl stop systemd-random-seed.service || true',
  'fi',
];

/** Debian's start makes a new name where the file asks for it; that of Red Hat, where there is none. */
const FORGET_INITIATOR = [
  "if grep -qs '^InitiatorName=' /etc/iscsi/initiatorname.iscsi; then",
  '  rm -f /etc/iscsi/initiatorname.iscsi',
  "  if [ -e /usr/lib/open-iscsi/startup-checks.sh ]; then echo 'GenerateName=yes' > /etc/iscsi/initiatorname.iscsi; fi",
  'fi',
];

const calls = (traces: Traces, prefix = ''): string[] =>
  Object.entries(traces).map(([kind, patterns]) => `trace ${bashQuoted(kind)} ${patterns.map((pattern) => `${prefix}${pattern}`).join(' ')}`);

const eachTrace = [
  `for home in "\${homes[@]}"; do ${calls(HOME_TRACES, '"$home"/').join('; ')}; done`,
  ...calls(SYSTEM_TRACES),
  // The folder is the default of a recipe's working directory (API reference of EC2 Image Builder, CreateImageRecipe).
  `if [ ! -e /tmp/skip_cleanup_cloudinit_files ]; then ${calls(CLOUD_INIT_TRACES).join('; ')}; fi`,
  `if [ ! -d /run/systemd/system ] || ${RELINQUISH}; then ${calls(JOURNALS).join('; ')}; fi`,
];

/**
 * Private keys by what is in them, where people and services keep theirs. Large files hold none. That of Debian's ssl-cert is for tests,
 * says its name, and comes with Apache.
 */
const findPrivateKeys = [
  'while IFS= read -r path; do trace "private key" "$path"; done < <(',
  '  find /root/ /home/ /etc/ -xdev -type f -size -64k ! -name ssl-cert-snakeoil.key \\',
  "    -exec grep -lsE -e '^-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----' '{}' + 2>/dev/null | sort",
  ')',
];
