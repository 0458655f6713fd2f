import { Duration } from 'aws-cdk-lib';
import { powershellQuoted } from '../../component/step/quoting';
import type { Step } from '../../component/step/step';
import { WindowsAssert } from '../../component/windows/windows-assert';
import { scriptStep } from '../../component/windows/windows-step';

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

export const serviceRuns = (name: string): Step => WindowsAssert.serviceRunning(name, { within });
export const portListens = (port: number): Step => WindowsAssert.portListening(port, { within });
export const answersWith200 = (url: string): Step => WindowsAssert.httpStatus(url, { within });
