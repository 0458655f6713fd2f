import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { knownAs, type ParentBinding } from './binding';
import { ssmParameterParent } from './given';
import { OTHER_PARAMETER } from './known';
import { NodeHardware, type NodeImageOptions } from './node-options';
import { refuseCore, windowsNodeParameter } from './windows';
import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../platform';
import { InvalidInputError } from '../../private/errors';

/** By version of Amazon Linux and architecture: words of the parameter, by hardware. */
type Variants = Readonly<Record<string, Partial<Record<NodeHardware, string>>>>;

type Node = Required<Omit<NodeImageOptions, 'core'>>;

interface Service {
  readonly name: string;
  /** As the Windows AMIs are called. */
  readonly optimized: string;
  readonly variants: Variants;
  readonly parameter: (variant: string, node: Node) => string;
}

/** Amazon ECS developer guide, "Retrieving Amazon ECS-optimized Linux AMI metadata". */
const ECS: Service = {
  name: 'Amazon ECS',
  optimized: 'ECS_Optimized',
  variants: {
    '2023 x86_64': { standard: '', gpu: 'gpu/', neuron: 'neuron/' },
    '2023 arm64': { standard: 'arm64/' },
    '2 x86_64': { standard: '', gpu: 'gpu/', neuron: 'inf/' },
    '2 arm64': { standard: 'arm64/' },
  },
  parameter: (variant, { osVersion }) => `/aws/service/ecs/optimized-ami/amazon-linux-${osVersion.version}/${variant}recommended/image_id`,
};

/** Amazon EKS user guide, "Retrieve recommended Amazon Linux AMI IDs". There are none of Amazon Linux 2 after Kubernetes 1.32. */
const eks = (kubernetes: string): Service => ({
  name: 'Amazon EKS',
  optimized: `EKS_Optimized-${kubernetes}`,
  variants: {
    '2023 x86_64': { standard: 'standard', gpu: 'nvidia', neuron: 'neuron' },
    '2023 arm64': { standard: 'standard', gpu: 'nvidia' },
  },
  parameter: (variant, { architecture }) => `/aws/service/eks/optimized-ami/${kubernetes}/amazon-linux-2023/${architecture}/${variant}/recommended/image_id`,
});

export const ecsParent = (options: NodeImageOptions): ParentBinding => nodeParent(ECS, options);

export const eksParent = (kubernetes: string, options: NodeImageOptions): ParentBinding => {
  const parent = nodeParent(eks(kubernetes), options);
  return knownAs(parent.known, (scope) => {
    if (!/^1\.\d{2}$/.test(kubernetes)) {
      throw new InvalidInputError(scope, {
        what: `the Kubernetes version '${kubernetes}' is not valid`, expected: 'such as 1.34', fix: 'correct the version',
      });
    }
    return parent(scope);
  });
};

function nodeParent(service: Service, options: NodeImageOptions): ParentBinding {
  const { osVersion = OperatingSystemVersion.AMAZON_LINUX_2023, architecture = InstanceArchitecture.X86_64, core } = options;
  const isWindows = osVersion.platform === Platform.WINDOWS;
  const node = { osVersion, architecture, hardware: options.hardware ?? NodeHardware.STANDARD };
  return ssmParameterParent((scope) => {
    if (isWindows) {
      variantOf(scope, service.name, { [`${osVersion.version} x86_64`]: { standard: '' } }, node);
      return windowsNodeParameter(scope, osVersion, core ?? false, service.optimized);
    }
    refuseCore(scope, core, osVersion);
    return service.parameter(variantOf(scope, service.name, service.variants, node), node);
  }, { architecture, osVersion, rootDeviceName: isWindows ? '/dev/sda1' : '/dev/xvda' });
}

function variantOf(scope: IConstruct, service: string, variants: Variants, { osVersion, architecture, hardware }: Node): string {
  const isPublished = osVersion.platform === Platform.WINDOWS || osVersion.family === OperatingSystemFamily.AMAZON_LINUX;
  const variant = isPublished ? variants[`${osVersion.version} ${architecture}`]?.[hardware] : undefined;
  if (variant !== undefined) { return variant; }
  const published = Object.entries(variants).flatMap(([system, kinds]) => Object.keys(kinds).map((kind) => `${system} ${kind}`));
  throw new InvalidInputError(scope, {
    what: `there is no AMI for ${service} of ${osVersion}, ${architecture}, ${hardware}`,
    expected: `one of ${published.join(', ')}`,
    fix: OTHER_PARAMETER,
  });
}
