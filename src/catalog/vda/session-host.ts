import type { Component } from '../../component/component';
import { InstallModule, RegistryType } from '../../component/step/modules';
import type { Step } from '../../component/step/step';
import { WindowsAssert } from '../../component/windows/windows-assert';
import { WindowsFeature } from '../../component/windows/windows-feature';
import { portListens, serviceRuns } from '../baseline/windows-checks';
import { entry } from '../entry';

/** Who needs a license for Remote Desktop Services. */
export enum RemoteDesktopLicensing {
  /** Each device. */
  PER_DEVICE = 'PER_DEVICE',
  /** Each user. */
  PER_USER = 'PER_USER',
}

/** Options of `Vda.remoteDesktopSessionHost`. */
export interface SessionHostOptions {
  /**
   * Who needs a license.
   *
   * @default - not set: the session host works for its 120 days of grace
   */
  readonly licensing?: RemoteDesktopLicensing;

  /**
   * License servers, by name or address.
   *
   * @default - not set
   */
  readonly licenseServers?: string[];
}

const POLICIES = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services';

/** The component of `Vda.remoteDesktopSessionHost`. */
export function sessionHost(options: SessionHostOptions): Component {
  return entry('remote-desktop-session-host', {
    description: 'Remote Desktop Session Host',
    buildSteps: [WindowsFeature.install(['RDS-RD-Server']), ...policies(options)],
    validateSteps: [WindowsAssert.featuresInstalled(['RDS-RD-Server'])],
    testSteps: [serviceRuns('TermService'), portListens(3389)],
  });
}

/** The values of the policies "Set the Remote Desktop licensing mode" (2 device, 4 user) and "Use the specified license servers". */
function policies({ licensing, licenseServers = [] }: SessionHostOptions): Step[] {
  const mode = { PER_DEVICE: '2', PER_USER: '4' };
  const values = [
    ...licensing === undefined ? [] : [{ name: 'LicensingMode', value: mode[licensing], type: RegistryType.DWORD }],
    ...licenseServers.length === 0 ? [] : [{ name: 'LicenseServers', value: licenseServers.join(','), type: RegistryType.SZ }],
  ];
  return values.length === 0 ? [] : [InstallModule.registry(...values.map((each) => ({ path: POLICIES, ...each })))];
}
