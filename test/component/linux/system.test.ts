import { Duration } from 'aws-cdk-lib';
import { newMachines, scriptsOf } from './machine';
import {
  LinuxEnvironment, LinuxGroup, LinuxRepository, LinuxUser, ServiceRestart, ServiceType, Source, Sysctl, SystemdUnit, type Step,
} from '../../../src/component';
import { rendered } from '../support';

const machine = newMachines();
const sha256 = 'a'.repeat(64);
const scriptOf = (step: Step): string => scriptsOf(step).slice(-1)[0]!;

describe('a repository', () => {
  const key = Source.https('https://example.com/keys/release.asc', sha256);
  const apt = { name: 'nginx', uri: 'https://example.com/debian/', suite: 'bookworm', signingKey: key };
  const dnf = { name: 'nginx', baseUrl: 'https://example.com/amzn/$releasever/$basearch/', signingKey: key };

  test('of apt has a keyring of its own', () => {
    const on = machine({ 'apt-get': {} });
    on.write('var/tmp/golden-images/release.asc', '-----BEGIN PGP PUBLIC KEY BLOCK-----\nkey');
    const script = scriptOf(LinuxRepository.apt(apt));
    expect(on.run(script)).toMatchObject({ status: 0, stderr: '' });
    expect(on.read('etc/apt/sources.list.d/nginx.sources').replace(on.root, '')).toBe(
      'Types: deb\nURIs: https://example.com/debian/\nSuites: bookworm\nComponents: main\nSigned-By: /etc/apt/keyrings/nginx.asc\n',
    );
    expect(on.read('etc/apt/keyrings/nginx.asc')).toContain('key');
  });

  test('of apt knows a binary key, and suites that are folders', () => {
    const on = machine({ 'apt-get': {} });
    on.write('var/tmp/golden-images/release.asc', Buffer.from([0x99, 0, 1]));
    expect(on.run(scriptOf(LinuxRepository.apt({ ...apt, suite: './' })))).toMatchObject({ status: 0 });
    expect(on.read('etc/apt/sources.list.d/nginx.sources')).toMatch(/Suites: \.\/\nSigned-By: .*\/nginx\.gpg\n$/);
    expect(on.has('etc/apt/keyrings/nginx.gpg')).toBe(true);
  });

  test('of dnf wants signatures', () => {
    const on = machine({ dnf: {} });
    on.write('var/tmp/golden-images/release.asc', 'key');
    expect(on.run(scriptOf(LinuxRepository.dnf({ ...dnf, priority: 10 })))).toMatchObject({ status: 0, stderr: '' });
    expect(on.read('etc/yum.repos.d/nginx.repo').replace(on.root, '')).toBe([
      '[nginx]', 'name=nginx', 'baseurl=https://example.com/amzn/$releasever/$basearch/', 'enabled=1', 'gpgcheck=1', 'repo_gpgcheck=0',
      'gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-nginx', 'priority=10', '',
    ].join('\n'));
    expect(on.read('etc/pki/rpm-gpg/RPM-GPG-KEY-nginx')).toBe('key');
  });

  test('for the other package manager is left out', () => {
    expect(machine({ dnf: {} }).run(scriptOf(LinuxRepository.apt(apt)))).toMatchObject({ status: 0, stdout: 'left out: nginx is for apt\n' });
    expect(machine({ 'apt-get': {} }).run(scriptOf(LinuxRepository.dnf(dnf)))).toMatchObject({ status: 0, stdout: 'left out: nginx is for dnf\n' });
  });

  test.each<[string, () => Step, RegExp]>([
    ['apt without a key', () => LinuxRepository.apt({ ...apt, signingKey: undefined as never }), /the repository 'nginx' has no signing key/],
    ['dnf without a key', () => LinuxRepository.dnf({ ...dnf, signingKey: undefined as never }), /the repository 'nginx' has no signing key/],
    ['a key with a short checksum', () => LinuxRepository.apt({ ...apt, signingKey: Source.https('https://example.com/a.asc', 'ab') }), /SHA-256 'ab'/],
    ['a line end', () => LinuxRepository.dnf({ ...dnf, baseUrl: 'https://example.com/\ngpgcheck=0' }), /is not valid; expected one line/],
    ['a file address', () => LinuxRepository.apt({ ...apt, uri: 'file:/srv' }), /'file:\/srv' is no address of a repository/],
    ['components of a folder', () => LinuxRepository.apt({ ...apt, suite: './', components: ['main'] }), /is a folder, and has components/],
    ['a name with a slash', () => LinuxRepository.apt({ ...apt, name: '../x' }), /the name of the repository '\.\.\/x' is not valid/],
  ])('is refused with %s', (_, step, message) => {
    expect(() => rendered(step())).toThrow(message);
  });
});

