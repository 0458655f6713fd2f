import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { known, knownVersion, oneOf } from './known';
import { UbuntuEdition, type AmazonLinux2023Options } from './options';
import { OperatingSystemFamily, type OperatingSystemVersion } from '../../platform';

/** AL2023 user guide, "AL2023 on Amazon EC2"; the default kernel moves ("Launching the latest AL2023 AMI using CloudFormation"). */
const AL2023_KERNELS = ['default', '6.1', '6.12', '6.18'];

export function amazonLinux2023Parameter(scope: IConstruct, architecture: InstanceArchitecture, options: AmazonLinux2023Options): string {
  const kernel = oneOf(scope, 'kernel of Amazon Linux 2023', options.kernel ?? 'default', AL2023_KERNELS);
  return `/aws/service/ami-amazon-linux-latest/al2023-ami-${options.minimal ? 'minimal-' : ''}kernel-${kernel}-${architecture}`;
}

/** Amazon Linux 2 user guide; `AmazonLinux2ImageSsmParameter` of aws-cdk-lib. The kernel 5.10 is that of the AMIs which the console offers. */
export const amazonLinux2Parameter = (architecture: InstanceArchitecture): string =>
  `/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-${architecture}-gp2`;

// From 23.10 on, Canonical publishes gp3 images; before, gp2.
const UBUNTU_VOLUMES = new Map([['20.04', 'ebs-gp2'], ['22.04', 'ebs-gp2'], ['24.04', 'ebs-gp3'], ['26.04', 'ebs-gp3']]);

/** Ubuntu on AWS documentation, "Create CloudFormation templates with the latest Ubuntu AMI": PRODUCT, RELEASE, ARCH, VIRT_TYPE, VOL_TYPE. */
export function ubuntuParameter(
  scope: IConstruct, system: OperatingSystemVersion, architecture: InstanceArchitecture, edition = UbuntuEdition.SERVER,
): string {
  const volume = known(scope, 'Ubuntu', UBUNTU_VOLUMES, system, OperatingSystemFamily.UBUNTU);
  return `/aws/service/canonical/ubuntu/${edition}/${system.version}/stable/current/${debianProcessor(architecture)}/hvm/${volume}/ami-id`;
}

const DEBIAN_RELEASES = ['11', '12', '13'];

/** Debian wiki, "Cloud/AmazonEC2Image/Bookworm" and its siblings. */
export function debianParameter(scope: IConstruct, system: OperatingSystemVersion, architecture: InstanceArchitecture): string {
  const release = knownVersion(scope, 'Debian', DEBIAN_RELEASES, system, OperatingSystemFamily.DEBIAN);
  return `/aws/service/debian/release/${release}/latest/${debianProcessor(architecture)}`;
}

const SLES_PRODUCTS = new Map([['15.4', '15-sp4'], ['15.7', '15-sp7'], ['16.0', '16.0']]);

/** `/aws/service/suse/sles/<sku>/<arch>/latest`: test/e2e/os/sles.go of aws/eks-hybrid; the first one in the e2e framework of DataDog/test-infra-definitions. */
export function slesParameter(scope: IConstruct, system: OperatingSystemVersion, architecture: InstanceArchitecture): string {
  const product = known(scope, 'SUSE Linux Enterprise Server', SLES_PRODUCTS, system, OperatingSystemFamily.SUSE_LINUX_ENTERPRISE_SERVER);
  return `/aws/service/suse/sles/${product}/${architecture}/latest`;
}

const debianProcessor = (architecture: InstanceArchitecture): string => (architecture === InstanceArchitecture.ARM_64 ? 'arm64' : 'amd64');
