import type { CisItems } from './linux-cis';
import { AUDIT_FILE, PASSWORDS_FILE, SYSCTL_FILE } from './linux-cis-paths';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';

const BEGIN = [
  'wrong=()',
  'check() { local id=$1; shift; "$@" >/dev/null 2>&1 || wrong+=("$id"); }',
  'line() { grep -Fxq -- "$1" "$2"; }',
];
const END = ['[ "${#wrong[@]}" -eq 0 ] || fail "not as set: ${wrong[*]}"'];

const line = (id: string, text: string, path: string): string => `check ${id} line ${bashQuoted(text)} ${bashQuoted(path)}`;

/** What can be known on the build instance: every item lies where the system reads it; sshd and modprobe say what they would do. */
export const checkFiles = ({ kernel, modules, ssh, logins, passwords, modes, texts, audit }: CisItems): Step => linuxStep('CheckHardening', () => [
  ...BEGIN,
  ...kernel.map(({ id, name, value }) => line(id, `${name} = ${value}`, `/etc/sysctl.d/${SYSCTL_FILE}.conf`)),
  ...checkModules(modules),
  ...checkSsh(ssh),
  ...logins.map(({ id, name, value }) => line(id, `${name} ${value}`, '/etc/login.defs')),
  ...passwords.map(({ id, name, value }) => line(id, `${name} = ${value}`, PASSWORDS_FILE)),
  ...checkModes(modes),
  ...texts.flatMap(({ id, path, text }) => text.trimEnd().split('\n').map((each) => line(id, each, path))),
  ...texts.some(({ id }) => id.startsWith('LIN-SUDO')) ? ['if command -v visudo >/dev/null; then check LIN-SUDO-1 visudo -cq; fi'] : [],
  ...audit.flatMap(({ id, rules }) => rules.map((rule) => line(id, rule, AUDIT_FILE))),
  ...audit.length > 0 ? [`check ${audit[0]!.id} systemctl is-enabled auditd.service`] : [],
  ...END,
]);

/** What only an instance of the image can tell: what its kernel, its ssh daemon and its audit daemon have made of it. */
export const checkEffective = ({ kernel, ssh, audit }: CisItems): Step => linuxStep('CheckEffect', () => [
  ...BEGIN,
  // What a kernel does not have needs no hardening.
  'kernel() { [ ! -e "/proc/sys/${1//.//}" ] || [ "$(cat "/proc/sys/${1//.//}")" = "$2" ]; }',
  ...kernel.map(({ id, name, value }) => `check ${id} kernel ${name} ${value}`),
  ...checkSsh(ssh),
  ...audit.length > 0 ? ['rules=$(auditctl -l)', 'audited() { grep -q -- "key=$1$\\|-k $1$" <<< "$rules"; }'] : [],
  ...audit.map(({ id, rules }) => `check ${id} audited ${rules[0]!.split(' ').at(-1)}`),
  ...END,
]);

const checkModules = (modules: CisItems['modules']): string[] => (modules.length === 0 ? [] : [
  'configuration=$(modprobe --showconfig)',
  // modprobe takes both letters for the same.
  'blocked() { tr - _ <<< "$configuration" | grep -Fxq "install $(tr - _ <<< "$1") /bin/false"; }',
  ...modules.map(({ id, module }) => `check ${id} blocked ${module}`),
]);

/** sshd wants a host key, which an image that was cleaned has not, and its folder, which only its start makes. */
const checkSsh = (ssh: CisItems['ssh']): string[] => (ssh.length === 0 ? [] : [
  'if command -v sshd >/dev/null; then',
  '  keys=$(mktemp -d)',
  '  ssh-keygen -q -t ed25519 -N "" -f "$keys/key"',
  '  mkdir -p /run/sshd',
  '  settings=$("$(command -v sshd)" -T -h "$keys/key")',
  '  rm -rf "$keys"',
  '  sets() { grep -Fixq -- "$1 $2" <<< "$settings"; }',
  ...ssh.map(({ id, name, value }) => `  check ${id} sets ${name} ${value}`),
  'fi',
]);

const checkModes = (modes: CisItems['modes']): string[] => (modes.length === 0 ? [] : [
  'atMost() { [ ! -e "$1" ] || { [ "$(stat -c %U "$1")" = root ] && [ $(( 0$(stat -c %a "$1") & ~0$2 )) -eq 0 ]; }; }',
  ...modes.map(({ id, path, mode }) => `check ${id} atMost ${path} ${mode}`),
]);
