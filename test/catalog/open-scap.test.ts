import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { cis, phases } from './openscap/support';
import { AMAZON_LINUX, scriptsOf, synthesized, WINDOWS } from './support';
import { LinuxBaseline, Stig, StigLevel, WindowsBaseline } from '../../src/catalog';
import { Source, type Component } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { newStack } from '../image/fixture';

const FILES = resolve('test/catalog/openscap');

describe('the document', () => {
  test('remediates in the build phase only, and evaluates in both others', () => {
    const { build, validate, test: tests } = phases();
    expect(scriptsOf(build)).toContain('scan --remediate');
    [validate, tests].forEach((steps) => {
      expect(scriptsOf(steps)).toContain("--profile 'xccdf_org.ssgproject.content_profile_cis_level1_server'");
      expect(scriptsOf(steps)).not.toContain('--remediate');
    });
    expect(build!.at(-1).action).toBe('Reboot');
  });

  test('may only evaluate, and may go on without a restart', () => {
    expect(scriptsOf(phases({ remediate: false }).build)).not.toContain('scan --remediate');
    expect(phases({ remediate: false }).build!.map(({ action }) => action)).not.toContain('Reboot');
    expect(phases({ restart: false }).build!.map(({ action }) => action)).not.toContain('Reboot');
  });

  test('bounds each run of the scanner, and the steps around them', () => {
    const { build, validate } = phases({ timeout: Duration.minutes(10) });
    expect(scriptsOf(build)).toContain('local status attempt ends=$((SECONDS + 600))');
    expect(build!.find(({ name }) => name.startsWith('OpenScapRemediate')).timeoutSeconds).toBe(5 * 600 + 600);
    expect(validate!.find(({ name }) => name.startsWith('OpenScapEvaluate')).timeoutSeconds).toBe(1200);
  });

  test('is bash that can be read', () => {
    const options = { acceptedRules: { a: "it's so" }, tailoring: Source.asset(join(FILES, 'tailoring.xml')), reportFolder: '/var/lib/reports' };
    Object.values(phases(options)).flat().filter(({ action }) => action === 'ExecuteBash')
      .forEach(({ inputs }) => expect(spawnSync('bash', ['-n'], { input: inputs.commands.join('\n') })).toMatchObject({ status: 0 }));
  });

  test('takes the packages of each family', () => {
    const script = scriptsOf(phases().build);
    ['openscap-scanner', 'scap-security-guide', 'libopenscap8', 'ssg-debderived', 'zypper --non-interactive install openscap-utils']
      .forEach((name) => expect(script).toContain(name));
  });

  test.each([
    ['a file', Source.asset(join(FILES, 'data-stream.xml')), "install -m 0644 '/var/tmp/golden-images/data-stream.xml'"],
    ['an archive', Source.https('https://example.com/scap-security-guide-0.1.79.zip', 'a'.repeat(64)), 'unzip'],
    ['a package', Source.https('https://example.com/ssg-debian_0.1.76-1_all.deb', 'a'.repeat(64)), 'is for apt'],
  ])('takes the data stream from %s', (_kind, dataStream, text) => {
    const { build } = phases({ dataStream }, ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04));
    expect(scriptsOf(build)).toContain(text);
    expect(build!.some(({ action }) => action === 'Assert')).toBe(true);
    expect(scriptsOf(build)).not.toContain('ssg-debderived');
  });
});

