import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { ParentBinding } from './config';
import { ssmParameterParent } from './given';
import { oneOf, OTHER_PARAMETER } from './known';
import { NodeHardware, type DeepLearningOptions, type NodeImageOptions } from './node-options';
import { refuseCore, windowsNodeParameter } from './windows';
import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../platform';
import { InvalidInputError } from '../../private/errors';

interface Node extends Required<Omit<NodeImageOptions, 'core'>> {
  readonly core?: boolean;
}

const nodeOf = ({ osVersion, architecture, hardware, core }: NodeImageOptions): Node => ({
  osVersion: osVersion ?? OperatingSystemVersion.AMAZON_LINUX_2023,
  architecture: architecture ?? InstanceArchitecture.X86_64,
  hardware: hardware ?? NodeHardware.STANDARD,
  core,
});

/** Amazon ECS developer guide, "Retrieving Amazon ECS-optimized Linux AMI metadata": variants by generation; standard ones are x86_64. */
const ECS: Record<string, Partial<Record<string, string>>> = {
  '2023 x86_64': { standard: '', gpu: 'gpu/', neuron: 'neuron/' },
  '2023 arm64': { standard: 'arm64/' },
  '2 x86_64': { standard: '', gpu: 'gpu/', neuron: 'inf/' },
  '2 arm64': { standard: 'arm64/' },
};

export const ecsParent = (options: NodeImageOptions): ParentBinding => nodeParent(options, 'ECS_Optimized', (scope, node) => {
  const { version } = node.osVersion;
  return `/aws/service/ecs/optimized-ami/amazon-linux-${version}/${variantOf(scope, 'Amazon ECS', ECS, node)}recommended/image_id`;
});

/** Amazon EKS user guide, "Retrieve recommended Amazon Linux AMI IDs". There are none of Amazon Linux 2 after Kubernetes 1.32. */
const EKS: Record<string, Partial<Record<string, string>>> = {
  '2023 x86_64': { standard: 'x86_64/standard', gpu: 'x86_64/nvidia', neuron: 'x86_64/neuron' },
  '2023 arm64': { standard: 'arm64/standard', gpu: 'arm64/nvidia' },
};

export const eksParent = (kubernetes: string, options: NodeImageOptions): ParentBinding => nodeParent(options, `EKS_Optimized-${kubernetes}`, (scope, node) => {
  const variant = variantOf(scope, 'Amazon EKS', EKS, node);
  return `/aws/service/eks/optimized-ami/${kubernetes}/amazon-linux-2023/${variant}/recommended/image_id`;
}, (scope) => checkKubernetes(scope, kubernetes));

function nodeParent(
  options: NodeImageOptions, optimized: string, linux: (scope: IConstruct, node: Node) => string, check: (scope: IConstruct) => void = () => undefined,
): ParentBinding {
  const node = nodeOf(options);
  const { osVersion, architecture, core } = node;
  const windows = osVersion.platform === Platform.WINDOWS;
  return ssmParameterParent((scope) => {
    check(scope);
    if (!windows) { refuseCore(scope, core, osVersion); }
    if (windows) { variantOf(scope, optimized, { [`${osVersion.version} x86_64`]: { standard: '' } }, node); }
    return windows ? windowsNodeParameter(scope, osVersion, core ?? false, optimized) : linux(scope, node);
  }, { platform: osVersion.platform, architecture, osVersion, rootDeviceName: windows ? '/dev/sda1' : '/dev/xvda' });
}

function variantOf(scope: IConstruct, service: string, variants: typeof ECS, { osVersion, architecture, hardware }: Node): string {
  const amazon = osVersion.platform === Platform.WINDOWS || osVersion.family === OperatingSystemFamily.AMAZON_LINUX;
  const variant = amazon ? variants[`${osVersion.version} ${architecture}`]?.[hardware] : undefined;
  if (variant !== undefined) { return variant; }
  const published = Object.entries(variants).flatMap(([system, kinds]) => Object.keys(kinds).map((kind) => `${system} ${kind}`));
  throw new InvalidInputError(scope, {
    what: `there is no AMI for ${service} of ${osVersion}, ${architecture}, ${hardware}`, expected: `one of ${published.join(', ')}`, fix: OTHER_PARAMETER,
  });
}

function checkKubernetes(scope: IConstruct, version: string): void {
  if (!/^1\.\d{2}$/.test(version)) {
    throw new InvalidInputError(scope, { what: `the Kubernetes version '${version}' is not valid`, expected: 'such as 1.34', fix: 'correct the version' });
  }
}

/** AWS Deep Learning AMIs developer guide, "Finding the ID of a DLAMI": the name without the words deep, learning and ami. */
export function deepLearningParent(system: OperatingSystemVersion, options: DeepLearningOptions): ParentBinding {
  const { framework, architecture = InstanceArchitecture.X86_64 } = options;
  const amazon = system.family === OperatingSystemFamily.AMAZON_LINUX;
  return ssmParameterParent((scope) => {
    const name = oneOf(scope, 'system of a Deep Learning AMI', `${system}`, ['Amazon Linux 2023', 'Ubuntu 22.04', 'Ubuntu 24.04']).toLowerCase().replace(/ /g, '-');
    if (framework !== undefined && !/^(?:pytorch|tensorflow)-\d+\.\d+$/.test(framework)) {
      throw new InvalidInputError(scope, { what: `the framework '${framework}' is not known`, expected: 'pytorch or tensorflow with its version, such as pytorch-2.8', fix: OTHER_PARAMETER });
    }
    const kind = framework === undefined ? 'base-oss-nvidia-driver-gpu' : `oss-nvidia-driver-gpu-${framework}`;
    return `/aws/service/deeplearning/ami/${architecture}/${kind}-${name}/latest/ami-id`;
  }, { platform: Platform.LINUX, architecture, osVersion: system, rootDeviceName: amazon ? '/dev/xvda' : '/dev/sda1' });
}
