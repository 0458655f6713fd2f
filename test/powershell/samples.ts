import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { parse } from 'yaml';
import { Agents, OperatingSystem, RemoteDesktopLicensing, Vda, WebServer, WindowsBaseline } from '../../src/catalog';
import {
  AppDeployToolkit, Chocolatey, Component, Condition, EnvironmentVariable, Exe, Msi, PowerShellScript,
  RegistryType, RuntimeSecret, ScheduledTask, ScheduledTaskTrigger, SecretScript, ServiceStartupType, ServiceState, Source, Step,
  WindowsAssert, WindowsFeature, WindowsRegistry, WindowsService, WindowsUpdate, Winget,
} from '../../src/component';
import { StepsDefinition } from '../../src/component/steps-definition';
import { Platform } from '../../src/image';
import { PackerScript } from '../../src/packer';
import { OperatingSystemVersion } from '../../src/platform';
import { documentOf, media } from '../catalog/windows-support';
import { file } from '../component/windows/samples';
import { newStack } from '../image/fixture';

type Sample = Step | Component;

/** Ways to use each export that makes something for Windows, by `Class.method`. */
export const SAMPLES: Record<string, () => Sample[]> = {
  'AppDeployToolkit.v3': () => [AppDeployToolkit.v3(file('app.zip'), { folder: 'a', arguments: ['-X', "it's"] })],
  'AppDeployToolkit.v4': () => [AppDeployToolkit.v4(file('app.zip'))],
  'Chocolatey.bootstrap': () => [Chocolatey.bootstrap(file('chocolatey.2.4.1.nupkg'))],
  'Chocolatey.packages': () => [
    Chocolatey.packages([{ name: 'git', version: '2.45.0', parameters: '/A "b c"' }], { source: 'https://packages.example.com/v2' }),
    Chocolatey.packages([{ name: 'git' }, { name: 'vim' }], { allowUnpinned: true }),
  ],
  'EnvironmentVariable.machine': () => [EnvironmentVariable.machine('A', "ü'$x")],
  'EnvironmentVariable.remove': () => [EnvironmentVariable.remove('A')],
  'EnvironmentVariable.addToPath': () => [EnvironmentVariable.addToPath('C:\\Tools')],
  'Exe.install': () => [Exe.install(file('setup.exe'), { arguments: ['/S'], log: 'C:\\a.log' }), Exe.install(file('a.zip'), { program: 'a.exe' })],
  'Msi.install': () => [
    Msi.install(file('a.msi'), { properties: { A: 'b "c"' }, transforms: [file('a.mst')] }), Msi.install(file('a.msi'), { allowUnsigned: true }),
  ],
  'Msi.uninstall': () => [Msi.uninstall('{12345678-1234-1234-1234-123456789ABC}')],
  'PowerShellScript.inline': () => [PowerShellScript.inline("'{{ ü }}'", { parameters: { A: 'b' }, switches: ['C'] })],
  'PowerShellScript.file': () => [PowerShellScript.file(join(__dirname, 'static', 'sample.ps1'))],
  'PowerShellScript.asset': () => [PowerShellScript.asset(file('kit.zip'), { script: 'a.ps1' })],
  'ScheduledTask.register': () => [
    ScheduledTask.register('a', { program: 'C:\\a.exe', commandLine: '-x', trigger: ScheduledTaskTrigger.daily('03:00') }),
    ScheduledTask.register('b', { program: 'C:\\a.exe', trigger: ScheduledTaskTrigger.atStartup() }),
  ],
  'ScheduledTask.unregister': () => [ScheduledTask.unregister('a')],
  'SecretScript.powershell': () => [secretStep()],
  'Step.powershell': () => [Step.powershell('Get-Service', 'Get-Process'), Step.powershell("'{{ braces }}'"), Step.powershell(`'${'x'.repeat(20_000)}'`)],
  'Step.updateOs': () => [Step.updateOs()],
  'Step.download': () => [Step.download(file('a.zip'), 'C:\\a'), Step.download(file('a.txt'), 'C:\\b\\a.txt')],
  'Step.reboot': () => [Step.reboot()],
  'Step.assertThat': () => [Step.assertThat(Condition.fileExists('C:\\a'))],
  'Step.sequence': () => [Step.sequence(Step.powershell('Get-Service'))],
  'WindowsAssert.serviceRunning': () => [WindowsAssert.serviceRunning("o'svc")],
  'WindowsAssert.portListening': () => [WindowsAssert.portListening(80)],
  'WindowsAssert.httpStatus': () => [WindowsAssert.httpStatus('http://localhost/', { status: 401 })],
  'WindowsAssert.featuresInstalled': () => [WindowsAssert.featuresInstalled(['Web-Server', 'Web-Asp-Net45'])],
  'WindowsAssert.fileExists': () => [WindowsAssert.fileExists('C:\\a')],
  'WindowsFeature.install': () => [
    WindowsFeature.install(['Web-Server'], { includeManagementTools: true, includeAllSubFeature: true, sourceFolder: 'D:\\sxs' }),
  ],
  'WindowsFeature.uninstall': () => [WindowsFeature.uninstall(['Telnet-Client'])],
  'WindowsRegistry.set': () => [WindowsRegistry.set({ path: 'HKLM:\\SOFTWARE\\A', name: 'B', value: '1', type: RegistryType.DWORD })],
  'WindowsService.configure': () => Object.values(ServiceStartupType).flatMap((startupType) =>
    [ServiceState.RUNNING, ServiceState.STOPPED].map((state) => WindowsService.configure('a', { startupType, state }))),
  'WindowsUpdate.install': () => [
    WindowsUpdate.install(), WindowsUpdate.install({ filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'], updateLimit: 25 }),
  ],
  'WindowsUpdate.checkNoRestartPending': () => [WindowsUpdate.checkNoRestartPending()],
  'Winget.packages': () => [Winget.packages([{ id: 'Git.Git', version: '2.45.0', installerArguments: '/A' }])],
  'Agents.cloudWatch': () => [Agents.cloudWatch()],
  'OperatingSystem.windowsUpdates': () => [OperatingSystem.windowsUpdates()],
  'Vda.citrix': () => [
    Vda.citrix({ installer: media('vda.exe'), optimizer: { source: media('optimizer.zip'), template: 't.xml' }, controllers: ['a', 'b'] }),
  ],
  'Vda.dcv': () => [Vda.dcv({ installer: media('dcv.msi'), automaticSessionOwner: 'Administrator' })],
  'Vda.dcvTest': () => [Vda.dcvTest()],
  'Vda.remoteDesktopSessionHost': () => [
    Vda.remoteDesktopSessionHost({ licensing: RemoteDesktopLicensing.PER_USER, licenseServers: ['a'] }),
  ],
  'WebServer.iis': () => [WebServer.iis({ dotnetHostingBundle: { source: media('dotnet-hosting-8.0.11-win.exe') }, features: ['Web-Asp-Net45'] })],
  'WindowsBaseline.cis': () => [WindowsBaseline.cis()],
  'WindowsBaseline.timeSync': () => [WindowsBaseline.timeSync()],
  'WindowsBaseline.ssmAgentCheck': () => [WindowsBaseline.ssmAgentCheck()],
  'WindowsBaseline.cleanForImaging': () => [WindowsBaseline.cleanForImaging(), WindowsBaseline.cleanForImaging({ resetBase: true })],
  'PackerScript.powershell': () => [PackerScript.powershell(["'it''s {{ ü }}'"], { environment: { A: "'" }, validExitCodes: [0, 3010] })],
  'PackerScript.pwsh': () => [PackerScript.pwsh(["'a'"])],
  'PackerScript.batch': () => [PackerScript.batch(['echo a'])],
};

const secretStep = (): Step => SecretScript.powershell({ TOKEN: RuntimeSecret.parameterName('app/token') }, 'Get-Service');

const bindOptions = (stack: ReturnType<typeof newStack>) => ({
  platform: Platform.WINDOWS,
  architecture: InstanceArchitecture.X86_64,
  osVersion: OperatingSystemVersion.WINDOWS_SERVER_2025,
  grantee: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
});

/** The document of a step or a component. */
export function documentFor(sample: Sample): string {
  if (sample instanceof Component) return documentOf(sample);
  const stack = newStack('Documents');
  return new StepsDefinition('Mine', { buildSteps: [sample] }).render(stack, bindOptions(stack)).text;
}

/** Scripts of PowerShell in a document: the commands of each step, by phase and name. */
export function scriptsIn(document: string): [name: string, text: string][] {
  return parse(document).phases.flatMap(({ name: phase, steps }: any) => steps.flatMap(({ name, action, inputs }: any) =>
    (action === 'ExecutePowerShell' ? [[`${phase}-${name}`, inputs.commands.join('\n')]] : [])));
}

/** Scripts that travel as assets of an app. */
export const assetsIn = (outdir: string): [name: string, text: string][] => readdirSync(outdir, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ps1')).map((path) => [`asset-${path.slice(0, 20)}`, readFileSync(join(outdir, path), 'utf8')]);

/** All scripts of a sample, those that travel as assets too. */
export function scriptsOf(sample: Sample): [name: string, text: string][] {
  if (sample instanceof Component) return scriptsIn(documentOf(sample));
  const stack = newStack('Documents');
  const { text } = new StepsDefinition('Mine', { buildSteps: [sample] }).render(stack, bindOptions(stack));
  return [...scriptsIn(text), ...assetsIn((stack.node.root as any).outdir)];
}

/** A component of which no document fits into a template. */
export const large = (): Component => Component.fromSteps('large', {
  buildSteps: [WindowsUpdate.install(), ...Array.from({ length: 20 }, (_, index) => Step.powershell(`'${index}${'x'.repeat(900)}'`))],
  testSteps: [PowerShellScript.asset(Source.text('a.ps1', "'a'"))],
});
