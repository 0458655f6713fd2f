/**
 * The last line of ansible-core that runs on a Python of the control node (Ansible documentation, "ansible-core support matrix"), each in one
 * release: two builds on one parent install the same. assumption: ansible-core-python-3-6
 */
const VERSIONS: ReadonlyArray<readonly [pythons: string, version: string]> = [
  ['3.6 | 3.7', '2.11.12'],
  ['3.8', '2.13.13'],
  ['3.9', '2.15.13'],
  ['3.10', '2.17.14'],
  ['3.11 | 3.12 | 3.13', '2.18.12'],
];

/** Lines of a script that set `ansible` to the version for the instance's Python. */
export const ansibleVersionLines = (program: string): string[] => [
  `version=$(${program} -c 'import sys; print("%d.%d" % sys.version_info[:2])')`,
  'case "$version" in',
  ...VERSIONS.map(([pythons, version]) => `  ${pythons}) ansible=${version} ;;`),
  '  *) fail "which ansible-core runs on Python $version is not known: give the step a version" ;;',
  'esac',
];
