import { parse } from 'yaml';
import { stepsOf, textOf } from './helpers';
import { file, windows2025 } from './samples';
import {
  AppDeployToolkit, Chocolatey, DeploymentType, Exe, ExitCodes, Msi, PowerShellScript, Winget, type Step,
} from '../../../src/component';

const steps = (...given: Step[]): any[] => parse(textOf(...given)).phases[0].steps;
const named = (name: string, ...given: Step[]): any[] => steps(...given).filter((step) => step.name.replace(/\d+$/, '') === name);
const script = (name: string, ...given: Step[]): string => named(name, ...given)[0]!.inputs.commands.join('\n');
/** What the program gets, as the script writes it. */
const argumentsOf = (text: string): string => /^\$start\.Arguments = (.*)$/m.exec(text)![1]!;

test('a package that removes itself, or is still held, is no failure', () => {
  const text = script('RemoveMedia', Exe.install(file('a.exe')));
  expect(text).toMatch(/for \(\$try = 1; \(Test-Path -LiteralPath \$media\) -and \$try -le 10; \$try\+\+\) \{\n {2}try \{ Remove-Item .* \} catch/);
  expect(text).toContain("'stays for now, in use: {0}' -f $media");
  expect(text).not.toContain('throw');
});

test('a script that holds double braces travels as an asset, and its exit code is still the one of the step', () => {
  const step = Exe.install(file('a.exe'), { arguments: ['{{x}}'], exitCodes: ExitCodes.of({ retryAfterReboot: [9] }) });
  const install = stepsOf(windows2025, step).find(({ name }) => name.startsWith('InstallExe'));
  expect(install!.inputs.commands[0]).toMatch(/-File '[^']+\.ps1'\nif \(\$LASTEXITCODE -ne 0\) \{ exit \$LASTEXITCODE \}/);
});

describe('Msi', () => {
  test('downloads, checks, installs, restarts where that is asked for, and leaves nothing behind', () => {
    expect(steps(Msi.install(file('agent.msi'))).map(({ action }) => action)).toEqual([
      'ExecutePowerShell', 'S3Download', 'Assert', 'ExecutePowerShell', 'Reboot', 'DeleteFile', 'ExecutePowerShell',
    ]);
  });

  test('is silent, never restarts by itself, and writes a log whose end is shown', () => {
    const text = script('InstallMsi', Msi.install(file('agent.msi')));
    expect(argumentsOf(text)).toBe("'/i C:\\Windows\\Temp\\golden-images\\agent.msi /qn /norestart /L*v C:\\Windows\\Temp\\agent.msi.log'");
    expect(text).toContain("Get-Content -LiteralPath 'C:\\Windows\\Temp\\agent.msi.log' -Tail 60");
    expect(text).toContain("$start.FileName = 'C:\\Windows\\System32\\msiexec.exe'");
  });

  test('quotes the values of properties, and them alone', () => {
    const properties = { INSTALLDIR: 'C:\\Program Files\\A', NAME: 'say "a"', EMPTY: '', LEVEL: '1', OWNER: "O'Neil" };
    expect(argumentsOf(script('InstallMsi', Msi.install(file('a.msi'), { properties })))).toContain(
      ' INSTALLDIR="C:\\Program Files\\A" NAME="say ""a""" EMPTY="" LEVEL=1 OWNER=O\'\'Neil\'',
    );
  });

  test('applies transforms in their order, and removes them afterwards', () => {
    const step = Msi.install(file('a.msi'), { transforms: [file('b.mst'), file('c d.mst')] });
    const folder = 'C:\\Windows\\Temp\\golden-images\\';
    expect(argumentsOf(script('InstallMsi', step))).toContain(`TRANSFORMS="${folder}b.mst;${folder}c d.mst"`);
    expect(named('RemoveMedia', step).map(({ inputs }) => /^\$media = '(.*)'$/m.exec(inputs.commands[0])![1])).toEqual(['a.msi', 'b.mst', 'c d.mst'].map((name) => folder + name));
  });

  test('wants a valid signature, unless told otherwise', () => {
    expect(script('InstallMsi', Msi.install(file('a.msi')))).toContain("if ($signature.Status -ne 'Valid') { throw");
    expect(script('InstallMsi', Msi.install(file('a.msi'), { allowUnsigned: true }))).not.toContain('signature');
  });

  test('is removed by its product code', () => {
    const text = script('UninstallMsi', Msi.uninstall('{12345678-1234-1234-1234-123456789abc}'));
    expect(argumentsOf(text)).toContain('/x {12345678-1234-1234-1234-123456789abc} /qn /norestart');
  });
});

describe('Exe', () => {
  test('arguments reach the program as they were given', () => {
    const text = script('InstallExe', Exe.install(file('setup.exe'), { arguments: ['/S', '/D=C:\\Program Files\\A\\', 'say "a"', "it's $x `y"], commandLine: '/v"/qn"' }));
    expect(argumentsOf(text)).toBe('\'/S "/D=C:\\Program Files\\A\\\\" "say \\"a\\"" "it\'\'s $x `y" /v"/qn"\'');
  });

  test('a program within an archive is run from where it was unpacked', () => {
    const step = Exe.install(file('suite.zip'), { program: 'x64\\setup.exe', log: 'C:\\setup.log' });
    expect(script('InstallExe', step)).toContain("$start.FileName = 'C:\\Windows\\Temp\\golden-images\\suite\\x64\\setup.exe'");
    expect(script('Unpack', step)).toContain("& robocopy.exe 'C:\\gi-zip' 'C:\\Windows\\Temp\\golden-images\\suite'");
    expect(script('RemoveMedia', step)).toContain("$media = 'C:\\Windows\\Temp\\golden-images\\suite'");
    expect(script('InstallExe', step)).toContain("if (Test-Path -LiteralPath 'C:\\setup.log')");
  });

  test('letters beyond ASCII, and quotes of every kind, are still text', () => {
    const exitCodes = ExitCodes.of({ failures: { 5: 'Zugriff ’verweigert’: für alle' } });
    const text = script('InstallExe', Exe.install(file('setup.exe'), { exitCodes, arguments: ['ü'] }));
    expect(argumentsOf(text)).toBe("('' + [char]0x00FC)");
    expect(text).toContain("'5' = ('Zugriff ' + [char]0x2019 + 'verweigert' + [char]0x2019 + ': f' + [char]0x00FC + 'r alle')");
  });
});

describe('what cannot run, or is busy', () => {
  test.each([['a.msu', 'wusa.exe'], ['a.MSI', 'Msi.install'], ['a.ps1', 'PowerShellScript'], ['a.cab', 'Dism.exe'], ['a.bin', 'correct the source']])(
    '%s is no program', (name, fix) => {
      expect(() => steps(Exe.install(file(name)))).toThrow(new RegExp(`'${name}' is no program that Windows can start.*${fix}`));
    });

  test('an archive in capitals is one', () => {
    expect(script('InstallExe', Exe.install(file('SUITE.ZIP'), { program: 'a.exe' }))).toContain("'C:\\Windows\\Temp\\golden-images\\SUITE\\a.exe'");
  });

  test('another installation is waited for, within a limit, in every table that knows of it', () => {
    for (const [name, step, code] of [
      ['InstallMsi', Msi.install(file('a.msi')), 1618], ['InstallExe', Exe.install(file('a.exe')), 1618],
      ['DeployApplication', AppDeployToolkit.v4(file('a.zip')), 1618], ['InstallPackage', Chocolatey.packages([{ name: 'a', version: '1' }]), 1618],
      ['InstallPackage', Winget.packages([{ id: 'A.B', version: '1' }]), -1978334974],
    ] as const) {
      expect(script(name, step)).toContain(`if ($try -ge 20 -or @(${code}) -notcontains $code) { break }`);
    }
  });
});

describe('AppDeployToolkit', () => {
  test('is told to hand on that a restart is needed, where its script takes that', () => {
    const text = script('DeployApplication', AppDeployToolkit.v3(file('app.zip')));
    expect(text).toContain("$start.FileName = 'C:\\Windows\\Temp\\golden-images\\app\\Deploy-Application.exe'");
    expect(argumentsOf(text)).toBe("'-DeploymentType Install -DeployMode Silent' + $handOn");
    expect(text).toContain("ParseInput((Get-Content -LiteralPath 'C:\\Windows\\Temp\\golden-images\\app\\Deploy-Application.ps1' -Raw)");
    expect(text).toContain("if ($parameters -contains 'AllowRebootPassThru') { ' -AllowRebootPassThru' } else { '' }");
  });

  test('version 4 is asked, too: before 4.1 it must be told', () => {
    const step = AppDeployToolkit.v4(file('app.zip'), { deploymentType: DeploymentType.UNINSTALL, folder: 'package', arguments: ['-Site', 'Bad Ems'] });
    expect(script('DeployApplication', step)).toContain("\\app\\package\\Invoke-AppDeployToolkit.exe'");
    expect(argumentsOf(script('DeployApplication', step))).toBe("'-DeploymentType Uninstall -DeployMode Silent -Site \"Bad Ems\"' + $handOn");
    expect(script('DeployApplication', step)).not.toContain('Suppress');
  });
});

describe('Chocolatey', () => {
  const git = { name: 'git', version: '2.45.0', parameters: "/NoIcons /Dir:'C:\\Program Files\\Git'" };

  test('is silent and pinned', () => {
    expect(argumentsOf(script('InstallPackage', Chocolatey.packages([git])))).toBe(
      "'install git --version=2.45.0 -y --no-progress --limit-output \"--package-parameters=/NoIcons /Dir:''C:\\Program Files\\Git''\"'",
    );
    expect(script('ConfigureChocolatey', Chocolatey.packages([git]))).toContain("& $choco 'feature' 'enable' '--name=stopOnFirstPackageFailure'");
  });

  test('restarts where its setup had to install .NET Framework 4.8, and fails by name where that did not help', () => {
    const restart = "if ($release -lt 528040) { '.NET Framework 4.8 was missing: restart'; New-Item";
    expect(script('InstallChocolatey', Chocolatey.bootstrap(file('chocolatey.2.4.1.nupkg')))).toContain(restart);
    expect(script('CheckChocolatey', Chocolatey.bootstrap(file('chocolatey.2.4.1.nupkg')))).toContain('if ($release -lt 528040) { throw');
    expect(script('InstallChocolatey', Chocolatey.bootstrap(file('chocolatey.1.4.0.nupkg')))).not.toContain('528040');
  });

  test('with an internal source takes nothing from the community', () => {
    const step = Chocolatey.packages([git], { source: 'https://packages.example.com/v2' });
    expect(script('ConfigureChocolatey', step)).toContain("& $choco 'source' 'disable' '--name=chocolatey'");
    expect(argumentsOf(script('InstallPackage', step))).toContain('--source=https://packages.example.com/v2');
    expect(script('ConfigureChocolatey', Chocolatey.packages([git]))).not.toContain('disable');
  });

  test('restarts after each package that asks for it', () => {
    const step = Chocolatey.packages([git, { name: 'notepadplusplus' }], { allowUnpinned: true });
    expect(steps(step).map(({ name }) => name.replace(/\d+$/, ''))).toEqual([
      'ConfigureChocolatey', 'InstallPackage', 'RebootIfNeeded', 'RebootDone', 'InstallPackage', 'RebootIfNeeded', 'RebootDone',
    ]);
  });

  test('itself comes from its package, and knows of itself', () => {
    const step = Chocolatey.bootstrap(file('chocolatey.2.4.1.nupkg'));
    expect(script('InstallChocolatey', step)).toContain("'C:\\Windows\\Temp\\golden-images\\chocolatey.2.4.1')");
    expect(argumentsOf(script('InstallChocolatey', step))).toMatch(/-File C:.*\\chocolatey\.2\.4\.1\\tools\\chocolateyInstall\.ps1'$/);
    expect(script('CheckChocolatey', step)).toMatch(/& \$choco '--version'[\s\S]*chocolatey\.nupkg/);
  });
});

describe('Winget', () => {
  const step = Winget.packages([{ id: 'Git.Git', version: '2.45.0', installerArguments: '/NoIcons' }]);

  test('is run from where it lies, silent, pinned and for all users', () => {
    expect(script('InstallPackage', step)).toContain("'WindowsApps\\Microsoft.DesktopAppInstaller_*_x64__8wekyb3d8bbwe\\winget.exe'");
    expect(argumentsOf(script('InstallPackage', step))).toBe(
      "'install --exact --id Git.Git --version 2.45.0 --scope machine --silent --accept-package-agreements --accept-source-agreements "
      + "--disable-interactivity --source winget --custom /NoIcons'",
    );
  });

  test('what was there already must be of the wanted version', () => {
    expect(script('InstallPackage', step)).toMatch(/if \(@\(0, -1978334967, -1978334965\) -notcontains \$code\) \{[^]*Escape\('Git\.Git'\), \[regex\]::Escape\('2\.45'\)[^]*-notmatch \$row\) \{ throw/);
  });

  test('what Sysprep stumbles over is removed at the end', () => {
    expect(steps(step).at(-1).inputs.commands[0]).toMatch(/Remove-AppxPackage -Package \$_\.PackageFullName -AllUsers[\s\S]*throw \('Sysprep would fail/);
  });
});

describe('PowerShellScript', () => {
  test('parameters are texts, whatever is in them', () => {
    const parameters = { Site: "O'Neil $env:X `n", Number: '5' };
    const text = script('RunScript', PowerShellScript.asset(file('a.ps1'), { parameters, switches: ['Force'] }));
    expect(text).toContain("& 'C:\\Windows\\Temp\\golden-images\\a.ps1' -Site:'O''Neil $env:X `n' -Number:'5' -Force");
    expect(text.indexOf('$global:LASTEXITCODE = 0')).toBeLessThan(text.indexOf('& '));
  });

  test('one in the app travels as an asset, so that braces and any letter may be in it', () => {
    const found = stepsOf(windows2025, PowerShellScript.inline("'{{ ü }}'"));
    expect(found.map(({ action }) => action)).toEqual([
      'ExecutePowerShell', 'S3Download', 'Assert', 'ExecutePowerShell', 'Reboot', 'DeleteFile', 'ExecutePowerShell',
    ]);
    expect(found[1]!.inputs[0].destination).toMatch(/\\script-[0-9a-f]{8}\.ps1$/);
  });

  test('one in an archive is run beside its files', () => {
    const text = script('RunScript', PowerShellScript.asset(file('kit.zip'), { script: 'bin\\a.ps1' }));
    expect(text).toContain("Set-Location -LiteralPath 'C:\\Windows\\Temp\\golden-images\\kit\\bin'");
  });
});
