import { entry } from '../entry';
import { agentConfig, type CloudWatchAgentConfig } from './cloudwatch-config';
import type { Component } from '../../component/component';
import { LinuxAssert, SystemdUnit } from '../../component/linux';
import { fetched } from '../../component/linux/fetch';
import { byManager } from '../../component/linux/package-scripts';
import { linuxStep, plannedStep } from '../../component/linux/script';
import { writeText } from '../../component/linux/write-file';
import type { Source } from '../../component/source';
import { powershellQuoted } from '../../component/step/quoting';
import { Step } from '../../component/step/step';
import { Msi } from '../../component/windows/msi';
import { scriptStep } from '../../component/windows/windows-step';
import { Platform } from '../../image/platform';
import { serviceRuns, serviceStartsAutomatically } from '../baseline/windows-checks';
import { onPlatform } from '../on-platform';

/** Options of `Agents.cloudWatch`. */
export interface CloudWatchAgentOptions extends CloudWatchAgentConfig {
  /**
   * The package of the agent: `.rpm`, `.deb` or `.msi`, pinned by its content. On Windows 1.300052.0 or later: older ones may not come up on a
   * new instance, and fail the build.
   *
   * @default - the agent is there already, as from `Component.amazonManaged('amazon-cloudwatch-agent-linux')` before it; where it is not, it is
   * taken from the packages of Amazon Linux
   */
  readonly installer?: Source;
}

const FOLDER = '/opt/aws/amazon-cloudwatch-agent';
const CTL = `${FOLDER}/bin/amazon-cloudwatch-agent-ctl`;
const CONFIG = `${FOLDER}/etc/golden-images.json`;

/** The component of `Agents.cloudWatch`. */
export const cloudWatchAgent = (options: CloudWatchAgentOptions): Component => entry('cloudwatch-agent', {
  description: 'Amazon CloudWatch agent with its configuration',
  buildSteps: [onPlatform(
    Step.sequence(...options.installer === undefined ? [] : [Msi.install(options.installer)], configureOnWindows(options)),
    Step.sequence(installOnLinux(options.installer), configureOnLinux(options), SystemdUnit.enable('amazon-cloudwatch-agent.service')),
  )],
  validateSteps: [onPlatform(
    serviceStartsAutomatically('AmazonCloudWatchAgent'),
    Step.sequence(linuxStep('AgentConfigured', () => checkStatus), LinuxAssert.serviceEnabled('amazon-cloudwatch-agent')),
  )],
  testSteps: [onPlatform(serviceRuns('AmazonCloudWatchAgent'), LinuxAssert.serviceActive('amazon-cloudwatch-agent'))],
});

/** dnf and apt install a file with what it needs. */
const installOnLinux = (installer?: Source): Step => plannedStep('InstallAgent', (scope, bind) => {
  if (installer !== undefined) {
    const { before, word, after } = fetched(scope, bind, installer);
    return { before, lines: [...byManager([`dnf -y install ${word}`], [`apt-get -y -o DPkg::Lock::Timeout=600 install ${word}`]), ...after] };
  }
  return {
    lines: [
      `if [ ! -x ${CTL} ]; then`,
      '  if grep -qs \'^ID="\\?amzn"\\?$\' /etc/os-release; then dnf -y install amazon-cloudwatch-agent',
      "  else fail 'the CloudWatch agent is not here: put amazon-cloudwatch-agent-linux of Amazon before, or give an installer'; fi",
      'fi',
    ],
  };
});

/**
 * The agent checks the configuration against its schema while it takes it over; without `-s` it is not started. The service translates it
 * again at each start, so that nothing of the build instance stays in it (amazon-cloudwatch-agent, cmd/start-amazon-cloudwatch-agent;
 * assumption: agent-translates-at-start).
 */
const configureOnLinux = (options: CloudWatchAgentOptions): Step => linuxStep('ConfigureAgent', (scope, { platform }) => [
  ...writeText(CONFIG, agentConfig(scope, options, platform)),
  `${CTL} -a fetch-config -m ec2 -c file:${CONFIG}`,
  `${CTL} -a stop -m ec2`,
]);

const checkStatus = [
  `status=$(${CTL} -a status -m ec2)`,
  'grep -Eq \'"configstatus": *"configured"\' <<< "$status" || fail "the CloudWatch agent is not configured: $status"',
];

const WINDOWS_CTL = "& 'C:\\Program Files\\Amazon\\AmazonCloudWatchAgent\\amazon-cloudwatch-agent-ctl.ps1'";
const WINDOWS_CONFIG = 'C:\\ProgramData\\Amazon\\AmazonCloudWatchAgent\\golden-images.json';

/**
 * An agent that starts before the metadata service answers decides "on premises" and ends (aws/amazon-cloudwatch-agent#803 and #859): mended in
 * this version. Its file has the number, such as 1.300052.0b1024.
 */
const LOWEST_ON_WINDOWS = '1.300052.0';
const checkVersion = [
  "$version = @(Get-Content -LiteralPath 'C:\\Program Files\\Amazon\\AmazonCloudWatchAgent\\CWAGENT_VERSION')[0]",
  `if ([version]($version -replace '[^0-9.].*$', '') -lt [version]'${LOWEST_ON_WINDOWS}') {`,
  `  throw "the CloudWatch agent is $version; before ${LOWEST_ON_WINDOWS} it may not come up on a new instance"`,
  '}',
];

/** Without a byte order mark, which Windows PowerShell writes and JSON does not have. */
const configureOnWindows = (options: CloudWatchAgentOptions): Step => scriptStep('ConfigureAgent', (scope) => [
  `$config = @(${agentConfig(scope, options, Platform.WINDOWS).split('\n').map(powershellQuoted).join(', ')}) -join "\`n"`,
  `New-Item -ItemType Directory -Force -Path (Split-Path '${WINDOWS_CONFIG}') | Out-Null`,
  `[System.IO.File]::WriteAllText('${WINDOWS_CONFIG}', $config)`,
  `${WINDOWS_CTL} -a fetch-config -m ec2 -c 'file:${WINDOWS_CONFIG}'`,
  'if ($LASTEXITCODE -ne 0) { throw "amazon-cloudwatch-agent-ctl.ps1: exit code $LASTEXITCODE" }',
  'Stop-Service -Name AmazonCloudWatchAgent',
  ...checkVersion,
  // A little after Windows, by sc.exe: Set-Service of Windows PowerShell has no delayed start.
  '& sc.exe config AmazonCloudWatchAgent start= delayed-auto | Out-Null',
  'if ($LASTEXITCODE -ne 0) { throw "sc.exe: exit code $LASTEXITCODE" }',
]);
