const each = (prefix: string, ...names: string[]): string[] => names.map((name) => `${prefix}${name}`);
const both = (...names: string[]): string[] => names.flatMap((name) => [`${name}-linux`, `${name}-windows`]);

/**
 * Components that Amazon manages, as `aws imagebuilder list-components --owner Amazon` lists them, in the lower case of their ARNs
 * (assumption: managed-component-names). From `Ec2ImagePipeline.Component` of cdklabs/cdk-proserve-lib, which a script of that repository
 * fills from ListComponents in us-east-1, and `stig-build-linux` and `stig-build-windows`. Amazon adds to them.
 */
export const MANAGED_NAMES: ReadonlySet<string> = new Set([
  ...both(
    'amazon-cloudwatch-agent', 'aws-cli-version-2', 'aws-codedeploy-agent', 'dcv-server', 'dotnet-runtime-lts', 'dotnet-sdk-lts',
    'ebs-volume-usage-test', 'eni-attachment-test', 'go', 'go-stable', 'hello-world', 'inspector-test', 'powershell-lts', 'python-3', 'reboot',
    'reboot-test', 'scap-compliance-checker', 'simple-boot-test', 'stig-build', 'update',
  ),
  ...each('amazon-corretto-8-', 'apt-generic', 'jdk', 'jre', 'rpm-generic', 'windows'),
  ...each('amazon-corretto-11', '', '-apt-generic', '-headless', '-rpm-generic', '-windows'),
  ...['17', '21'].flatMap((version) => each(`amazon-corretto-${version}-`, 'headless', 'jdk', 'jre', 'windows')),
  ...each('docker-ce-', 'centos', 'linux', 'ubuntu'),
  ...each('update-linux-', 'kernel-5', 'kernel-ml'),
  'amazon-kinesis-agent-windows', 'anaconda-windows', 'apache-tomcat-9-linux', 'apt-repository-test-linux', 'aws-vss-components-windows', 'chocolatey',
  'chrony-time-configuration-test', 'distributor-package-windows', 'dotnet-desktop-runtime-lts-windows', 'dotnet-hosting-bundle-lts-windows',
  'ec2-network-route-test-windows', 'ec2launch-v2-windows', 'ecs-optimized-ami-windows', 'eks-optimized-ami-windows',
  'install-package-from-repository', 'mariadb-linux', 'mate-de-linux', 'mono-linux', 'php-8_2-linux', 'powershell-snap', 'powershell-yum', 'putty',
  'san-sift-linux', 'validate-single-ssh-public-key-test-linux', 'validate-ssh-host-key-generation-linux', 'validate-ssh-public-key-linux',
  'windows-activation-test', 'windows-is-ready-with-password-generation-test', 'windows-server-iis', 'yum-repository-test-linux',
]);

/**
 * What Amazon has retired, with what to take instead: since 2025 the level of a STIG is a parameter (user guide, "STIG hardening components
 * for Image Builder", version history).
 */
export const RETIRED_NAMES: ReadonlyMap<string, string> = new Map(['low', 'medium', 'high'].flatMap((level) => ['linux', 'windows']
  .map((platform): [string, string] => [`stig-build-${platform}-${level}`, `Stig.hardening(StigLevel.${level.toUpperCase()})`])));