describe('the data stream for the instance', () => {
  let room: string;
  let script: string;
  beforeAll(() => {
    room = mkdtempSync(join(tmpdir(), 'openscap-content-'));
    mkdirSync(join(room, 'release'));
    mkdirSync(join(room, 'downloads'));
    ['al2023', 'almalinux9', 'cs9', 'debian12', 'ol9', 'opensuse', 'rhel9', 'rl8', 'rl9', 'sle15', 'ubuntu2404'].forEach((product) => writeFileSync(join(room, `release/ssg-${product}-ds.xml`), product));
    const { build } = phases({ dataStream: Source.https('https://example.com/release.tar.gz', 'a'.repeat(64)) });
    const places = {
      '/etc/os-release': 'os-release', '/var/tmp/golden-images': 'downloads', '/var/lib/golden-images-openscap': 'state', '/usr/local/share/golden-images-openscap': 'content',
    };
    const text = scriptsOf(build!.filter(({ name }) => name.startsWith('OpenScapDataStream')));
    script = Object.entries(places).reduce((all, [path, name]) => all.replaceAll(path, join(room, name)), text);
  });
  afterAll(() => { rmSync(room, { recursive: true }); });

  const install = (release: string): SpawnSyncReturns<string> => {
    mkdirSync(join(room, 'downloads'), { recursive: true });
    spawnSync('tar', ['-czf', join(room, 'downloads/release.tar.gz'), '-C', join(room, 'release'), '.']);
    writeFileSync(join(room, 'os-release'), release);
    return spawnSync('bash', ['-s'], { input: script, encoding: 'utf8' });
  };

  test.each([
    ['al2023', 'ID="amzn"\nVERSION_ID="2023"'], ['ubuntu2404', 'ID=ubuntu\nVERSION_ID="24.04"'], ['debian12', 'ID=debian\nVERSION_ID="12"'],
    ['rhel9', 'ID="rhel"\nVERSION_ID="9.4"'], ['almalinux9', 'ID="almalinux"\nVERSION_ID="9.5"'], ['cs9', 'ID="centos"\nVERSION_ID="9"'],
    ['rl8', 'ID="rocky"\nVERSION_ID="8.10"'], ['rl9', 'ID="rocky"\nVERSION_ID="9.5"'], ['ol9', 'ID="ol"\nVERSION_ID="9.5"'],
    ['sle15', 'ID="sles"\nVERSION_ID="15.6"'], ['sle15', 'ID="sles_sap"\nVERSION_ID="15.6"'], ['opensuse', 'ID="opensuse-leap"\nVERSION_ID="15.6"'],
  ])('is %s, by what it says it is', (product, release) => {
    expect(install(release)).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(room, 'content/data-stream.xml'), 'utf8')).toBe(product);
  });

  test('that is not there is told with those that are', () => {
    const { status, stderr } = install('ID=ubuntu\nVERSION_ID="26.04"');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/there is no data stream ssg-ubuntu2604-ds\.xml among: .*ssg-ubuntu2404-ds\.xml.*; give OpenScap\.hardening a dataStream/s)]);
  });
});

describe('is refused', () => {
  test.each([
    ['without a reason', { acceptedRules: { partition_for_tmp: ' ' } }, "'partition_for_tmp' is accepted by OpenScap.hardening without a reason"],
    ['with a reason of two lines', { acceptedRules: { partition_for_tmp: 'a\nb' } }, 'a reason of several lines'],
    ['with a rule that is none', { acceptedRules: { 'partition for tmp': 'a' } }, "the accepted rule 'partition for tmp'"],
    ['with a report where nothing stays', { reportFolder: '/var/log/openscap' }, 'does not outlive the build'],
    ['with a data stream that is none', { dataStream: Source.text('stream.json', '{}') }, 'of OpenScap.hardening is \'stream-'],
    ['without a profile', { profile: '' }, "the profile '' of OpenScap.hardening is not valid"],
    ['with a path for a profile', { profile: '../x' }, "the profile '../x' of OpenScap.hardening is not valid"],
    ['with a profile without a letter', { profile: '___' }, "the profile '___' of OpenScap.hardening is not valid"],
    ['without time', { timeout: Duration.seconds(0) }, 'the timeout of OpenScap.hardening is 0 ms; expected whole seconds, 60 or more'],
    ['with half a second', { timeout: Duration.millis(500) }, 'the timeout of OpenScap.hardening is 500 ms'],
    ['with parts of seconds', { timeout: Duration.millis(60_500) }, 'the timeout of OpenScap.hardening is 60500 ms'],
    ['with a tailoring that is none', { tailoring: Source.text('tailoring.txt', '') }, 'expected a tailoring file (.xml)'],
  ])('%s', (_case, options, message) => {
    expect(() => phases(options)).toThrow(message);
  });

  test('but not for a long profile, whose name in the stack is cut', () => {
    const profile = `${'long_'.repeat(29)}names`;
    expect(scriptsOf(phases({ profile }).build)).toContain(`content_profile_${profile}`);
  });

  test.each([
    OperatingSystemVersion.UBUNTU_22_04, OperatingSystemVersion.UBUNTU_24_04, OperatingSystemVersion.UBUNTU_26_04,
  ])('on %s without a data stream, which its packages do not have', (version) => {
    expect(() => phases({}, ParentImage.ubuntu(version))).toThrow(/has no dataStream, .*ComplianceAsCode/);
  });

  test('on Debian by its version, and not where it is not known', () => {
    const debian = (osVersion?: OperatingSystemVersion): ParentImage => ParentImage.fromSsmParameter('/aws/service/debian/release/12/latest/amd64', { osVersion });
    expect(() => phases({}, debian(OperatingSystemVersion.DEBIAN_12))).toThrow('has no dataStream');
    expect(() => phases({}, debian())).not.toThrow();
  });

  test('on Windows', () => {
    expect(() => phases({}, WINDOWS)).toThrow('runs only on Linux');
  });
});

