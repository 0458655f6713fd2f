import { Duration } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { textOf } from './helpers';
import {
  EnvironmentVariable, RegistryType, ScheduledTask, ScheduledTaskTrigger, ServiceStartupType, ServiceState, WindowsAssert, WindowsFeature,
  WindowsRegistry, WindowsService, type Step,
} from '../../../src/component';

const first = (step: Step): any => parse(textOf(step)).phases[0].steps[0];
const script = (step: Step): string => first(step).inputs.commands.join('\n');

test('registry values are those of the module', () => {
  const value = { path: 'HKLM:\\SOFTWARE\\Example', name: 'Level', value: '3', type: RegistryType.DWORD };
  expect(first(WindowsRegistry.set(value))).toEqual({ name: 'SetRegistry1', action: 'SetRegistry', inputs: [value] });
});

test('a service gets its startup type and its state', () => {
  const text = script(WindowsService.configure("o'svc", { startupType: ServiceStartupType.AUTOMATIC_DELAYED, state: ServiceState.RUNNING }));
  expect(text).toContain("Get-Service -Name 'o''svc'");
  expect(text).toMatch(/sc\.exe" config \$service\.Name start= delayed-auto\nif \(\$LASTEXITCODE -ne 0\) \{ throw/);
  expect(text).toMatch(/\$service \| Start-Service\n\$service\.WaitForStatus\('Running'/);
  expect(script(WindowsService.configure('a', { state: ServiceState.STOPPED }))).toMatch(/Stop-Service -Force\n.*'Stopped'/);
  expect(script(WindowsService.configure('a', { state: ServiceState.STOPPED }))).not.toContain('sc.exe');
});

test.each([
  [ScheduledTaskTrigger.atStartup(), 'New-ScheduledTaskTrigger -AtStartup'],
  [ScheduledTaskTrigger.daily('03:30'), "New-ScheduledTaskTrigger -Daily -At '03:30'"],
])('a task runs as SYSTEM', (trigger, expected) => {
  const text = script(ScheduledTask.register('Backup $x', { program: 'C:\\a b.exe', commandLine: '-q "x"', trigger }));
  expect(text).toContain(expected);
  expect(text).toContain("New-ScheduledTaskAction -Execute 'C:\\a b.exe' -Argument '-q \"x\"'");
  expect(text).toContain("Register-ScheduledTask -TaskName 'Backup $x' -Action $action -Trigger $trigger -User 'SYSTEM' -RunLevel Highest -Force");
});

test('a task is removed, if it is there', () => {
  expect(script(ScheduledTask.unregister('a'))).toContain("$_.TaskName -eq 'a' } | Unregister-ScheduledTask -Confirm:$false");
});

test('environment variables are those of the machine', () => {
  expect(script(EnvironmentVariable.machine('A', '$x `y'))).toContain("[Environment]::SetEnvironmentVariable('A', '$x `y', 'Machine')");
  expect(script(EnvironmentVariable.remove('A'))).toContain("SetEnvironmentVariable('A', $null, 'Machine')");
});

test('the search path keeps its variables, and has a folder once', () => {
  const text = script(EnvironmentVariable.addToPath('C:\\Tools'));
  expect(text).toMatch(/'DoNotExpandEnvironmentNames'[\s\S]*-notcontains \$folder[\s\S]*'ExpandString'/);
});

test('features are installed, and restart where that is needed', () => {
  const step = WindowsFeature.install(['Web-Server', 'NET-Framework-Core'], {
    includeManagementTools: true, includeAllSubFeature: true, sourceFolder: 'D:\\sxs',
  });
  const text = script(step);
  expect(text).toContain("Install-WindowsFeature -Name 'Web-Server', 'NET-Framework-Core' -IncludeManagementTools -IncludeAllSubFeature -Source 'D:\\sxs'");
  expect(text).toMatch(/-eq 'FailedRestartRequired' -and -not \$retried\) \{ New-Item .*golden-images-retry\.flag.*exit 3010 \}/);
  expect(text).toContain('if (-not $result.Success) { throw');
  expect(text).toMatch(/if \(\$result\.RestartNeeded -ne 'No'\) \{ New-Item .*golden-images-reboot\.flag/);
  expect(parse(textOf(step)).phases[0].steps.map(({ action }: any) => action)).toEqual(['ExecutePowerShell', 'Reboot', 'DeleteFile']);
  expect(script(WindowsFeature.uninstall(['Telnet-Client']))).toContain("Uninstall-WindowsFeature -Name 'Telnet-Client'");
});

test('assertions wait for what is still starting', () => {
  const text = script(WindowsAssert.serviceRunning('W3SVC', { within: Duration.seconds(30) }));
  expect(text).toContain("[bool]((Get-Service -Name 'W3SVC').Status -eq 'Running')");
  expect(text).toContain('AddSeconds(30)');
  expect(text).toMatch(/if \(-not \$holds\) \{ throw \('\{0\}: not so\. \{1\}' -f 'the service W3SVC runs', \$last\) \}$/);
  expect(script(WindowsAssert.portListening(3389))).toContain('Get-NetTCPConnection -State Listen -LocalPort 3389');
  expect(script(WindowsAssert.portListening(3389))).toContain('AddSeconds(120)');
});

test('an HTTP status is compared also where it is an error for the client', () => {
  const text = script(WindowsAssert.httpStatus("http://localhost/o'x", { status: 401 }));
  expect(text).toContain("Create('http://localhost/o''x')");
  expect(text).toContain('Test-Status 401');
  expect(text).toContain('$response = $each.Response');
  expect(text).toContain('if ($came -ne $wanted) { throw "the status is $came" }');
  expect(script(WindowsAssert.httpStatus('http://localhost/'))).toContain('Test-Status 200');
});

test('features that nobody knows are not installed', () => {
  expect(script(WindowsAssert.featuresInstalled(['Web-Server', 'Web-Mgmt-Tools']))).toContain(".Count -ne 2) { throw 'one of the features is not known' }");
});

test('a file is asserted by the module', () => {
  expect(first(WindowsAssert.fileExists('C:\\a'))).toEqual({ name: 'Assert1', action: 'Assert', inputs: { fileExists: 'C:\\a' } });
});

test('every script is balanced', () => {
  const steps = [
    WindowsAssert.httpStatus('http://a/'), WindowsAssert.featuresInstalled(['a']), EnvironmentVariable.addToPath('C:\\a'), WindowsFeature.install(['a']),
  ];
  steps.map(script).forEach((text) => {
    const code = text.replace(/'(?:[^']|'')*'/g, '');
    for (const [open, close] of ['{}', '()', '[]']) {
      expect([open, code.split(open!).length]).toEqual([open, code.split(close!).length]);
    }
    expect(code).not.toContain("'");
  });
});
