import { Component } from '../../component/component';
import { linuxStep } from '../../component/linux/script';

/** What tells of the build instance, by what it is. Image Builder works in /tmp while a component runs: that is left to its own clean-up. */
const TRACES: Record<string, string[]> = {
  'ssh host keys': ['/etc/ssh/ssh_host_*_key', '/etc/ssh/ssh_host_*_key.pub'],
  'authorized keys': ['/root/.ssh/authorized_keys', '/home/*/.ssh/authorized_keys'],
  'histories': ['bash_history', 'zsh_history', 'python_history', 'lesshst', 'viminfo', 'wget-hsts', 'mysql_history', 'psql_history']
    .flatMap((name) => [`/root/.${name}`, `/home/*/.${name}`]),
  'cloud-init state': ['/var/lib/cloud/*'],
  'package caches': ['/var/cache/dnf/*', '/var/cache/yum/*', '/var/cache/apt/*.bin', '/var/cache/apt/archives/*.deb', '/var/lib/apt/lists/*_*'],
  'network leases': ['/var/lib/dhcp/*.leases', '/var/lib/dhclient/*.lease', '/var/lib/NetworkManager/*.lease', '/var/lib/NetworkManager/secret_key'],
  'seeds and secrets of systemd': ['/var/lib/systemd/random-seed', '/var/lib/systemd/credential.secret'],
  'journals and old logs': ['/var/log/journal/*', '/var/log/*.gz', '/var/log/*.[0-9]', '/var/log/*/*.gz', '/var/log/*/*.[0-9]'],
};

const PATTERNS = Object.values(TRACES).flat();

/** The component of `LinuxBaseline.cleanForImaging`. */
export const cleanLinux = (): Component => Component.fromSteps('linux-clean-for-imaging', {
  description: 'Removes what tells of the build instance',
  buildSteps: [linuxStep('Clean', () => [
    'shopt -s nullglob dotglob',
    'if command -v cloud-init >/dev/null; then cloud-init clean --logs; fi',
    'if command -v dnf >/dev/null; then dnf -q clean all; fi',
    'if command -v apt-get >/dev/null; then apt-get clean; fi',
    ...PATTERNS.map((pattern) => `rm -rf ${pattern}`),
    // Empty, not absent: systemd takes it for an image that is started for the first time (machine-id(5)).
    ': > /etc/machine-id',
    'if [ ! -L /var/lib/dbus/machine-id ]; then rm -f /var/lib/dbus/machine-id; fi',
    // Emptied, not removed: some daemons do not make them again. Those of the Systems Manager agent are in use; Image Builder removes them.
    "find /var/log -path /var/log/amazon -prune -o -type f -exec truncate -s 0 '{}' +",
  ])],
  validateSteps: [linuxStep('CheckClean', () => [
    'shopt -s nullglob dotglob',
    'found=()',
    `for path in ${PATTERNS.join(' ')}; do if [ -e "$path" ]; then found+=("$path"); fi; done`,
    '[ "${#found[@]}" -eq 0 ] || fail "left behind: ${found[*]}"',
    "[ ! -s /etc/machine-id ] || fail 'the machine id is still there'",
  ])],
  testSteps: [linuxStep('CheckIdentity', () => [
    "[ -s /etc/machine-id ] || fail 'the instance has made no machine id'",
    'if systemctl is-enabled --quiet ssh.service 2>/dev/null || systemctl is-enabled --quiet sshd.service 2>/dev/null; then',
    "  ls /etc/ssh/ssh_host_*_key >/dev/null || fail 'the instance has made no ssh host keys'",
    'fi',
  ])],
});
