import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Duration } from 'aws-cdk-lib';
import { newMachines, scriptsOf } from './machine';
import { LinuxAssert, type Step } from '../../../src/component';
import { rendered } from '../support';

const machine = newMachines();
const scriptOf = (step: Step): string => scriptsOf(step)[0]!;

describe('a service', () => {
  const active = scriptOf(LinuxAssert.serviceActive('nginx', { within: Duration.seconds(10) }));

  const asks = 'systemctl [is-active] [--quiet] [nginx.service]';
  const start = 'systemctl [show] [--property] [InvocationID] [nginx.service]';

  test('that is starting is waited for, and must stay', () => {
    const on = machine({ systemctl: { script: '[ "$(wc -l < "$0.log")" -ge 3 ] && exit 0; echo >> "$0.log"; exit 3' } });
    on.write('programs/systemctl.log', '');
    expect(on.run(active)).toMatchObject({
      status: 0, calls: [...Array(3).fill([asks, 'sleep [2]']).flat(), asks, start, 'sleep [5]', asks, start],
    });
  });

  test('that ends and is restarted repeatedly does not run', () => {
    const on = machine({ systemctl: { script: 'if [ "$1" = show ]; then echo >> "$0.log"; echo "InvocationID=$(wc -l < "$0.log")"; fi' } });
    on.write('programs/systemctl.log', '');
    expect(on.run(active)).toMatchObject({ status: 1, stderr: 'nginx.service is not active\n' });
  });

  test('that does not start fails, with what systemd knows', () => {
    const { status, stderr, calls } = machine({ systemctl: { script: '[ "$1" = status ] && echo "it burns"; exit 3' } }).run(active);
    expect([status, stderr]).toEqual([1, 'it burns\nnginx.service is not active\n']);
    expect(calls.filter((call) => call.startsWith('sleep'))).toHaveLength(5);
  });

  test('is enabled or not', () => {
    const enabled = scriptOf(LinuxAssert.serviceEnabled('backup.timer'));
    expect(machine({ systemctl: {} }).run(enabled)).toMatchObject({ status: 0, calls: ['systemctl [is-enabled] [--quiet] [backup.timer]'] });
    expect(machine({ systemctl: { exitCode: 1 } }).run(enabled)).toMatchObject({ status: 1, stderr: 'backup.timer is not enabled\n' });
  });
});

describe('a port', () => {
  let server: ChildProcess;
  let port = 0;
  beforeAll(async () => {
    server = spawn(process.execPath, ['-e', "require('http').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })"]);
    port = Number(String((await once(server.stdout!, 'data'))[0]));
  });
  afterAll(() => void server.kill());

  test('on which something listens', () => {
    expect(machine().run(scriptOf(LinuxAssert.portListening(port)))).toMatchObject({ status: 0, stderr: '' });
  });

  test('on which nothing listens', () => {
    expect(machine().run(scriptOf(LinuxAssert.portListening(1, { within: Duration.seconds(2) })))).toMatchObject({
      status: 1, stderr: 'nothing listens on port 1\n', calls: ['sleep [2]'],
    });
  });
});

describe('a web server', () => {
  const options = { within: Duration.seconds(2), hostHeader: 'shop.example.com', anyCertificate: true };
  const ok = scriptOf(LinuxAssert.httpStatus("https://127.0.0.1/it's?a=$b", 200, options));

  test('that answers as it should', () => {
    expect(machine({ curl: { stdout: '200' } }).run(ok)).toMatchObject({
      status: 0,
      calls: ['curl [--silent] [--output] [/dev/null] [--max-time] [10] [--write-out] [%{http_code}] [--insecure] [--header] [Host: shop.example.com] '
        + "[https://127.0.0.1/it's?a=$b]"],
    });
  });

  test('that answers otherwise, or not at all', () => {
    expect(machine({ curl: { stdout: '503' } }).run(ok)).toMatchObject({ status: 1, stderr: "https://127.0.0.1/it's?a=$b does not answer with 200 but: 503\n" });
    expect(machine({ curl: { stdout: '000', exitCode: 7 } }).run(ok)).toMatchObject({ status: 1, stderr: expect.stringMatching(/but: 000\n$/) });
    expect(machine().run(ok)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^curl is not on this instance/) });
  });
});

