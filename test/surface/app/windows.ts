import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { Secrets } from './linux';
import { FILES, type Shelf } from './shelf';
import {
  AppDeployToolkit,
  Chocolatey,
  Component,
  DeploymentType,
  DeployMode,
  EnvironmentVariable,
  Exe,
  ExitCodes,
  Msi,
  PackerScript,
  PowerShellScript,
  RegistryType,
  RuntimeSecret,
  ScheduledTask,
  ScheduledTaskTrigger,
  SecretScript,
  ServiceStartupType,
  ServiceState,
  Source,
  Step,
  WindowsAssert,
  WindowsFeature,
  WindowsRegistry,
  WindowsService,
  WindowsUpdate,
  Winget,
} from 'cdk-golden-images';

/** Every step of Windows, in components that a role image could have. */
export function windowsComponents(shelf: Shelf, secrets: Secrets): Component[] {
  return [installers(shelf), toolkits(shelf), packages(shelf), scripts(secrets), system(), checks()];
}

const codes = (): ExitCodes =>
  ExitCodes.of({
    success: [0],
    successWithReboot: [3010],
    retryAfterReboot: [3017],
    retryLater: [1618],
    failures: { 1603: 'the installer failed' },
  }).extended({ success: [1] });

const installers = (shelf: Shelf): Component =>
  Component.fromSteps('installers', {
    buildSteps: [
      Msi.install(shelf.object('agent.msi'), {
        properties: { ALLUSERS: '1' },
        transforms: [shelf.object('agent.mst')],
        log: 'C:\\agent.log',
        allowUnsigned: true,
        exitCodes: ExitCodes.windowsInstaller(),
      }),
      Msi.uninstall('{12345678-1234-1234-1234-123456789012}'),
      Exe.install(shelf.object('setup.zip'), {
        program: 'setup.exe',
        arguments: ['/S'],
        exitCodes: codes(),
        log: 'C:\\setup.log',
      }),
      Exe.install(shelf.object('plain.exe'), { commandLine: '/quiet /norestart' }),
    ],
  });

const toolkits = (shelf: Shelf): Component =>
  Component.fromSteps('toolkits', {
    buildSteps: [
      ...Object.values(DeploymentType).map((deploymentType) =>
        AppDeployToolkit.v3(shelf.object('v3.zip'), { deploymentType, deployMode: DeployMode.SILENT }),
      ),
      AppDeployToolkit.v4(shelf.object('v4.zip'), {
        deployMode: DeployMode.NON_INTERACTIVE,
        folder: 'App',
        arguments: ['-AllowRebootPassThru'],
        exitCodes: AppDeployToolkit.exitCodes(),
      }),
    ],
  });

const packages = (shelf: Shelf): Component =>
  Component.fromSteps('packages', {
    buildSteps: [
      Chocolatey.bootstrap(shelf.object('chocolatey.2.3.0.nupkg')),
      Chocolatey.packages([{ name: 'git', version: '2.45.1', parameters: '/NoShortcut' }, { name: 'jq' }], {
        source: 'https://feed.example.com/v2',
        allowUnpinned: true,
      }),
      Winget.packages([{ id: 'Git.Git', version: '2.45.1', installerArguments: '/NORESTART' }, { id: 'jqlang.jq' }], {
        source: 'winget',
        allowUnpinned: true,
        visualCppRedistributable: shelf.object('vc_redist.x64.exe'),
      }),
      WindowsFeature.install(['Web-Server'], {
        includeManagementTools: true,
        includeAllSubFeature: true,
        sourceFolder: 'C:\\sxs',
      }),
      WindowsFeature.uninstall(['Telnet-Client']),
      WindowsUpdate.install({ maxPasses: 2 }),
    ],
  });

const scripts = ({ secret }: Secrets): Component =>
  Component.fromSteps('scripts', {
    buildSteps: [
      Step.powershell('Write-Output hello'),
      SecretScript.powershell(
        { TOKEN: RuntimeSecret.secretsManager(secret, { jsonField: 'token' }) },
        'if (-not $env:TOKEN) { throw "no token" }',
      ),
      PowerShellScript.inline('param($Colour, [switch]$Loud) Write-Output $Colour', {
        parameters: { Colour: 'blue' },
        switches: ['Loud'],
        exitCodes: codes(),
      }),
      PowerShellScript.file(join(FILES, 'script.ps1')),
      PowerShellScript.asset(Source.asset(join(FILES, 'scripts')), { script: 'run.ps1' }),
      PackerScript.powershell(['Write-Output hello'], { label: 'hello', inline: true }),
      PackerScript.pwsh(['Write-Output hello']),
      PackerScript.batch(['echo hello']),
    ],
  });

const system = (): Component =>
  Component.fromSteps('system', {
    buildSteps: [
      EnvironmentVariable.machine('APP_MODE', 'production'),
      EnvironmentVariable.remove('APP_OLD'),
      EnvironmentVariable.addToPath('C:\\Tools'),
      ScheduledTask.register('Tidy', {
        program: 'C:\\Tools\\tidy.exe',
        commandLine: '/all',
        trigger: ScheduledTaskTrigger.daily('03:00'),
      }),
      ScheduledTask.register('Start', { program: 'C:\\Tools\\start.exe', trigger: ScheduledTaskTrigger.atStartup() }),
      ScheduledTask.unregister('Old'),
      WindowsRegistry.set({ path: 'HKLM:\\SOFTWARE\\App', name: 'Mode', value: 'production', type: RegistryType.SZ }),
      ...Object.values(ServiceStartupType).map((startupType) => WindowsService.configure('Spooler', { startupType })),
      ...Object.values(ServiceState).map((state) => WindowsService.configure('Spooler', { state })),
      Step.reboot(),
    ],
  });

const checks = (): Component =>
  Component.fromSteps('checks', {
    validateSteps: [
      WindowsAssert.featuresInstalled(['Web-Server']),
      WindowsAssert.fileExists('C:\\Tools\\tidy.exe'),
      WindowsUpdate.checkNoRestartPending({ within: Duration.minutes(5) }),
    ],
    testSteps: [
      WindowsAssert.serviceRunning('W3SVC', { within: Duration.minutes(3) }),
      WindowsAssert.portListening(80, { within: Duration.minutes(3) }),
      WindowsAssert.httpStatus('http://localhost/', { status: 200, within: Duration.minutes(3) }),
    ],
  });
