import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { ParentBinding } from './binding';
import { ssmParameterParent } from './given';
import { oneOf, OTHER_PARAMETER } from './known';
import type { DeepLearningOptions } from './node-options';
import { OperatingSystemFamily, type OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';

const SYSTEMS = ['Amazon Linux 2023', 'Ubuntu 22.04', 'Ubuntu 24.04'];

/** AWS Deep Learning AMIs developer guide, "Finding the ID of a DLAMI": the name without the words deep, learning and ami. */
export function deepLearningParent(osVersion: OperatingSystemVersion, options: DeepLearningOptions): ParentBinding {
  const { framework, architecture = InstanceArchitecture.X86_64 } = options;
  const rootDeviceName = osVersion.family === OperatingSystemFamily.AMAZON_LINUX ? '/dev/xvda' : '/dev/sda1';
  return ssmParameterParent((scope) => {
    const system = oneOf(scope, 'system of a Deep Learning AMI', `${osVersion}`, SYSTEMS);
    if (framework !== undefined && !/^(?:pytorch|tensorflow)-\d+\.\d+$/.test(framework)) {
      throw new InvalidInputError(scope, {
        what: `the framework '${framework}' is not known`,
        expected: 'pytorch or tensorflow with its version, such as pytorch-2.8',
        fix: OTHER_PARAMETER,
      });
    }
    const kind = framework === undefined ? 'base-oss-nvidia-driver-gpu' : `oss-nvidia-driver-gpu-${framework}`;
    return `/aws/service/deeplearning/ami/${architecture}/${kind}-${system.toLowerCase().replace(/ /g, '-')}/latest/ami-id`;
  }, { architecture, osVersion, rootDeviceName });
}