describe('reports', () => {
  test('go to the bucket by a name that only the instance knows, before the verdict', () => {
    const { validate, test: tests } = phases({ reportBucket: Bucket.fromBucketName(newStack('Other'), 'Reports', 'reports'), reportKeyPrefix: 'audits/scap' });
    expect(validate!.map(({ name }) => name.replace(/\d+$/, ''))).toEqual(['OpenScapEvaluate', 'NameReport', 'S3Upload', 'OpenScapVerdict']);
    const keys = (steps: any[]): string[] => steps.find(({ action }) => action === 'S3Upload').inputs.map(({ destination }: any) => destination);
    expect(keys(validate!)[1]).toMatch(/^s3:\/\/reports\/audits\/scap\/\{\{ validate\.NameReport\d+\.outputs\.stdout \}\}-validate\.html$/);
    expect(keys(tests!)[0]).toMatch(/\{\{ test\.NameReport\d+\.outputs\.stdout \}\}-test\.arf\.xml$/);
  });

  test('are all that the role of the build may put', () => {
    const imported = Bucket.fromBucketName(newStack('Other'), 'Reports', 'reports');
    const statements = synthesized(cis({ reportBucket: imported })).ofType('AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement as any[]);
    const granted = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('reports'));
    expect(granted.map(({ Action }) => Action)).toEqual(['s3:PutObject']);
    expect(JSON.stringify(granted[0].Resource)).toMatch(/:s3:::reports\/openscap\/\*/);
  });
});

describe('sets of hardening in one image', () => {
  const warnings = (components: Component[], parent = AMAZON_LINUX): string[] => {
    const stack = newStack();
    const base = new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
    new RoleImage(stack, 'Role', { parent: base, components });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('set the same things in one image')).map(({ entry }) => String(entry.data));
  };

  test('are warned of', () => {
    const text = (sets: string): unknown => expect.stringContaining(`${sets} set the same things`);
    expect(warnings([LinuxBaseline.cis(), cis()])).toEqual([text('LinuxBaseline.cis and OpenScap.hardening (cis_level1_server)')]);
    expect(warnings([Stig.hardening(StigLevel.LOW), LinuxBaseline.cis()])).toEqual([text('Stig.hardening and LinuxBaseline.cis')]);
    expect(warnings([cis(), cis({ profile: 'stig' })])).toEqual([text('OpenScap.hardening (cis_level1_server) and OpenScap.hardening (stig)')]);
    expect(warnings([Stig.hardening(StigLevel.LOW), WindowsBaseline.cis()], WINDOWS)).toEqual([text('Stig.hardening and WindowsBaseline.cis')]);
  });

  test('are warned of where one is in a parent, once', () => {
    const stack = newStack();
    const base = new PatchedBaseImage(stack, 'Base', { parent: AMAZON_LINUX, schedule: BuildSchedule.daily(), components: [LinuxBaseline.cis()] });
    const role = new RoleImage(stack, 'Role', { parent: base, components: [cis()] });
    new RoleImage(stack, 'Above', { parent: role, components: [LinuxBaseline.timeSync()] });
    const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('set the same things in one image'));
    expect(found.map(({ id }) => id)).toEqual(['/Web/Role']);
  });

  test('are none where one only evaluates, or is there alone', () => {
    expect(warnings([LinuxBaseline.cis(), cis({ remediate: false })])).toEqual([]);
    expect(warnings([cis()])).toEqual([]);
  });
});
