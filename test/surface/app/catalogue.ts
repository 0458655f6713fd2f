import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { FILES, sha256, type Shelf } from './shelf';
import {
  AgentMetric,
  Agents,
  Component,
  LinuxBaseline,
  OpenScap,
  OperatingSystem,
  Platform,
  RemoteDesktopLicensing,
  Source,
  Stig,
  StigLevel,
  UpdateFilter,
  Vda,
  WebServer,
  WindowsBaseline,
} from 'cdk-golden-images';

/** Every entry of the catalogue that is for Linux. */
export const linuxCatalogue = (shelf: Shelf, sboms: IBucket): Component[] => [
  LinuxBaseline.cis({ excludedItems: ['LIN-SHELL-1'], immutableAuditRules: true }),
  LinuxBaseline.optionalHardening({ items: ['LIN-MNT-1', 'LIN-AIDE-1'] }),
  OpenScap.hardening({
    profile: 'xccdf_org.ssgproject.content_profile_cis_server_l1',
    acceptedRules: { partition_for_tmp: 'Instances have one volume with one partition' },
    dataStream: shelf.object('scap-security-guide.zip'),
    scanner: shelf.object('openscap-scanner.rpm'),
    tailoring: shelf.object('tailoring.xml'),
    remediate: false,
    restart: false,
    timeout: Duration.minutes(20),
    reportFolder: '/var/lib/openscap',
    reportBucket: sboms,
    reportKeyPrefix: 'openscap',
  }),
  LinuxBaseline.timeSync({ servers: ['169.254.169.123'] }),
  LinuxBaseline.ssmAgentCheck(),
  WebServer.nginx({
    packageVersion: '1.24*',
    aptPackageVersion: '1.24*',
    documentRoot: '/srv/www',
    content: Source.asset(join(FILES, 'site.zip')),
    site: Source.asset(join(FILES, 'site.conf')),
    testUrl: 'http://localhost/',
    testHost: 'www.example.com',
  }),
  Vda.dcv({ installer: shelf.object('dcv.tgz'), packages: ['nice-dcv-server'] }),
  Agents.cloudWatch({
    installer: shelf.object('agent.rpm'),
    namespace: 'Surface',
    metrics: Object.values(AgentMetric),
    interval: Duration.minutes(1),
    disks: ['/'],
    logFiles: [
      {
        path: '/var/log/messages',
        logGroupName: 'messages',
        logStreamName: '{instance_id}',
        retention: RetentionDays.ONE_MONTH,
      },
    ],
  }),
  Agents.inspectorSbom({
    bucket: sboms,
    keyPrefix: 'sboms',
    generator: shelf.object('inspector-sbomgen.zip'),
    generatorVersion: '1.5.2',
    generatorSha256: sha256('generator'),
  }),
  Component.amazonManaged('aws-cli-version-2-linux', { version: '1.0.x', parameters: { Version: '2.15.0' } }),
  Component.fromFile('from-file', join(FILES, 'component.yaml'), {
    parameters: { Colour: 'blue' },
    platform: Platform.LINUX,
  }),
  Component.fromDocument(
    'from-text',
    'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Hello\n        action: ExecuteBash\n        inputs:\n          commands: [echo hello]\n',
    {
      description: 'From a text',
      version: '1.0.0',
    },
  ),
  LinuxBaseline.cleanForImaging({ keepCronie: true, keptPaths: ['/etc/app/signing.key'] }),
];

/** Apache, which serves on the same port as nginx, and the strictest hardening of AWS. */
export const hardenedCatalogue = (): Component[] => [
  WebServer.apache(),
  ...Object.values(StigLevel).map((level, index) =>
    Stig.hardening(level, {
      version: `2025.${index + 1}.x`,
      componentName: 'stig-build-linux',
      installPackages: true,
      consentBanner: false,
    }),
  ),
];

/** Every entry of the catalogue that is for Windows. */
export const windowsCatalogue = (shelf: Shelf): Component[] => [
  WindowsBaseline.cis({ excludedItems: ['WIN-AUD-1'] }),
  WindowsBaseline.timeSync(),
  WindowsBaseline.ssmAgentCheck(),
  WebServer.iis({
    features: ['Web-Asp-Net45'],
    includeManagementTools: true,
    testPath: '/',
    dotnetHostingBundle: { source: shelf.object('dotnet-hosting-8.0.1-win.exe'), withoutX86: true },
  }),
  Agents.cloudWatch({
    installer: shelf.object('agent.msi'),
    namespace: 'Surface',
    windowsEvents: [
      { eventName: 'System', logGroupName: 'system', levels: ['ERROR'], retention: RetentionDays.ONE_MONTH },
    ],
  }),
  WindowsBaseline.cleanForImaging({ resetBase: true }),
];

/** Virtual desktops: each on an image of its own. */
export const desktops = (shelf: Shelf): Record<string, Component[]> => ({
  citrix: [
    Vda.citrix({
      installer: shelf.object('vda.zip'),
      program: 'VDAServerSetup.exe',
      components: ['vda'],
      excludedComponents: ['Citrix Telemetry Service'],
      controllers: ['ddc1.example.com'],
      mcs: true,
      sysprep: false,
      switches: ['/virtualmachine'],
      maxResumes: 3,
      listenerPorts: [1494],
      optimizer: { source: shelf.object('optimizer.zip'), template: 'Citrix_Windows_Server_2022_2009.xml' },
    }),
  ],
  sessions: [
    Vda.remoteDesktopSessionHost({
      licensing: RemoteDesktopLicensing.PER_DEVICE,
      licenseServers: ['rds.example.com'],
    }),
    Vda.dcv({ installer: shelf.object('dcv.msi'), automaticSessionOwner: 'Administrator' }),
  ],
});

/** One under a name of its own beside the one of the catalogue. */
export const otherDesktop = (): Component[] => [
  Component.amazonManaged('dcv-server-windows'),
  Vda.dcvTest(),
  Component.named(
    'session-host-per-user',
    Vda.remoteDesktopSessionHost({ licensing: RemoteDesktopLicensing.PER_USER }),
  ),
];

export const windowsUpdates = (): Component =>
  OperatingSystem.windowsUpdates({
    searchCriteria: 'IsInstalled=0 and IsHidden=0',
    filters: [UpdateFilter.include('$_.Title -like "*Windows*"'), UpdateFilter.exclude('$_.Title -like "*Preview*"')],
    updateLimit: 100,
    maxPasses: 3,
    passTimeout: Duration.hours(2),
  });

export const linuxUpdates = (): Component => OperatingSystem.updates(Platform.LINUX, { exclude: ['docker*'], releaseVersion: 'latest' });
