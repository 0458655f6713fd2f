import { documentOf, stepsOf } from './helpers';
import { file, programs, windows2025 } from './samples';
import {
  AppDeployToolkit, Chocolatey, Component, EnvironmentVariable, Exe, ExitCodes, Msi, PowerShellScript, RegistryType, ScheduledTask,
  ScheduledTaskTrigger, Source, WindowsAssert, WindowsFeature, WindowsRegistry, WindowsService, Winget, type Step,
} from '../../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, Platform, RoleImage } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { newStack } from '../../image/fixture';

const key = 'HKLM:\\SOFTWARE\\Example';
const daily = ScheduledTaskTrigger.daily;

test.each<[string, Step, string]>([
  ['an empty list of Chocolatey packages', Chocolatey.packages([]), 'a list of Chocolatey packages is empty'],
  ['a package without a version', Chocolatey.packages([{ name: 'git' }]), "the Chocolatey package 'git' has no version"],
  ['a range for a version', Chocolatey.packages([{ name: 'git', version: '[2.0,3.0)' }]), "the version '[2.0,3.0)' of 'git' is not valid"],
  ['a name that would be an option', Chocolatey.packages([{ name: '--force', version: '1' }]), "the name '--force' of a Chocolatey package"],
  ['a package twice', Chocolatey.packages([{ name: 'git', version: '1' }, { name: 'Git', version: '2' }]), "package 'Git' is defined twice"],
  ['Chocolatey from what is no package', Chocolatey.bootstrap(file('choco.zip')), "'choco.zip' is no package of Chocolatey"],
  ['an empty list of Winget packages', Winget.packages([]), 'a list of Winget packages is empty'],
  ['a Winget package without a version', Winget.packages([{ id: 'Git.Git' }]), "the Winget package 'Git.Git' has no version"],
  ['a Winget name for an id', Winget.packages([{ id: 'Git', version: '1' }]), "the name 'Git' of a Winget package is not valid"],
  ['an MSI that is none', Msi.install(file('setup.exe')), "'setup.exe' is no .msi file"],
  ['a transform that is none', Msi.install(file('a.msi'), { transforms: [file('b.msi')] }), "'b.msi' is no .mst file"],
  ['a private property', Msi.install(file('a.msi'), { properties: { InstallDir: 'C:\\a' } }), "'InstallDir' is no public property"],
  ['a product by its name', Msi.uninstall('Example'), "the product code 'Example' is not valid"],
  ['a setup program in an archive, unnamed', Exe.install(file('setup.zip')), "'setup.zip' is an archive, and no program in it is named"],
  ['a program within a program', Exe.install(file('setup.exe'), { program: 'a.exe' }), "is named in 'setup.exe', which is no archive"],
  ['a table without success', Exe.install(file('a.exe'), { exitCodes: ExitCodes.of({ success: [] }) }), 'has no code for success'],
  ['an exit code of 33 bits', Exe.install(file('a.exe'), { exitCodes: ExitCodes.of({ success: [0, 2 ** 32] }) }), 'the exit code 4294967296 is not valid'],
  ['a toolkit that is no archive', AppDeployToolkit.v4(file('app.exe')), "is named in 'app.exe', which is no archive"],
  ['a script that is none', PowerShellScript.asset(file('a.cmd')), 'is no script of PowerShell'],
  ['a parameter with its hyphen', PowerShellScript.inline('', { parameters: { '-Name': 'a' } }), "'-Name' is no name of a parameter"],
  ['a switch that injects', PowerShellScript.inline('', { switches: ['A; b'] }), "'A; b' is no name of a parameter"],
  ['a folder of scripts, unnamed', PowerShellScript.asset(file('scripts.zip')), 'is an archive, and no program in it is named'],
  ['no registry values', WindowsRegistry.set(), 'a list of registry values is empty'],
  ['a value in the hive of SYSTEM', WindowsRegistry.set({ path: 'HKCU:\\Software\\A', name: 'a', value: '1', type: RegistryType.SZ }), 'the hive of SYSTEM'],
  ['a number of too many bits', WindowsRegistry.set({ path: key, name: 'a', value: '4294967296', type: RegistryType.DWORD }), 'at most 4294967295'],
  ['a hexadecimal number', WindowsRegistry.set({ path: key, name: 'a', value: '0x1', type: RegistryType.QWORD }), "the registry value 'a' is '0x1'"],
  ['a service of which nothing is said', WindowsService.configure('w3svc', {}), "nothing is said of the service 'w3svc'"],
  ['a time that is none', ScheduledTask.register('a', { program: 'a.exe', trigger: daily('3am') }), "the time '3am' of a task is not valid"],
  ['a task in a folder', ScheduledTask.register('a\\b', { program: 'a.exe', trigger: ScheduledTaskTrigger.atStartup() }), "the name 'a\\b' of a task"],
  ['a variable with a space', EnvironmentVariable.machine('A B', 'c'), "the name 'A B' of an environment variable"],
  ['the search path as a variable', EnvironmentVariable.machine('Path', 'C:\\a'), 'for Path use addToPath'],
  ['two folders in one', EnvironmentVariable.addToPath('C:\\a;C:\\b'), 'cannot stand in the search path'],
  ['no features', WindowsFeature.install([]), 'a list of Windows features is empty'],
  ['a feature by its title', WindowsFeature.install(['Web Server (IIS)']), "the name 'Web Server (IIS)' of a feature is not valid"],
  ['no features to look for', WindowsAssert.featuresInstalled([]), 'a list of Windows features is empty'],
  ['a role service of IIS to look for that is none', WindowsAssert.featuresInstalled(['Web-Asp-Net54']), "'Web-Asp-Net54' does not exist; expected a role service of IIS"],
  ['a port that is none', WindowsAssert.portListening(70000), 'the port is 70000'],
  ['a status that is none', WindowsAssert.httpStatus('http://localhost/', { status: 99 }), 'the HTTP status is 99'],
])('%s is refused', (_, step, message) => {
  expect(() => documentOf({ buildSteps: [step] }, windows2025)).toThrow(message);
});

