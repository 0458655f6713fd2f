import { newMachines, scriptsOf } from './machine';
import { LinuxPackages, Source, type LinuxPackage, type LinuxPackagesOptions } from '../../../src/component';
import { rendered, renderedOnWindows } from '../support';

const machine = newMachines();

const install = (packages: LinuxPackage[], options: LinuxPackagesOptions = {}): string[] => scriptsOf(LinuxPackages.install(packages, options));
const nginx = { name: 'nginx', version: '1.24*', aptVersion: '1.22.1-9' };

describe('installing packages', () => {
  test('by dnf names the version after a dash', () => {
    expect(machine({ dnf: {} }).run(install([nginx, { name: 'httpd', aptName: 'apache2' }])[0]!)).toMatchObject({
      status: 0, calls: ['dnf [-y] [install] [nginx-1.24*] [httpd]'],
    });
  });

  test('by apt updates the lists first, waits for the lock, and names the version after an equals sign', () => {
    const { status, calls } = machine({ 'apt-get': {} }).run(install([nginx, { name: 'httpd', aptName: 'apache2' }])[0]!);
    expect(status).toBe(0);
    expect(calls.map((call) => call.replace(/\[-o\] /g, ''))).toEqual([
      'apt-get [-q] [-y] [DPkg::Lock::Timeout=600] [Acquire::Retries=3] [APT::Update::Error-Mode=any] [update]',
      'apt-get [-q] [-y] [DPkg::Lock::Timeout=600] [Acquire::Retries=3] [Dpkg::Options::=--force-confdef] [Dpkg::Options::=--force-confold] '
      + '[--allow-downgrades] [install] [nginx=1.22.1-9] [apache2]',
    ]);
  });

  test('by apt asks no questions and leaves services to the image', () => {
    const { stdout } = machine({ 'apt-get': { script: 'echo "$DEBIAN_FRONTEND $NEEDRESTART_SUSPEND"' } }).run(install([nginx])[0]!);
    expect(stdout).toBe('noninteractive 1\nnoninteractive 1\n');
  });

  test('updates the lists again while others hold their lock', () => {
    const busy = machine({ 'apt-get': { script: 'case "$*" in *update) [ "$(grep -c update "$0.count" 2>/dev/null)" = 2 ] || { echo update >> "$0.count"; exit 100; };; esac' } });
    const { status, calls } = busy.run(install([nginx])[0]!);
    expect(status).toBe(0);
    expect(calls.filter((call) => call.endsWith('[update]'))).toHaveLength(3);
    expect(calls.filter((call) => call === 'sleep [30]')).toHaveLength(2);
  });

  test('gives up when the lists cannot be updated', () => {
    expect(machine({ 'apt-get': { exitCode: 100 } }).run(install([nginx])[0]!)).toMatchObject({ status: 1, stderr: 'apt-get update failed 20 times\n' });
  });

  test.each([['dnf', 1], ['dnf', 194], ['apt-get', 100]])('fails with %s that fails with %i, and never with 194', (manager, exitCode) => {
    const script = manager === 'dnf' ? `exit ${exitCode}` : `case "$*" in *update) ;; *) exit ${exitCode};; esac`;
    const { status, stderr } = machine({ [manager]: { script } }).run(install([nginx])[0]!);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^failed with exit code ${exitCode}: ${manager} .*install`));
  });

  test('fails where there is no package manager', () => {
    expect(machine().run(install([nginx])[0]!)).toMatchObject({ status: 1, stderr: 'this instance has neither dnf nor apt-get\n' });
  });

  test('takes names as they are', () => {
    const name = 'it\'s"$HOME`id`;$(id)';
    expect(machine({ dnf: {} }).run(install([{ name }])[0]!).calls).toEqual([`dnf [-y] [install] [${name}]`]);
  });

  test('holds them where wanted', () => {
    const [, hold] = install([nginx, { name: 'httpd', aptName: 'apache2' }], { hold: true });
    expect(machine({ dnf: {} }).run(hold!).calls).toEqual(['dnf [-y] [install] [dnf-command(versionlock)]', 'dnf [-y] [versionlock] [add] [nginx] [httpd]']);
    expect(machine({ 'apt-get': {}, 'apt-mark': {} }).run(hold!).calls).toEqual(['apt-mark [hold] [nginx] [apache2]']);
  });

  test('is tried again', () => {
    expect(rendered(LinuxPackages.install([nginx]))).toMatchObject([{ name: 'InstallPackages1', action: 'ExecuteBash', maxAttempts: 3 }]);
  });

  test.each<[LinuxPackage[], LinuxPackagesOptions, RegExp]>([
    [[], {}, /a list of packages is empty; expected at least one entry/],
    [[{ name: 'nginx' }], { requirePins: true }, /the package 'nginx' has no version; .*requirePins.*version: '…'/],
    [[{ name: '--nogpgcheck' }], {}, /name or version of the package '--nogpgcheck': '--nogpgcheck' is not valid/],
    [[{ name: 'a b' }], {}, /'a b' is not valid; .*without spaces/],
    [[{ name: 'a', version: '' }], {}, /of the package 'a': '' is not valid/],
  ])('refuses %j with %j', (packages, options, message) => {
    expect(() => install(packages, options)).toThrow(message);
  });

  test('is for Linux', () => {
    expect(() => renderedOnWindows(LinuxPackages.install([nginx]))).toThrow(/runs only on Linux/);
  });
});

describe('a package file', () => {
  const from = (name: string) => scriptsOf(LinuxPackages.installFile(Source.https(`https://example.com/${name}`, 'a'.repeat(64)))).slice(-1)[0]!;

  test('is installed with what it needs, and not left behind', () => {
    const onDnf = machine({ dnf: {} });
    onDnf.write('var/tmp/golden-images/agent.rpm', '');
    expect(onDnf.run(from('agent.rpm'))).toMatchObject({ status: 0, calls: ['dnf [-y] [install] [/var/tmp/golden-images/agent.rpm]'] });
    expect(onDnf.has('var/tmp/golden-images')).toBe(false);
    const onApt = machine({ 'apt-get': {} });
    onApt.write('var/tmp/golden-images/agent.deb', '');
    expect(onApt.run(from('agent.deb')).calls.slice(-1)).toEqual([expect.stringMatching(/ \[install\] \[\/var\/tmp\/golden-images\/agent\.deb\]$/)]);
  });

  test('of another distribution fails, and of another kind is refused', () => {
    expect(machine({ dnf: {} }).run(from('agent.deb'))).toMatchObject({ status: 1, stderr: 'agent.deb is for apt\n' });
    expect(machine({ 'apt-get': {} }).run(from('agent.rpm'))).toMatchObject({ status: 1, stderr: 'agent.rpm is for dnf\n' });
    expect(() => from('agent.exe')).toThrow(/'agent.exe' is no package; expected a file that ends with \.rpm or \.deb/);
  });
});

describe('removing packages', () => {
  const [script] = scriptsOf(LinuxPackages.remove({ name: 'telnet' }, { name: 'rsh' }));

  test('leaves those alone that apt does not know', () => {
    const programs = { 'apt-get': {}, 'dpkg-query': { script: '[ "$2" = rsh ]' } };
    const { status, calls } = machine(programs).run(script!);
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith('apt-get'))).toEqual([expect.stringMatching(/ \[remove\] \[rsh\]$/)]);
    expect(machine({ 'apt-get': {}, 'dpkg-query': { exitCode: 1 } }).run(script!)).toMatchObject({ status: 0 });
    expect(machine({ dnf: {} }).run(script!).calls).toEqual(['dnf [-y] [remove] [telnet] [rsh]']);
  });
});