describe('a file', () => {
  test.each([['0640', 0], ['640', 0], ['0644', 1]])('of mode 640 should have %s', (mode, status) => {
    const on = machine();
    on.write('etc/my app/$a', '', 0o640);
    const run = on.run(scriptOf(LinuxAssert.fileMode('/etc/my app/$a', mode)));
    expect(run.status).toBe(status);
    expect(run.stderr).toBe(status === 0 ? '' : '/etc/my app/$a should have 644, found: 640\n');
  });

  test('belongs to somebody', () => {
    const on = machine({ stat: { stdout: 'root:adm' } });
    expect(on.run(scriptOf(LinuxAssert.fileOwner('/etc/a', 'root', 'adm')))).toMatchObject({ status: 0, calls: ['stat [-L] [-c] [%U:%G] [/etc/a]'] });
    expect(on.run(scriptOf(LinuxAssert.fileOwner('/etc/a', 'app', 'app')))).toMatchObject({ status: 1, stderr: '/etc/a should have app:app, found: root:adm\n' });
  });

  test('that is not there fails by its name', () => {
    expect(machine().run(scriptOf(LinuxAssert.fileMode('/etc/missing', '0644'))).stderr).toContain("'/etc/missing'");
  });

  test('has a line', () => {
    const on = machine();
    on.write('etc/sshd', 'PermitRootLogin no\n');
    expect(on.run(scriptOf(LinuxAssert.fileMatches('/etc/sshd', '^PermitRootLogin +no$')))).toMatchObject({ status: 0 });
    expect(on.run(scriptOf(LinuxAssert.fileMatches('/etc/sshd', "it's")))).toMatchObject({ status: 1, stderr: "/etc/sshd has no line that matches it's\n" });
  });
});

describe('a package', () => {
  const answering = (fakes: Record<string, string>) => machine(Object.fromEntries(Object.entries(fakes).map(([name, stdout]) => [name, { stdout }])));
  const run = (fakes: Record<string, string>, version?: string) => answering(fakes).run(scriptOf(LinuxAssert.packageInstalled('nginx', version)));

  const versions: [string | undefined, number][] = [
    [undefined, 0], ['1.24.0', 0], ['1.24.0-1.amzn2023', 0], ['1.24*', 0], ['1.2', 1], ['1.24.1*', 1],
  ];
  test.each(versions)('1.24.0-1.amzn2023 is version %s', (version, status) => {
    expect(run({ dnf: '', rpm: '1.24.0-1.amzn2023' }, version).status).toBe(status);
    expect(run({ 'apt-get': '', 'dpkg-query': '1.24.0-1.amzn2023' }, version).status).toBe(status);
  });

  test('that is missing fails', () => {
    expect(machine({ dnf: {}, rpm: { exitCode: 1 } }).run(scriptOf(LinuxAssert.packageInstalled('nginx')))).toMatchObject({
      status: 1, stderr: 'the package nginx should be installed in version *, found: nothing\n',
    });
  });
});

test('a user is there or not', () => {
  const exists = scriptOf(LinuxAssert.userExists('app'));
  expect(machine({ getent: {} }).run(exists)).toMatchObject({ status: 0, calls: ['getent [passwd] [app]'] });
  expect(machine({ getent: { exitCode: 2 } }).run(exists)).toMatchObject({ status: 1, stderr: 'there is no user app\n' });
});

test.each<[Step, RegExp]>([
  [LinuxAssert.portListening(70000), /the port 70000 is not valid; expected a whole number from 0 to 65535/],
  [LinuxAssert.httpStatus('localhost', 200), /'localhost' is no address/],
  [LinuxAssert.fileMode('/a/b', '999'), /the mode '999' is not valid/],
  [LinuxAssert.serviceActive('a b'), /the unit 'a b.service' is not valid/],
])('what cannot be is refused', (step, message) => {
  expect(() => rendered(step)).toThrow(message);
});