test('a checksum of the wrong length is refused', () => {
  const step = Exe.install(Source.https('https://example.com/setup.exe', 'abc'));
  expect(() => documentOf({ buildSteps: [step] }, windows2025)).toThrow(/SHA-256 'abc'/);
});

const all: [string, Step][] = [
  ...Object.entries(programs).map(([name, { step }]): [string, Step] => [name, step]),
  ['WindowsFeature', WindowsFeature.install(['Web-Server'])],
  ['WindowsRegistry', WindowsRegistry.set({ path: key, name: 'a', value: '1', type: RegistryType.SZ })],
  ['WindowsService', WindowsService.configure('a', {})],
  ['ScheduledTask', ScheduledTask.unregister('a')],
  ['EnvironmentVariable', EnvironmentVariable.remove('a')],
  ['WindowsAssert', WindowsAssert.serviceRunning('a')],
];

test.each(all)('%s on Linux is refused for its platform', (_, step) => {
  expect(() => documentOf({ buildSteps: [step] }, ParentImage.amazonLinux2023())).toThrow('runs only on Windows, and the image is Linux');
});

describe('Winget', () => {
  const winget = Winget.packages([{ id: 'Git.Git', version: '2.45.0' }]);

  test.each([OperatingSystemVersion.WINDOWS_SERVER_2019, OperatingSystemVersion.WINDOWS_SERVER_2022])('is refused on %s', (version) => {
    expect(() => documentOf({ buildSteps: [winget] }, ParentImage.windowsServer(version))).toThrow(`Winget is used on ${version}`);
  });

  test('is refused on a role of such a base', () => {
    const stack = newStack();
    const parent = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022), schedule: BuildSchedule.daily() });
    const components = [Component.fromSteps('Git', { buildSteps: [winget] })];
    expect(() => new RoleImage(stack, 'Role', { parent, components })).toThrow('Winget is used on Microsoft Windows Server 2022');
  });

  test('where the version is not known, the instance is asked', () => {
    const [install] = stepsOf(ParentImage.fromAmiId('ami-12345678', { platform: Platform.WINDOWS }), winget);
    expect(install!.inputs.commands[0]).toContain("throw 'Winget needs Windows Server 2025'");
    expect(install!.inputs.commands[0]).toContain("throw 'Winget does not run on Server Core'");
  });
});
