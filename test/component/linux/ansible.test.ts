import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMachines, scriptsOf, type Machine, type Program } from './machine';
import { Ansible, RuntimeSecret, Source, type AnsiblePlaybookOptions } from '../../../src/component';
import { rendered } from '../support';

const newMachine = newMachines();
const folder = mkdtempSync(join(tmpdir(), 'ansible-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'site'));
writeFileSync(join(folder, 'site/web server.yml'), '[]');
spawnSync('python3', ['-m', 'zipfile', '-c', 'site.zip', 'site/web server.yml'], { cwd: folder });

const PLAYBOOK = { playbook: 'web server.yml', version: '2.15.13' };
const scriptOf = (options: Partial<AnsiblePlaybookOptions> = {}): string =>
  scriptsOf(Ansible.playbook(Source.asset(join(folder, 'site')), { ...PLAYBOOK, ...options })).slice(-1)[0]!;

/** A Python that makes environments of programs that log. */
const python = (modules = 0, playbook = 0, version = '3.9'): Program => ({
  script: `log() { printf '#!/bin/bash\\n{ printf "%%s" "$(basename "$0")"; printf " [%%s]" "$@"; echo; } >> %s\\n%s\\nexit %s\\n' "$LOG" "$2" "$3" > "$1"; chmod +x "$1"; }
case "$1 $2" in
'-c import ensurepip, venv') [ ${modules} = 0 ] || [ -e "$LOG.venv" ] ;;
'-c import sys'*) echo ${version} ;;
'-m venv') LOG="$(dirname "$(dirname "$0")")/log"; mkdir -p "$4/bin"
  log "$4/bin/python" '' 0; log "$4/bin/ansible-galaxy" '' 0; log "$4/bin/ansible-playbook" 'cp variables.json ../../../seen.json 2>/dev/null; cp "\${@: -2:1}" /dev/null 2>/dev/null; true' ${playbook} ;;
esac`,
});

const machine = (fakes: Record<string, Program> = { python3: python() }): Machine => {
  const on = newMachine({ ...fakes });
  on.write('var/tmp/golden-images/site.zip', readFileSync(join(folder, 'site.zip')));
  return on;
};

describe('a playbook', () => {
  test('runs on the instance itself, by an Ansible of its own that is removed after', () => {
    const on = machine();
    const { status, stderr, calls } = on.run(scriptOf({ pythonPackages: ['boto3==1.34.0'], packageIndex: 'https://example.com/simple' }));
    expect([status, stderr]).toEqual([0, '']);
    expect(calls.slice(-3)).toEqual([
      'python3 [-m] [venv] [--clear] [/opt/golden-images-ansible]',
      'python [-m] [pip] [install] [--quiet] [--index-url] [https://example.com/simple] [ansible-core==2.15.13] [boto3==1.34.0]',
      'ansible-playbook [-c] [local] [-i] [localhost,] [-e] [@/var/tmp/golden-images-ansible/variables.json] [web server.yml]',
    ]);
    expect([on.has('opt/golden-images-ansible'), on.has('var/tmp/golden-images-ansible'), on.has('var/tmp/golden-images')]).toEqual([false, false, false]);
  });

  test('finds the instance under the name that is given', () => {
    expect(machine().run(scriptOf({ inventoryHostname: 'default' })).calls.join('\n')).toContain('[-i] [default,]');
  });

  test.each([['3.6', '2.11.12'], ['3.8', '2.13.13'], ['3.9', '2.15.13'], ['3.10', '2.17.14'], ['3.13', '2.18.12']])(
    'without a version gets on Python %s the last ansible-core for it', (version, core) => {
      const { status, calls } = machine({ python3: python(0, 0, version) }).run(scriptOf({ version: undefined }));
      expect([status, calls.find((call) => call.includes('[pip]'))]).toEqual([0, `python [-m] [pip] [install] [--quiet] [ansible-core==${core}]`]);
    },
  );

  test('without a version fails by name on a Python that nobody knows', () => {
    expect(machine({ python3: python(0, 0, '2.7') }).run(scriptOf({ version: undefined }))).toMatchObject({
      status: 1, stderr: 'which ansible-core runs on Python 2.7 is not known: give the step a version\n',
    });
  });

  test('may keep Ansible, and install collections and roles before', () => {
    const on = machine();
    const { status, calls } = on.run(scriptOf({ keepAnsible: true, collections: ['community.general:8.6.0'], requirementsFile: 'requirements.yml' }));
    expect([status, on.has('opt/golden-images-ansible/bin/python')]).toEqual([0, true]);
    expect(calls.filter((call) => call.startsWith('ansible-galaxy'))).toEqual([
      'ansible-galaxy [collection] [install] [-p] [/var/tmp/golden-images-ansible/collections] [community.general:8.6.0]',
      'ansible-galaxy [install] [-r] [requirements.yml]',
    ]);
  });

  test('gets its variables as they are, in a file', () => {
    const value = 'it\'s "$HOME" `id` \\';
    const script = scriptOf({ extraVars: { greeting: value } }).replace(/^rm -rf .*$/gm, ':');
    const on = machine();
    expect(on.run(script)).toMatchObject({ status: 0 });
    expect(JSON.parse(on.read('var/tmp/golden-images-ansible/variables.json'))).toEqual({ greeting: value });
  });

  test('that fails fails the step', () => {
    const { status, stderr } = machine({ python3: python(0, 2) }).run(scriptOf());
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^failed with exit code 2: .*ansible-playbook -c local/)]);
  });

  test('gets its secrets by the environment', () => {
    const script = scriptOf({ secrets: { TOKEN: RuntimeSecret.parameterName('token') } });
    expect(script.indexOf('export TOKEN')).toBeLessThan(script.indexOf('ansible-playbook -c'));
    expect(script.indexOf('export TOKEN')).toBeGreaterThan(0);
  });

  test('with double braces in a variable travels as an asset', () => {
    const step = Ansible.playbook(Source.asset(join(folder, 'site')), { ...PLAYBOOK, extraVars: { path: '{{ ansible_env.HOME }}' } });
    expect(rendered(step).filter(({ action }) => action === 'S3Download')).toHaveLength(2);
  });
});

