import type { Construct } from 'constructs';
import type { Fetched } from './fetch';
import type { LinuxPackage } from './packages';
import { InvalidInputError } from '../../private/errors';
import { bashQuoted } from '../step/quoting';

/** How long apt waits for others that install, such as unattended upgrades after the start. */
const LOCK_SECONDS = 600;

// Without needrestart, which asks questions of its own, and may restart the agent under which the build runs.
const QUIET = 'export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1';
const OPTIONS = `-q -y -o DPkg::Lock::Timeout=${LOCK_SECONDS} -o Acquire::Retries=3`;

/** Changed configuration files stay as they are: nobody is there to ask. */
const KEEP_FILES = '-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold';

const words = (texts: string[]): string => texts.map(bashQuoted).join(' ');
const indented = (lines: string[]): string[] => lines.map((line) => `  ${line}`);

/** The package manager is found on the instance: one component serves every distribution. */
export function byManager(dnf: string[], apt: string[]): string[] {
  return [
    'if command -v dnf >/dev/null; then',
    ...indented(dnf),
    'elif command -v apt-get >/dev/null; then',
    ...indented([QUIET, ...apt]),
    'else',
    "  fail 'this instance has neither dnf nor apt-get'",
    'fi',
  ];
}

/**
 * The lists have a lock of their own, for which apt does not wait; and what cannot be fetched is otherwise but a warning
 * (apt-get(8), `--error-on=any`).
 */
export const APT_UPDATE = [
  'for attempt in $(seq 20); do',
  `  if apt-get ${OPTIONS} -o APT::Update::Error-Mode=any update; then break; fi`,
  '  [ "$attempt" -lt 20 ] || fail "apt-get update failed 20 times"',
  '  sleep 30',
  'done',
];

/** dnf waits for its lock by itself, without end, which the step's timeout ends (assumption: dnf-waits-for-lock). */
export const dnfInstall = (specs: string[]): string[] => [`dnf -y install ${words(specs)}`];

// A pin means this version, also where a newer one is installed.
export const aptInstall = (specs: string[]): string[] =>
  [...APT_UPDATE, `apt-get ${OPTIONS} ${KEEP_FILES} --allow-downgrades install ${words(specs)}`];

const dnfSpec = ({ name, version }: LinuxPackage): string => (version === undefined ? name : `${name}-${version}`);
const aptSpec = ({ name, version, aptName = name, aptVersion = version }: LinuxPackage): string =>
  (aptVersion === undefined ? aptName : `${aptName}=${aptVersion}`);
const aptNames = (packages: LinuxPackage[]): string[] => packages.map(({ name, aptName = name }) => aptName);
const dnfNames = (packages: LinuxPackage[]): string[] => packages.map(({ name }) => name);

export const installScript = (packages: LinuxPackage[]): string[] =>
  byManager(dnfInstall(packages.map(dnfSpec)), aptInstall(packages.map(aptSpec)));

/** By its absolute path, which both take for a file. */
export function installFileScript(scope: Construct, { source: { fileName }, path, word }: Fetched): string[] {
  if (fileName.endsWith('.rpm')) {
    return byManager(dnfInstall([path]), [`fail ${bashQuoted(`${fileName} is for dnf`)}`]);
  }
  if (fileName.endsWith('.deb')) {
    return byManager([`fail ${bashQuoted(`${fileName} is for apt`)}`], [`chmod 0644 ${word}`, ...aptInstall([path])]);
  }
  throw new InvalidInputError(scope, { what: `'${fileName}' is no package`, expected: 'a file that ends with .rpm or .deb', fix: 'correct the source' });
}

/** Not on all systems is the plugin there that locks versions. */
export const holdScript = (packages: LinuxPackage[]): string[] => byManager(
  ["dnf -y install 'dnf-command(versionlock)'", `dnf -y versionlock add ${words(dnfNames(packages))}`],
  [`apt-mark hold ${words(aptNames(packages))}`],
);

/** apt fails for packages that it does not know; those are gone already. */
export const removeScript = (packages: LinuxPackage[]): string[] => byManager(
  [`dnf -y remove ${words(dnfNames(packages))}`],
  [
    'installed=()',
    `for name in ${words(aptNames(packages))}; do if dpkg-query -W "$name" >/dev/null 2>&1; then installed+=("$name"); fi; done`,
    `if [ "\${#installed[@]}" -gt 0 ]; then apt-get ${OPTIONS} remove "\${installed[@]}"; fi`,
  ],
);
