import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { media, phasesOf, scriptOf, type DocumentStep } from './windows-support';
import { RemoteDesktopLicensing, Vda, type CitrixVdaOptions } from '../../src/catalog';
import { ParentImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';

const names = (steps: DocumentStep[]): string[] => steps.map(({ name }) => name.replace(/\d+$/, ''));

describe('Citrix VDA', () => {
  const citrix = (options: Partial<CitrixVdaOptions> = {}) => phasesOf(Vda.citrix({ installer: media('VDAServerSetup_2402.exe'), ...options }));
  const script = (options?: Partial<CitrixVdaOptions>): string => scriptOf(citrix(options).build!, 'CitrixVda');

  test('is fetched, checked, installed, restarted if needed, and its media removed', () => {
    expect(names(citrix().build!)).toEqual(['MakeFolder', 'Download', 'Checksum', 'CitrixVda', 'RebootIfNeeded', 'RebootDone', 'RemoveMedia', 'RemoveLogs']);
  });

  test('is installed silently, and never restarts by itself', () => {
    expect(script()).toContain("VDAServerSetup_2402.exe'");
    expect(script()).toContain([
      "$start.Arguments = '/quiet /noreboot /noresume /logpath C:\\Windows\\Temp\\golden-images-citrix /components vda /exclude \"Citrix Telemetry Service\"",
      '/virtualmachine /enable_hdx_ports /enable_hdx_udp_ports /enable_real_time_transport /enable_remote_assistance /disableexperiencemetrics\'',
    ].join(' '));
  });

  test('takes components, controllers and switches', () => {
    const given = script({ components: ['vda', 'plugins'], excludedComponents: [], controllers: ['a.example.com', 'b.example.com'], switches: ['/remotepc'], mcs: true, sysprep: true });
    expect(given).toContain('/components vda,plugins /controllers "a.example.com b.example.com" /mastermcsimage /remotepc\'');
  });

  test.each([[0, 'done'], [3, "if (Test-Finished) { return 'restart' } else { return 'resume' }"], [8, 'restart'], [9, 'resume'], [14, 'resume']])('exit code %i means %s', (code, meaning) => {
    const table = /^function Get-Next[^]*?^\}/m.exec(script())![0];
    const found = new RegExp(`^ +${code} \\{ (.*) \\}$`, 'm').exec(table)?.[1] ?? /default \{ (.*) \}/.exec(table)![1]!;
    expect(found).toContain(meaning);
  });

  test('every other exit code fails by name', () => {
    expect(script()).toContain('if (@(0, 3, 8, 9, 14) -contains $code)');
    expect(script()).toContain("'1' = 'the installation failed; its log says why'");
    [2, 4, 5, 6, 7, 10, 11, 12, 13].forEach((code) => expect(script()).toMatch(new RegExp(`[ {]'${code}' = '`)));
    expect(script()).toContain('XenDesktop Installation.log');
  });

  test('code 3 for ever is found out by the registry and the service', () => {
    expect(/^function Test-Finished[^]*?^\}/m.exec(script())![0]).toMatch(/Citrix\\MetaInstall[^]*-eq 8 -and \$null -ne \(Get-Service -Name BrokerAgent/);
  });

  test('goes on after a restart with what the installer left behind, so many times', () => {
    expect(script()).toMatch(/if \(\$runs -gt 1 -and \(Test-Path -LiteralPath \$resume\)\) \{[^]*\$start\.FileName = \$resume\n\$start\.Arguments = ''[^]*\} else \{/);
    expect(script()).toContain('XenDesktopVdaSetup.exe');
    expect(script({ maxResumes: 2 })).toMatch(/\$maxResumes = 2[^]*\$runs -gt \$maxResumes \+ 1\) \{ throw/);
    expect(script().match(/exit \d+/g)).toEqual(['exit 3010']);
    expect(script()).toMatch(/^trap \{ Remove-Item -LiteralPath \$state .*; break \}$/m);
  });

  test('the optimizer comes last', () => {
    const { build } = citrix({ optimizer: { source: media('CitrixOptimizer.zip'), template: 'Citrix_Windows_Server_2022_2009.xml' } });
    expect(names(build!).slice(-3)).toEqual(['Unpack', 'CitrixOptimizer', 'RemoveMedia']);
    expect(scriptOf(build!, 'CitrixOptimizer')).toMatch(/Templates\\Citrix_Windows_Server_2022_2009\.xml'[^]*-Mode Execute[^]*exit code \$LASTEXITCODE/);
  });

  test('the test wants the broker agent and the session listener', () => {
    const { validate, test: tests } = citrix();
    expect(scriptOf(validate!, 'ServiceStarts')).toContain("'BrokerAgent'");
    expect(tests!.map(({ inputs }) => /BrokerAgent|LocalPort \d+/.exec(inputs.commands[0])![0])).toEqual(['BrokerAgent', 'LocalPort 1494', 'LocalPort 2598']);
  });

  test.each<[string, Partial<CitrixVdaOptions>, string]>([
    ['no Sysprep in an image that has it', { sysprep: false },
      'the VDA is given sysprep false, and the image is built with Sysprep; expected the same of both; give the image `sysprep: false`, or leave sysprep of the VDA out'],
    ['MCS without a word on Sysprep', { mcs: true }, 'against the advice of Citrix; expected an image with `sysprep: false`, or `sysprep: true` beside `mcs: true`'],
    ['no components', { components: [] }, 'has no components'],
    ['less than no restarts', { maxResumes: -1 }, 'maxResumes of the VDA is -1'],
    ['a switch with an option of its own', { switches: ['/noreboot'] }, "'/noreboot' is no switch"],
    ['no switch', { switches: ['quiet'] }, "'quiet' is no switch"],
    ['an archive without a program', { installer: media('vda.zip') }, 'no program in it is named'],
  ])('refused: %s', (_, options, message) => expect(() => citrix(options)).toThrow(message));

  describe('in an image without Sysprep', () => {
    const without = (options: Partial<CitrixVdaOptions>) => phasesOf(Vda.citrix({ installer: media('VDAServerSetup_2402.exe'), ...options }), undefined, false);

    test.each([undefined, false])('is a master image for Machine Creation Services (sysprep of the VDA: %s)', (sysprep) => {
      expect(scriptOf(without({ mcs: true, sysprep }).build!, 'CitrixVda')).toContain('/mastermcsimage');
    });

    test('is refused where it wants Sysprep', () => {
      expect(() => without({ mcs: true, sysprep: true })).toThrow(
        /^Web\/Base: component 'citrix-vda': the VDA is given sysprep true, and the image is built without Sysprep; expected the same of both; give the image `sysprep: true`/,
      );
    });
  });

  test('refused: Linux', () => {
    expect(() => phasesOf(Vda.citrix({ installer: media('x.exe') }), ParentImage.amazonLinux2023())).toThrow('runs only on Windows');
  });
});

describe('Amazon DCV', () => {
  test('on Windows is a package of Windows Installer', () => {
    const { build, test: tests } = phasesOf(Vda.dcv({ installer: media('dcv.msi') }));
    expect(scriptOf(build!, 'InstallMsi')).toContain('ADDLOCAL=ALL DISABLE_AUTOMATIC_SESSION_CREATION=1');
    expect(tests!.map(({ inputs }) => /dcvserver|LocalPort \d+/.exec(inputs.commands[0])![0])).toEqual(['dcvserver', 'LocalPort 8443']);
  });

  test('on Windows may begin with a session', () => {
    const { build } = phasesOf(Vda.dcv({ installer: media('dcv.msi'), automaticSessionOwner: 'Administrator' }));
    expect(scriptOf(build!, 'InstallMsi')).toContain('ADDLOCAL=ALL AUTOMATIC_SESSION_OWNER=Administrator');
  });

  test('on Linux is an archive of packages', () => {
    const { build, validate, test: tests } = phasesOf(Vda.dcv({ installer: media('dcv.tgz'), packages: ['nice-dcv-server'] }), ParentImage.amazonLinux2023());
    expect(scriptOf(build!, 'InstallDcv')).toMatch(/tar -xzf[^]*nice-dcv-server-\*\.rpm[^]*nice-dcv-server_\*\.deb[^]*systemctl enable dcvserver/);
    expect(validate![0]!.inputs.commands[0]).toContain('systemctl is-enabled dcvserver');
    expect(tests![0]!.inputs.commands[0]).toContain('sport = :8443');
  });

  test.each([['tcp LISTEN 0 128 *:8443 *:*', 0], ['', 1]])('on Linux the test sees whether the server listens (%#)', (listeners, status) => {
    const folder = mkdtempSync(join(tmpdir(), 'dcv-'));
    const fake = (name: string, text: string): void => writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    fake('systemctl', 'exit 0');
    fake('ss', `printf '%s' '${listeners}'`);
    fake('sleep', 'exit 0');
    const script = phasesOf(Vda.dcvTest(), ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04)).test![0]!.inputs.commands.join('\n');
    const run = spawnSync('bash', { input: script, env: { PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(run.status).toBe(status);
    expect(run.stderr).toBe(status === 0 ? '' : 'dcvserver does not listen on port 8443\n');
  });

  test('its script for Linux is valid bash', () => {
    const { build } = phasesOf(Vda.dcv({ installer: media('dcv.tgz') }), ParentImage.amazonLinux2023());
    expect(spawnSync('bash', ['-n'], { input: scriptOf(build!, 'InstallDcv') }).status).toBe(0);
  });

  test('the test can stand alone, on both platforms', () => {
    expect(Object.keys(phasesOf(Vda.dcvTest()))).toEqual(['test']);
    expect(phasesOf(Vda.dcvTest(), ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04)).test![0]!.action).toBe('ExecuteBash');
  });

  test.each([[[], 'the list of DCV packages is empty'], [['a b'], "the DCV package 'a b' is not valid"]])('refused: packages %j', (packages, message) => {
    expect(() => phasesOf(Vda.dcv({ installer: media('dcv.tgz'), packages }), ParentImage.amazonLinux2023())).toThrow(message);
  });
});

describe('Remote Desktop Session Host', () => {
  test('is a feature, with a restart if needed; the test wants the service and the listener', () => {
    const { build, validate, test: tests } = phasesOf(Vda.remoteDesktopSessionHost());
    expect(names(build!)).toEqual(['InstallFeature', 'RebootIfNeeded', 'RebootDone']);
    expect(validate![0]!.inputs.commands[0]).toContain("'RDS-RD-Server'");
    expect(tests!.map(({ inputs }) => /TermService|LocalPort \d+/.exec(inputs.commands[0])![0])).toEqual(['TermService', 'LocalPort 3389']);
  });

  test('knows its license servers', () => {
    const { build } = phasesOf(Vda.remoteDesktopSessionHost({ licensing: RemoteDesktopLicensing.PER_USER, licenseServers: ['a', 'b'] }));
    expect(build!.find(({ action }) => action === 'SetRegistry')!.inputs.map(({ name, value }: any) => [name, value])).toEqual([['LicensingMode', '4'], ['LicenseServers', 'a,b']]);
  });
});