describe('a user', () => {
  const create = scriptOf(LinuxUser.create({ name: 'app', uid: 1500, groups: ['adm', 'www'], home: "/srv/it's", createHome: true }));

  test('is made with all that is wanted', () => {
    const on = machine({ getent: { exitCode: 2 }, useradd: {} });
    expect(on.run(create).calls.slice(-1)).toEqual([
      "useradd [--system] [--uid] [1500] [--user-group] [--create-home] [--shell] [/usr/sbin/nologin] [--home] [/srv/it's] [--groups] [adm,www] [app]",
    ]);
  });

  test('takes the group of its name where that is there', () => {
    const on = machine({ getent: { script: '[ "$1" = group ]' }, useradd: {} });
    expect(on.run(scriptOf(LinuxUser.create({ name: 'app', system: false }))).calls.slice(-1)).toEqual([
      'useradd [--gid] [app] [--no-create-home] [--shell] [/usr/sbin/nologin] [app]',
    ]);
  });

  test('that is there is changed, and keeps its other groups', () => {
    const on = machine({ getent: { stdout: 'app:x:1500:1500::/:/bin/sh' }, usermod: {} });
    expect(on.run(create).calls.slice(-1)).toEqual(["usermod [--shell] [/usr/sbin/nologin] [--home] [/srv/it's] [--append] [--groups] [adm,www] [app]"]);
  });

  test('that is there with another number fails the step', () => {
    expect(machine({ getent: { stdout: 'app:x:1000:1000::/:/bin/sh' } }).run(create)).toMatchObject({
      status: 1, stderr: 'app is there with another number than 1500\n',
    });
  });

  test('that cannot be made fails the step', () => {
    const { status, stderr } = machine({ getent: { exitCode: 2 }, useradd: { exitCode: 9 } }).run(create);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^failed with exit code 9: useradd /)]);
  });

  test.each([[{ name: 'App User' }, /the user 'App User'/], [{ name: 'app', uid: -1 }, /uid -1 is not valid/], [{ name: 'app', groups: ['$x'] }, /the group '\$x'/]])(
    'is refused as %j', (options, message) => {
      expect(() => rendered(LinuxUser.create(options))).toThrow(message);
    },
  );

  test('has groups that are made before', () => {
    const script = scriptOf(LinuxGroup.create({ name: 'www', gid: 900 }));
    expect(machine({ getent: { exitCode: 2 }, groupadd: {} }).run(script).calls.slice(-1)).toEqual(['groupadd [--system] [--gid] [900] [www]']);
    expect(machine({ getent: { stdout: 'www:x:900:' } }).run(script)).toMatchObject({ status: 0 });
    expect(machine({ getent: { stdout: 'www:x:901:' } }).run(script)).toMatchObject({ status: 1 });
    expect(machine({ getent: {} }).run(scriptOf(LinuxGroup.create({ name: 'www' })))).toMatchObject({ status: 0, calls: ['getent [group] [www]'] });
  });
});

describe('a unit', () => {
  const service = SystemdUnit.service('app', {
    description: 'The app',
    execStart: '/opt/app/bin/app --name "%H"',
    user: 'app',
    environment: { GREETING: 'say "100%" \\o/ $HOME', EMPTY: '' },
    restartDelay: Duration.seconds(5),
    settings: { LimitNOFILE: '65536' },
  });

  test('of a service is written, and started with each instance', () => {
    const on = machine({ systemctl: {} });
    expect(on.run(scriptOf(service))).toMatchObject({ status: 0, calls: ['systemctl [daemon-reload]', 'systemctl [enable] [app.service]'] });
    expect(on.read('etc/systemd/system/app.service').replaceAll(on.root, '')).toBe([
      '[Unit]', 'Description=The app', 'After=network-online.target', 'Wants=network-online.target', '',
      '[Service]', 'Type=simple', 'User=app', 'Environment="GREETING=say \\"100%%\\" \\\\o/ $HOME"', 'Environment="EMPTY="',
      'ExecStart=/opt/app/bin/app --name "%H"', 'Restart=on-failure', 'RestartSec=5000ms', 'LimitNOFILE=65536', '',
      '[Install]', 'WantedBy=multi-user.target', '',
    ].join('\n'));
  });

  test('of a task that ends is not started again, unless wanted', () => {
    const on = machine({ systemctl: {} });
    const text = (restart?: ServiceRestart): string => {
      on.run(scriptOf(SystemdUnit.service('task', { execStart: '/bin/true', serviceType: ServiceType.ONESHOT, restart, after: [], wants: [], enabled: false })));
      return on.read('etc/systemd/system/task.service');
    };
    expect(text()).toMatch(/^\[Service\]\nType=oneshot\nExecStart=\/bin\/true\nRestart=no\n/);
    expect(text(ServiceRestart.ON_FAILURE)).toContain('Restart=on-failure');
  });

  test('can be started on the build instance, and not be enabled', () => {
    const on = machine({ systemctl: {} });
    const step = SystemdUnit.of('data.mount', '[Mount]\nWhat=/dev/xvdb\n', { enabled: false, started: true });
    expect(on.run(scriptOf(step)).calls).toEqual(['systemctl [daemon-reload]', 'systemctl [restart] [data.mount]']);
    expect(on.read('etc/systemd/system/data.mount')).toBe('[Mount]\nWhat=/dev/xvdb\n');
  });

  test('can be a timer', () => {
    const on = machine({ systemctl: {} });
    expect(on.run(scriptOf(SystemdUnit.timer('backup', { calendar: 'Mon *-*-* 03:00:00', randomDelay: Duration.minutes(5), persistent: true }))).status).toBe(0);
    expect(on.read('etc/systemd/system/backup.timer')).toBe(
      '[Timer]\nOnCalendar=Mon *-*-* 03:00:00\nRandomizedDelaySec=300\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n',
    );
  });

  test.each<[string, Step]>([
    ['enable', SystemdUnit.enable('a.service', 'b.timer')], ['disable] [--now', SystemdUnit.disable('a.service', 'b.timer')],
    ['mask] [--now', SystemdUnit.mask('a.service', 'b.timer')], ['restart', SystemdUnit.restart('a.service', 'b.timer')],
  ])('that is there: %s', (command, step) => {
    expect(machine({ systemctl: {} }).run(scriptOf(step))).toMatchObject({ status: 0, calls: [`systemctl [${command}] [a.service] [b.timer]`] });
    expect(machine({ systemctl: { exitCode: 194 } }).run(scriptOf(step))).toMatchObject({ status: 1 });
  });

  test.each<[string, () => Step, RegExp]>([
    ['without a type', () => SystemdUnit.enable('nginx'), /the unit 'nginx' is not valid; .*'app\.service'; add the type/],
    ['with quotes', () => SystemdUnit.of("a'b.service", ''), /is not valid/],
    ['none', () => SystemdUnit.disable(), /the list of units is empty/],
    ['with a line end', () => SystemdUnit.service('a', { execStart: '/a', settings: { Nice: '1\nUser=root' } }), /Nice '1\nUser=root' is not valid; expected one line/],
    ['with a relative program', () => SystemdUnit.service('a', { execStart: 'node app.js' }), /the command line 'node app.js' is not valid/],
  ])('is refused %s', (_, step, message) => {
    expect(() => rendered(step())).toThrow(message);
  });
});

