import { entry } from '../entry';
import { hasNoStopTrigger, serviceRuns, serviceStartsAutomatically } from './windows-checks';
import { windowsCis, type WindowsCisOptions } from './windows-cis';
import { cleanWindows, type CleanWindowsOptions } from './windows-cleaning';
import type { Component } from '../../component/component';
import { scriptStep } from '../../component/windows/windows-step';

/** Amazon Time Sync Service (EC2 user guide, "Set the time for your Windows instance"). */
const TIME_SERVER = '169.254.169.123';

/** What every Windows image of a company has. */
export class WindowsBaseline {
  /**
   * Hardening in the manner of the CIS benchmarks: registry values, account policies, audit policy; each item has an id and stands in
   * `docs/guides/hardening.md`. It is a documented set of our own and no certified benchmark: it has 119 of the 335 recommendations of level 1
   * for member servers of the CIS benchmark for Windows Server 2022 (4.0.0), as ansible-lockdown's role Windows-2022-CIS tags them. The
   * validation proves every item on the build instance; the test proves on an instance of the image that all of them outlived Sysprep and the
   * first start.
   */
  public static cis(options: WindowsCisOptions = {}): Component {
    return windowsCis(options);
  }

  /**
   * Time from the Amazon Time Sync Service, which is reached without a network of its own. Not for members of a domain, which take their time
   * from it: there the setting wins over the domain's. The test proves on an instance of the image that
   * the time service runs and takes its time from there.
   */
  public static timeSync(): Component {
    return entry('windows-time-sync', {
      description: 'Time from the Amazon Time Sync Service',
      buildSteps: [scriptStep('TimeSync', () => [
        'Set-Service -Name W32Time -StartupType Automatic',
        // Outside of a domain its triggers stop it again after each start (Microsoft KB2385818). 1168 and 87: it has none.
        '& sc.exe triggerinfo W32Time delete | Out-Null',
        'if (@(0, 87, 1168) -notcontains $LASTEXITCODE) { throw "sc.exe: exit code $LASTEXITCODE" }',
        'Start-Service -Name W32Time',
        `& w32tm.exe /config /syncfromflags:manual '/manualpeerlist:${TIME_SERVER},0x8' /update | Out-Null`,
        'if ($LASTEXITCODE -ne 0) { throw "w32tm.exe: exit code $LASTEXITCODE" }',
        'Restart-Service -Name W32Time',
      ])],
      validateSteps: [serviceStartsAutomatically('W32Time'), hasNoStopTrigger('W32Time')],
      testSteps: [serviceRuns('W32Time'), scriptStep('TimeSource', () => [
        'for ($try = 1; $try -le 30; $try++) {',
        '  & w32tm.exe /resync /rediscover | Out-Null',
        '  $source = "$(& w32tm.exe /query /source)"',
        `  if ($source -like '*${TIME_SERVER}*') { break }`,
        '  if ($try -eq 30) { throw "the time comes from $source" }',
        '  Start-Sleep -Seconds 10',
        '}',
      ])],
    });
  }

  /**
   * Checks that the Systems Manager agent is in the image and starts with Windows; the test proves on an instance of the image that it
   * runs. Every Windows image of AWS has it: hardening, or a parent of one's own, may have taken it away.
   */
  public static ssmAgentCheck(): Component {
    return entry('windows-ssm-agent-check', {
      description: 'Check of the Systems Manager agent',
      validateSteps: [serviceStartsAutomatically('AmazonSSMAgent')],
      testSteps: [serviceRuns('AmazonSSMAgent')],
    });
  }

  /**
   * Removes what an image must not carry or need not: files of updates, superseded Windows components, temporary files, histories of
   * PowerShell, event logs. Put it last. It never runs Sysprep: the service does that afterwards, and a component that did would end its own
   * session. The validation proves that histories, output of user data and installation media are gone; the test, that an instance of the image has come through its setup.
   */
  public static cleanForImaging(options: CleanWindowsOptions = {}): Component {
    return cleanWindows(options);
  }

  private constructor() {}
}
