import { Stack } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { knownAs, type ParentBinding } from './binding';
import { imageBuilderParent } from './given';
import { oneOf } from './known';
import { OperatingSystemVersion, Platform } from '../../platform';

const V = OperatingSystemVersion;
const LINUX: ReadonlyArray<readonly [name: string, osVersion: OperatingSystemVersion, rootDeviceName: string]> = [
  ['amazon-linux-2', V.AMAZON_LINUX_2, '/dev/xvda'],
  ['amazon-linux-2023', V.AMAZON_LINUX_2023, '/dev/xvda'],
  ['red-hat-enterprise-linux-10', V.RHEL_10, '/dev/sda1'],
  ['suse-linux-enterprise-server-15', V.SLES_15_SP7, '/dev/sda1'],
  ['ubuntu-server-22-lts', V.UBUNTU_22_04, '/dev/sda1'],
  ['ubuntu-server-24-lts', V.UBUNTU_24_04, '/dev/sda1'],
];
const WINDOWS = [V.WINDOWS_SERVER_2016, V.WINDOWS_SERVER_2019, V.WINDOWS_SERVER_2022, V.WINDOWS_SERVER_2025];

interface ManagedImage {
  readonly platform: Platform;
  readonly architecture: InstanceArchitecture;
  readonly rootDeviceName: string;
  readonly osVersion: OperatingSystemVersion;
}

/**
 * AMIs that Amazon manages in Image Builder, by the name in their ARN (`AmazonManagedImage` of @aws-cdk/aws-imagebuilder-alpha 2.278.0;
 * assumption: managed-image-names). Those of macOS need Mac hosts, which this library does not build on.
 */
const IMAGES: Readonly<Record<string, ManagedImage>> = Object.fromEntries([
  ...LINUX.flatMap(([name, osVersion, rootDeviceName]) => [
    [`${name}-x86`, { platform: Platform.LINUX, architecture: InstanceArchitecture.X86_64, rootDeviceName, osVersion }],
    [`${name}-arm64`, { platform: Platform.LINUX, architecture: InstanceArchitecture.ARM_64, rootDeviceName, osVersion }],
  ]),
  ...WINDOWS.flatMap((osVersion) => ['full', 'core'].map((installation) => [
    `windows-server-${osVersion.version}-english-${installation}-base-x86`,
    { platform: Platform.WINDOWS, architecture: InstanceArchitecture.X86_64, rootDeviceName: '/dev/sda1', osVersion },
  ])),
]);

export const managedParent = (name: string, version: string): ParentBinding => knownAs(IMAGES[name] ?? {}, (scope) => {
  oneOf(scope, 'Amazon-managed image', name, Object.keys(IMAGES), 'use one of those, or ParentImage.fromImageBuilderImage with its ARN');
  const arn = Stack.of(scope).formatArn({ service: 'imagebuilder', account: 'aws', resource: 'image', resourceName: `${name}/${version}` });
  return imageBuilderParent(arn, IMAGES[name]!)(scope);
});
