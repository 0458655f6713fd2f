import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';

/** Amazon EC2 user guide, "Reference the latest AMIs using Systems Manager public parameters"; also `AmazonLinux2023ImageSsmParameter` of aws-cdk-lib. */
export const amazonLinux2023Parameter = (architecture: InstanceArchitecture): string =>
  `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;

// From 23.10 on, Canonical publishes gp3 images; before, gp2 (Ubuntu on AWS documentation, "Find Ubuntu images on AWS").
const ubuntuVolumes = new Map([['20.04', 'ebs-gp2'], ['22.04', 'ebs-gp2'], ['24.04', 'ebs-gp3'], ['26.04', 'ebs-gp3']]);

export function ubuntuParameter(scope: IConstruct, version: string, architecture: InstanceArchitecture): string {
  const volume = known(scope, 'Ubuntu', ubuntuVolumes, version);
  const processor = architecture === InstanceArchitecture.ARM_64 ? 'arm64' : 'amd64';
  return `/aws/service/canonical/ubuntu/server/${version}/stable/current/${processor}/hvm/${volume}/ami-id`;
}

// AWS Windows AMI reference, "Find Windows AMIs"; the names are those of `WindowsVersion` of aws-cdk-lib.
const windowsNames = new Map(['2019', '2022', '2025'].map((version) => [version, `Windows_Server-${version}-English-Full-Base`]));

export const windowsServerParameter = (scope: IConstruct, version: string): string =>
  `/aws/service/ami-windows-latest/${known(scope, 'Windows Server', windowsNames, version)}`;

function known(scope: IConstruct, product: string, versions: Map<string, string>, version: string): string {
  const value = versions.get(version);
  if (value === undefined) {
    throw new InvalidInputError(scope, {
      what: `the ${product} version '${version}' is not known`,
      expected: `one of ${[...versions.keys()].join(', ')}`,
      fix: 'use one of those, or ParentImage.fromSsmParameter with the parameter of that version',
    });
  }
  return value;
}
