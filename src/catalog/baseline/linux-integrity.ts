import { aptInstall, byManager, dnfInstall } from '../../component/linux/package-scripts';
import { ATTEMPTS, linuxStep } from '../../component/linux/script';
import { writeText } from '../../component/linux/write-file';
import { Step } from '../../component/step';

const PROGRAM = '/usr/local/libexec/golden-images-aide';
const CONFIG = 'config=/etc/aide.conf; if [ ! -e "$config" ]; then config=/etc/aide/aide.conf; fi';

/** The first run on an instance makes the database, because the first start changes files; each later one compares. aide(1) ends with 1 to 7 for changes. */
const SCRIPT = [
  '#!/bin/sh',
  'set -eu',
  CONFIG,
  'if [ -s /var/lib/aide/aide.db ] || [ -s /var/lib/aide/aide.db.gz ]; then exec aide --config="$config" --check; fi',
  'aide --config="$config" --init',
  'for new in /var/lib/aide/aide.db.new*; do mv -f "$new" "$(echo "$new" | sed "s/\\.new//")"; done',
  '',
].join('\n');

const SERVICE = [
  '[Unit]', 'Description=Changes of files (AIDE)', '[Service]', 'Type=oneshot', `ExecStart=${PROGRAM}`, 'Nice=19', 'IOSchedulingClass=idle', '',
].join('\n');
const TIMER = [
  '[Unit]', 'Description=Changes of files (AIDE), daily', '[Timer]', 'OnBootSec=15min', 'OnCalendar=daily', 'RandomizedDelaySec=1h', '[Install]', 'WantedBy=timers.target', '',
].join('\n');

/** Without what Debian recommends beside it: a mail server. */
export const integrity = (): Step => Step.sequence(
  linuxStep('InstallAide', () => byManager(dnfInstall(['aide']), aptInstall(['--no-install-recommends', 'aide', 'aide-common'])), ATTEMPTS),
  linuxStep('Aide', () => [
    ...writeText(PROGRAM, SCRIPT, '-m 0755 -o root -g root'),
    ...writeText('/etc/systemd/system/golden-images-aide.service', SERVICE),
    ...writeText('/etc/systemd/system/golden-images-aide.timer', TIMER),
    // Debian's own would mail, and compares with a database that is not there.
    'for unit in dailyaidecheck.timer aidecheck.timer; do',
    '  if [ "$(systemctl is-enabled "$unit" 2>/dev/null || true)" = enabled ]; then systemctl disable "$unit"; fi',
    'done',
    'systemctl enable golden-images-aide.timer',
    'rm -f /var/lib/aide/aide.db*',
  ]),
);

export const checkIntegrity = (ids: string[]): string[] => ids.flatMap((id) => [
  `aideReady() { ${CONFIG}; found="aide takes $config not"; aide --config="$config" --config-check; }`,
  `check ${id} aideReady`,
  "found=''",
  `check ${id} systemctl is-enabled golden-images-aide.timer`,
]);

/** On an instance it also waits for its time. */
export const checkIntegrityRuns = (ids: string[]): string[] => ids.map((id) => `check ${id} systemctl is-active golden-images-aide.timer`);