describe('the Python', () => {
  test('gets what it lacks on Debian, for as long as it is needed', () => {
    const { status, calls } = machine({ 'python3': python(1), 'apt-get': {} }).run(scriptOf());
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith('apt-get') && call.includes('[python3-venv]')).map((call) => call.replace(/ \[-.*?(?=\[install|\[remove)/, ' ')))
      .toEqual(['apt-get [install] [python3-venv]', 'apt-get [remove] [python3-venv]']);
  });

  test('that is missing or lacks its modules fails the step', () => {
    expect(machine({}).run(scriptOf({ python: 'python3.11' }))).toMatchObject({ status: 1, stderr: expect.stringMatching(/^python3\.11 is not on this instance/) });
    expect(machine({ python3: python(1), dnf: {} }).run(scriptOf())).toMatchObject({ status: 1, stderr: 'python3 lacks the modules ensurepip and venv\n' });
  });
});

test.each<[Partial<AnsiblePlaybookOptions>, RegExp]>([
  [{ version: '2' }, /'2' has no exact version; expected such as '2\.15\.13'/],
  [{ version: '' }, /'' has no exact version/],
  [{ collections: ['community.general'] }, /'community\.general' has no exact version/],
  [{ pythonPackages: ['boto3'] }, /'boto3' has no exact version/],
  [{ playbook: '/etc/a.yml' }, /'\/etc\/a\.yml' does not lie in the source/],
  [{ playbook: '../a.yml' }, /does not lie in the source/],
  [{ requirementsFile: '--force' }, /does not lie in the source/],
  [{ inventoryHostname: 'a,b' }, /the name in the inventory 'a,b' is not valid/],
])('%j is refused', (options, message) => {
  expect(() => scriptOf(options)).toThrow(message);
});
