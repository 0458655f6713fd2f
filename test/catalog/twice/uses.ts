import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as catalog from '../../../src/catalog';
import { Agents, LinuxBaseline, OpenScap, OperatingSystem, RemoteDesktopLicensing, Stig, StigLevel, Vda, WebServer, WindowsBaseline } from '../../../src/catalog';
import type { Component, Source } from '../../../src/component';
import { ParentImage } from '../../../src/image';
import { OperatingSystemVersion, Platform } from '../../../src/platform';
import { newStack } from '../../image/fixture';
import { media } from '../windows-support';

/** An entry in an image. */
export interface Use {
  readonly component: Component;
  readonly parent: ParentImage;
  readonly sysprep?: boolean;
}

const ami = (platform: Platform): ParentImage => ParentImage.fromAmiId('ami-0123456789abcdef0', {
  platform, architecture: InstanceArchitecture.ARM_64, rootDeviceName: '/dev/sda1',
});
const linux = (component: Component): Use => ({ component, parent: ParentImage.amazonLinux2023() });
const linuxOnArm = (component: Component): Use => ({ component, parent: ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64) });
const windows = (component: Component, sysprep?: boolean): Use =>
  ({ component, parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), sysprep });
const windowsOnArm = (component: Component): Use => ({ component, parent: ami(Platform.WINDOWS) });

const site = (name: string): Source => media(`${name}.zip`);
const sbom = (keyPrefix?: string): Component => Agents.inspectorSbom({
  bucket: Bucket.fromBucketName(newStack('Elsewhere'), 'Sboms', 'sboms'), keyPrefix, generatorVersion: '1.5.2', generatorSha256: 'a'.repeat(64),
});
const dotnet = { source: media('dotnet-hosting.exe') };

/** Uses of each entry of the catalogue, by `Class.method`: those of one list differ in what becomes of them. */
export const DIFFERENT: Record<string, () => Use[]> = {
  'Agents.cloudWatch': () => [
    linux(Agents.cloudWatch()), linux(Agents.cloudWatch({ namespace: 'Other' })), windows(Agents.cloudWatch()), windows(Agents.cloudWatch({ namespace: 'Other' })),
  ],
  'Agents.inspectorSbom': () => [linux(sbom()), linuxOnArm(sbom()), linux(sbom('other'))],
  'LinuxBaseline.cis': () => [
    linux(LinuxBaseline.cis()), linux(LinuxBaseline.cis({ excludedItems: ['LIN-NET-1'] })), linux(LinuxBaseline.cis({ immutableAuditRules: true })),
  ],
  'LinuxBaseline.timeSync': () => [linux(LinuxBaseline.timeSync()), linux(LinuxBaseline.timeSync({ servers: ['time.example.com'] }))],
  'LinuxBaseline.ssmAgentCheck': () => [linux(LinuxBaseline.ssmAgentCheck())],
  'LinuxBaseline.cleanForImaging': () => [linux(LinuxBaseline.cleanForImaging()), linux(LinuxBaseline.cleanForImaging({ keptPaths: ['/etc/app/key'] }))],
  'LinuxBaseline.optionalHardening': () => [
    linux(LinuxBaseline.optionalHardening({ items: ['LIN-MNT-1'] })), linux(LinuxBaseline.optionalHardening({ items: ['LIN-MNT-2'] })),
  ],
  'OpenScap.hardening': () => [
    linux(OpenScap.hardening({ profile: 'stig' })), linux(OpenScap.hardening({ profile: 'stig', acceptedRules: { partition_for_tmp: 'one partition' } })),
  ],
  'OperatingSystem.updates': () => [
    linux(OperatingSystem.updates(Platform.LINUX)), linux(OperatingSystem.updates(Platform.LINUX, { releaseVersion: '2023.9.20251117' })),
    linuxOnArm(OperatingSystem.updates(Platform.LINUX, { exclude: ['kernel*'] })), windows(OperatingSystem.updates(Platform.WINDOWS)),
    windows(OperatingSystem.updates(Platform.WINDOWS, { exclude: ['KB5000000'] })),
  ],
  'OperatingSystem.windowsUpdates': () => [windows(OperatingSystem.windowsUpdates()), windows(OperatingSystem.windowsUpdates({ maxPasses: 3 }))],
  'Stig.hardening': () => [linux(Stig.hardening(StigLevel.LOW)), linux(Stig.hardening(StigLevel.HIGH)), windows(Stig.hardening(StigLevel.LOW))],
  'Vda.citrix': () => [
    windows(Vda.citrix({ installer: media('vda.exe') })), windows(Vda.citrix({ installer: media('vda.exe'), maxResumes: 1 })),
    windows(Vda.citrix({ installer: media('vda.exe'), mcs: true }), false),
  ],
  'Vda.dcv': () => [
    windows(Vda.dcv({ installer: media('dcv.msi') })), windows(Vda.dcv({ installer: media('dcv.msi'), automaticSessionOwner: 'a' })),
    linux(Vda.dcv({ installer: media('dcv.tgz') })), linuxOnArm(Vda.dcv({ installer: media('dcv-arm.tgz') })),
  ],
  'Vda.dcvTest': () => [windows(Vda.dcvTest()), linux(Vda.dcvTest())],
  'Vda.remoteDesktopSessionHost': () => [
    windows(Vda.remoteDesktopSessionHost()), windows(Vda.remoteDesktopSessionHost({ licensing: RemoteDesktopLicensing.PER_USER })),
    windowsOnArm(Vda.remoteDesktopSessionHost({ licenseServers: ['rds.example.com'] })),
  ],
  'WebServer.nginx': () => [
    linux(WebServer.nginx()), linux(WebServer.nginx({ content: site('a') })), linuxOnArm(WebServer.nginx({ content: site('b') })),
  ],
  'WebServer.apache': () => [linux(WebServer.apache({ content: site('a') })), linux(WebServer.apache({ content: site('b') }))],
  'WebServer.iis': () => [
    windows(WebServer.iis()), windows(WebServer.iis({ features: ['Web-Asp-Net45'] })), windows(WebServer.iis({ features: ['Web-Ftp-Server'] })),
    windows(WebServer.iis({ dotnetHostingBundle: dotnet })),
  ],
  'WindowsBaseline.cis': () => [windows(WindowsBaseline.cis()), windows(WindowsBaseline.cis({ excludedItems: ['WIN-AUD-1'] }))],
  'WindowsBaseline.timeSync': () => [windows(WindowsBaseline.timeSync())],
  'WindowsBaseline.ssmAgentCheck': () => [windows(WindowsBaseline.ssmAgentCheck())],
  'WindowsBaseline.cleanForImaging': () => [windows(WindowsBaseline.cleanForImaging()), windows(WindowsBaseline.cleanForImaging({ resetBase: true }))],
};

/** `Class.method` of every entry, from the exports themselves: a new one is in here by itself. */
export const entries = (): string[] => Object.entries(catalog)
  .filter(([, each]) => typeof each === 'function')
  .flatMap(([name, each]) => Object.getOwnPropertyNames(each)
    .filter((method) => typeof (each as any)[method] === 'function').map((method) => `${name}.${method}`));
