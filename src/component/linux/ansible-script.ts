import type { Construct } from 'constructs';
import type { AnsiblePlaybookOptions } from './ansible';
import { ansibleVersionLines } from './ansible-versions';
import { checkHost, checkWord } from './checks';
import { aptInstall, byManager } from './package-scripts';
import { InvalidInputError } from '../../private/errors';
import { bashQuoted } from '../step/quoting';

// Not below /var/tmp or /tmp, from where hardened images run nothing.
const ENVIRONMENT = '/opt/golden-images-ansible';
const WORK = '/var/tmp/golden-images-ansible';

/** What Ansible writes stays in the working folder; and it refuses to run without a locale of UTF-8. */
const SETTINGS = [
  `export ANSIBLE_HOME=${WORK}/home ANSIBLE_LOCAL_TEMP=${WORK}/tmp ANSIBLE_REMOTE_TEMP=${WORK}/tmp`,
  `export ANSIBLE_COLLECTIONS_PATH=${WORK}/collections:${WORK}/project/collections ANSIBLE_ROLES_PATH=${WORK}/roles:${WORK}/project/roles`,
  'export LC_ALL=C.UTF-8 ANSIBLE_NOCOLOR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1',
];

/** Installs Ansible, runs the playbook, and removes both. */
export function ansibleScript(scope: Construct, options: AnsiblePlaybookOptions, unpack: (folder: string) => string[]): string[] {
  const { extraVars = {}, collections = [], requirementsFile, keepAnsible, inventoryHostname: host = 'localhost' } = options;
  const inventory = bashQuoted(`${checkHost(scope, host, 'the name in the inventory')},`);
  collections.forEach((collection) => checkPinned(scope, collection, /^[a-z0-9_]+\.[a-z0-9_]+:[0-9][^\s]*$/, 'community.general:8.6.0'));
  const galaxy = `${ENVIRONMENT}/bin/ansible-galaxy`;
  return [
    `rm -rf ${WORK}`,
    `mkdir -p ${WORK}/project`,
    ...unpack(`${WORK}/project`),
    ...SETTINGS,
    ...pythonEnvironment(scope, options),
    `cd ${WORK}/project`,
    ...collections.length === 0 ? [] : [`${galaxy} collection install -p ${WORK}/collections ${collections.map(bashQuoted).join(' ')}`],
    ...requirementsFile === undefined ? [] : [`${galaxy} install -r ${bashQuoted(checkInside(scope, requirementsFile))}`],
    // In a file: arguments would have to be quoted twice.
    `printf '%s' ${bashQuoted(JSON.stringify(extraVars))} > ${WORK}/variables.json`,
    `${ENVIRONMENT}/bin/ansible-playbook -c local -i ${inventory} -e @${WORK}/variables.json ${bashQuoted(checkInside(scope, options.playbook))}`,
    'cd /',
    `rm -rf ${WORK}`,
    ...keepAnsible ? [] : [`rm -rf ${ENVIRONMENT}`, ...REMOVE_VENV],
  ];
}

/** Debian and Ubuntu have it in a package of its own. */
const REMOVE_VENV = ['if [ "$added" = yes ]; then apt-get -q -y -o DPkg::Lock::Timeout=600 remove python3-venv; fi'];

function pythonEnvironment(scope: Construct, { version, python = 'python3', pythonPackages = [], packageIndex }: AnsiblePlaybookOptions): string[] {
  if (version !== undefined) checkPinned(scope, version, /^[0-9]+\.[0-9]+\.[0-9][a-z0-9.]*$/, '2.15.13');
  pythonPackages.forEach((each) => checkPinned(scope, each, /^[A-Za-z0-9][\w.[\]-]*==[0-9]\S*$/, 'boto3==1.34.0'));
  const program = bashQuoted(checkWord(scope, python, 'the Python'));
  const index = packageIndex === undefined ? '' : ` --index-url ${bashQuoted(checkWord(scope, packageIndex, 'the package index'))}`;
  return [
    `command -v ${program} >/dev/null || fail ${bashQuoted(`${python} is not on this instance: install it in a step before`)}`,
    'added=no',
    `if ! ${program} -c 'import ensurepip, venv' 2>/dev/null; then`,
    ...byManager([`fail ${bashQuoted(`${python} lacks the modules ensurepip and venv`)}`], [...aptInstall(['python3-venv']), 'added=yes']),
    'fi',
    ...version === undefined ? ansibleVersionLines(program) : [],
    `${program} -m venv --clear ${ENVIRONMENT}`,
    `${ENVIRONMENT}/bin/python -m pip install --quiet${index} ${[ansibleCore(version), ...pythonPackages.map(bashQuoted)].join(' ')}`,
  ];
}

const ansibleCore = (version?: string): string => (version === undefined ? '"ansible-core==$ansible"' : bashQuoted(`ansible-core==${version}`));

function checkPinned(scope: Construct, text: string, pattern: RegExp, example: string): void {
  if (!pattern.test(text)) {
    throw new InvalidInputError(scope, {
      what: `'${text}' has no exact version`,
      expected: `such as '${example}': two builds should install the same`,
      fix: 'add the version',
    });
  }
}

function checkInside(scope: Construct, path: string): string {
  if (path.startsWith('/') || path.startsWith('-') || path.split('/').includes('..') || path === '') {
    throw new InvalidInputError(scope, { what: `'${path}' does not lie in the source`, expected: 'a relative path', fix: 'correct the path' });
  }
  return path;
}
