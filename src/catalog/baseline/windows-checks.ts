import { Duration } from 'aws-cdk-lib';
import { powershellQuoted } from '../../component/step/quoting';
import type { Step } from '../../component/step/step';
import { WindowsAssert } from '../../component/windows/windows-assert';
import { scriptActions, scriptStep, windowsStep } from '../../component/windows/windows-step';

/** A fresh instance of Windows needs minutes until the last service runs. */
const within = Duration.minutes(5);

/** The service starts with Windows, at once or a little later. */
export const serviceStartsAutomatically = (name: string): Step => scriptStep('ServiceStarts', () => [
  `$service = Get-Service -Name ${powershellQuoted(name)}`,
  "if (\"$($service.StartType)\" -ne 'Automatic') { throw ('the service {0} starts: {1}' -f $service.Name, $service.StartType) }",
]);

/** Nothing stops the service by itself: 2 is the action "stop" of a trigger (SERVICE_TRIGGER, dwAction). */
export const hasNoStopTrigger = (name: string): Step => scriptStep('ServiceTriggers', () => [
  `$triggers = @(Get-ChildItem -Path ${powershellQuoted(`HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${name}\\TriggerInfo`)} -ErrorAction SilentlyContinue)`,
  `if (@($triggers | Where-Object { $_.GetValue('Action') -eq 2 }).Count -gt 0) { throw ${powershellQuoted(`the service ${name} has a trigger that stops it`)} }`,
]);

/**
 * Sysprep refuses to generalize where a package of AppX is installed for a user and not provisioned for all ("Sysprep fails after you remove or
 * update Microsoft Store apps", Microsoft support), an hour late and by a log: here the package is named. Only of images that Sysprep
 * generalizes, and where Windows has such packages at all.
 */
export const noPackageOfOneUser = (): Step => windowsStep('SysprepReady', (scope, bind) => (bind.sysprep === false ? [] : scriptActions(scope, bind, 'SysprepReady', [
  'if (Get-Command -Name Get-AppxPackage -ErrorAction SilentlyContinue) {',
  '  $provisioned = @(Get-AppxProvisionedPackage -Online | ForEach-Object { $_.DisplayName })',
  '  $single = @(Get-AppxPackage -AllUsers | Where-Object {',
  "    -not $_.IsFramework -and -not $_.NonRemovable -and \"$($_.SignatureKind)\" -ne 'System' -and $provisioned -notcontains $_.Name",
  '  })',
  "  if ($single.Count -gt 0) { throw ('Sysprep would fail, installed for single users: {0}; remove them by Remove-AppxPackage -AllUsers' -f ($single.PackageFullName -join ', ')) }",
  '}',
])));

export const serviceRuns = (name: string): Step => WindowsAssert.serviceRunning(name, { within });
export const portListens = (port: number): Step => WindowsAssert.portListening(port, { within });
export const answersWith200 = (url: string): Step => WindowsAssert.httpStatus(url, { within });