describe('kernel settings', () => {
  const set = Sysctl.set({ 'net.core.somaxconn': '1024', 'kernel.core_pattern': "|/bin/false '%p'" });

  test('are written and applied', () => {
    const on = machine({ sysctl: {} });
    on.write('proc/sys/any', '');
    expect(on.run(scriptOf(set))).toMatchObject({ status: 0, calls: ['sysctl [-p] [/etc/sysctl.d/90-golden-images.conf]'] });
    expect(on.read('etc/sysctl.d/90-golden-images.conf')).toBe("net.core.somaxconn = 1024\nkernel.core_pattern = |/bin/false '%p'\n");
    on.fake('sysctl', { exitCode: 255 });
    expect(on.run(scriptOf(set))).toMatchObject({ status: 1 });
  });

  test('are only written where they cannot be applied', () => {
    expect(machine().run(scriptOf(set))).toMatchObject({ status: 0, stdout: 'not applied here: /proc/sys cannot be written\n' });
    const on = machine();
    on.write('proc/sys/any', '');
    expect(on.run(scriptOf(Sysctl.set({ 'net.netfilter.nf_conntrack_max': '1' }, { fileName: '99-mine', apply: false })))).toMatchObject({ status: 0 });
    expect(on.has('etc/sysctl.d/99-mine.conf')).toBe(true);
  });

  test('are refused where there are none, or two in one', () => {
    expect(() => rendered(Sysctl.set({}))).toThrow(/the list of kernel settings is empty/);
    expect(() => rendered(Sysctl.set({ a: '1\nb = 2' }))).toThrow(/the value of a [^]* expected one line/);
  });
});

describe('environment variables', () => {
  const values = { GREETING: 'it\'s "here" $HOME `id`', EMPTY: '' };

  test('for shells keep their text', () => {
    const on = machine();
    expect(on.run(scriptOf(LinuxEnvironment.forLogins('app', values)))).toMatchObject({ status: 0 });
    expect(on.run('. /etc/profile.d/app.sh; env').stdout).toContain('GREETING=it\'s "here" $HOME `id`\n');
  });

  test('for services are quoted for systemd', () => {
    const on = machine();
    expect(on.run(scriptOf(LinuxEnvironment.forServices('app', values)))).toMatchObject({ status: 0 });
    expect(on.read('etc/systemd/system.conf.d/app.conf')).toBe(
      '[Manager]\nDefaultEnvironment="GREETING=it\'s \\"here\\" $HOME `id`"\nDefaultEnvironment="EMPTY="\n',
    );
  });

  test.each([[{}, /is empty/], [{ 'A B': '' }, /the environment variable 'A B'/], [{ A: 'a\nb' }, /the value of A/], [{ A: '50%' }, /expected a text without percent signs/]])(
    'are refused as %j', (variables, message) => {
      expect(() => rendered(LinuxEnvironment.forServices('app', variables))).toThrow(message);
    },
  );
});
