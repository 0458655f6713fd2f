import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { OperatingSystemVersion } from '../../platform';

/** Hardware for which an AMI for containers has drivers. */
export enum NodeHardware {
  /** None but the processor. */
  STANDARD = 'standard',
  /** NVIDIA GPUs. */
  GPU = 'gpu',
  /** AWS Neuron: Inferentia and Trainium. */
  NEURON = 'neuron',
}

/** Options of `ParentImage.ecsOptimized` and `ParentImage.eksOptimized`. */
export interface NodeImageOptions {
  /**
   * Operating system: Amazon Linux 2023, or Windows Server; for Amazon ECS also Amazon Linux 2.
   *
   * @default OperatingSystemVersion.AMAZON_LINUX_2023
   */
  readonly osVersion?: OperatingSystemVersion;

  /**
   * Processor architecture.
   *
   * @default InstanceArchitecture.X86_64
   */
  readonly architecture?: InstanceArchitecture;

  /**
   * Hardware for which the AMI has drivers. Linux only.
   *
   * @default NodeHardware.STANDARD
   */
  readonly hardware?: NodeHardware;

  /**
   * Whether to take Server Core, which has no desktop. Windows only.
   *
   * @default false
   */
  readonly core?: boolean;
}

/** Options of `ParentImage.deepLearning`. */
export interface DeepLearningOptions {
  /**
   * Framework with its version, such as `pytorch-2.8`.
   *
   * @default - the base AMI: drivers and CUDA, without a framework
   */
  readonly framework?: string;

  /**
   * Processor architecture.
   *
   * @default InstanceArchitecture.X86_64
   */
  readonly architecture?: InstanceArchitecture;
}
