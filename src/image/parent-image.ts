import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { OperatingSystemVersion, Platform } from '../platform';
import type { ParentBinding } from './parents/binding';
import type { ParentImageConfig } from './parents/config';
import { deepLearningParent } from './parents/deep-learning';
import { amiIdParent, imageBuilderParent, importedDiskParent, marketplaceParent, ssmParameterParent } from './parents/given';
import { amazonLinux2023Parameter, amazonLinux2Parameter, debianParameter, slesParameter, ubuntuParameter } from './parents/linux';
import { ALMA, lookupParent, RED_HAT, ROCKY, vendorParent } from './parents/lookup';
import { managedParent } from './parents/managed';
import type { DeepLearningOptions, NodeImageOptions } from './parents/node-options';
import { ecsParent, eksParent } from './parents/nodes';
import type { AmazonLinux2023Options, ImportedDiskOptions, ParentImageOptions, ParentLookupOptions, UbuntuOptions } from './parents/options';
import { windowsServerParameter } from './parents/windows';
import type { WindowsServerOptions } from './parents/windows-options';

/**
 * What a patched base image starts from. Bottlerocket cannot be a parent: its Systems Manager agent runs in its control container, and
 * Image Builder cannot run components there (bottlerocket-os/bottlerocket#3796).
 *
 * @example
 * new PatchedBaseImage(this, 'Base', { parent: ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04), schedule: BuildSchedule.patchTuesday() });
 */
export abstract class ParentImage {
  /** Amazon Linux 2023, the newest release. */
  public static amazonLinux2023(architecture: InstanceArchitecture = InstanceArchitecture.X86_64, options: AmazonLinux2023Options = {}): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => amazonLinux2023Parameter(scope, architecture, options), {
      architecture, rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2023,
    }));
  }

  /**
   * Ubuntu, the newest image of a version.
   *
   * @param version such as `OperatingSystemVersion.UBUNTU_24_04`
   */
  public static ubuntu(
    version: OperatingSystemVersion, architecture: InstanceArchitecture = InstanceArchitecture.X86_64, options: UbuntuOptions = {},
  ): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => ubuntuParameter(scope, version, architecture, options.edition), {
      architecture, rootDeviceName: '/dev/sda1', osVersion: version,
    }));
  }

  /**
   * Windows Server, the newest image of a version: in English with desktop, unless the options say otherwise. AWS publishes it for x86_64 only.
   *
   * @param version such as `OperatingSystemVersion.WINDOWS_SERVER_2025`
   */
  public static windowsServer(version: OperatingSystemVersion, options: WindowsServerOptions = {}): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => windowsServerParameter(scope, version, options), {
      platform: Platform.WINDOWS, rootDeviceName: '/dev/sda1', osVersion: version,
    }));
  }

  /**
   * The AMI that a Systems Manager parameter holds.
   *
   * Image Builder's service-linked role reads parameters only under `/imagebuilder/` and `/aws/service/`.
   */
  public static fromSsmParameter(parameterName: string, options: ParentImageOptions = {}): ParentImage {
    return new BoundParent(ssmParameterParent(() => parameterName, options));
  }

  /** An AMI by its id. */
  public static fromAmiId(amiId: string, options: ParentImageOptions = {}): ParentImage {
    return new BoundParent(amiIdParent(amiId, options));
  }

  /**
   * The newest AMI of an owner that has one of these names, is available and not deprecated, and has the architecture and root device that
   * the options say. It is looked up when the stack is deployed, which fails where there is none, and every half an hour after that: what is
   * found stands in a parameter, which each build reads.
   */
  public static lookup(options: ParentLookupOptions): ParentImage {
    return new BoundParent(lookupParent(options));
  }

  /** Amazon Linux 2 with kernel 5.10, the last release: its support ended on June 30, 2026. */
  public static amazonLinux2(architecture: InstanceArchitecture = InstanceArchitecture.X86_64): ParentImage {
    return new BoundParent(ssmParameterParent(() => amazonLinux2Parameter(architecture), {
      architecture, rootDeviceName: '/dev/xvda', osVersion: OperatingSystemVersion.AMAZON_LINUX_2,
    }));
  }

  /**
   * Debian, the newest image of a version.
   *
   * @param version such as `OperatingSystemVersion.DEBIAN_12`
   */
  public static debian(version: OperatingSystemVersion, architecture: InstanceArchitecture = InstanceArchitecture.X86_64): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => debianParameter(scope, version, architecture), {
      // assumption: vendor-root-devices
      architecture, rootDeviceName: '/dev/xvda', osVersion: version,
    }));
  }

  /**
   * SUSE Linux Enterprise Server, billed by the hour, the newest image of a version.
   *
   * @param version such as `OperatingSystemVersion.SLES_15_SP7`
   */
  public static suseLinuxEnterpriseServer(
    version: OperatingSystemVersion, architecture: InstanceArchitecture = InstanceArchitecture.X86_64,
  ): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => slesParameter(scope, version, architecture), {
      // assumption: vendor-root-devices
      architecture, rootDeviceName: '/dev/sda1', osVersion: version,
    }));
  }

  /**
   * Red Hat Enterprise Linux, billed by the hour: the AMI of Red Hat with the highest version. Looked up as `lookup` does, in the commercial
   * regions of AWS; elsewhere take `lookup` with the account that Red Hat has there.
   *
   * @param version such as `OperatingSystemVersion.RHEL_9`, or with its minor version
   */
  public static redHatEnterpriseLinux(
    version: OperatingSystemVersion, architecture: InstanceArchitecture = InstanceArchitecture.X86_64,
  ): ParentImage {
    return new BoundParent(vendorParent(RED_HAT, version, architecture));
  }

  /**
   * Rocky Linux: the AMI of its project with the highest version, looked up as `lookup` does, in the commercial regions of AWS.
   *
   * @param version such as `OperatingSystemVersion.ROCKY_LINUX_9`, or with its minor version
   */
  public static rockyLinux(version: OperatingSystemVersion, architecture: InstanceArchitecture = InstanceArchitecture.X86_64): ParentImage {
    return new BoundParent(vendorParent(ROCKY, version, architecture));
  }

  /**
   * AlmaLinux: the AMI of its project with the highest version, looked up as `lookup` does, in the commercial regions of AWS.
   *
   * @param version such as `OperatingSystemVersion.ALMA_LINUX_9`, or with its minor version
   */
  public static almaLinux(version: OperatingSystemVersion, architecture: InstanceArchitecture = InstanceArchitecture.X86_64): ParentImage {
    return new BoundParent(vendorParent(ALMA, version, architecture));
  }

  /** An AMI for container instances of Amazon ECS, as AWS recommends it. */
  public static ecsOptimized(options: NodeImageOptions = {}): ParentImage {
    return new BoundParent(ecsParent(options));
  }

  /**
   * An AMI for nodes of Amazon EKS, as AWS recommends it.
   *
   * @param kubernetesVersion version of Kubernetes, such as `1.34`
   */
  public static eksOptimized(kubernetesVersion: string, options: NodeImageOptions = {}): ParentImage {
    return new BoundParent(eksParent(kubernetesVersion, options));
  }

  /**
   * An AWS Deep Learning AMI with the open-source driver of NVIDIA, the newest of its kind.
   *
   * @param version `OperatingSystemVersion.AMAZON_LINUX_2023`, `UBUNTU_22_04` or `UBUNTU_24_04`
   */
  public static deepLearning(version: OperatingSystemVersion, options: DeepLearningOptions = {}): ParentImage {
    return new BoundParent(deepLearningParent(version, options));
  }

  /**
   * An image that Amazon manages in Image Builder.
   *
   * @param name as in its ARN, such as `amazon-linux-2023-x86`
   * @param version the newest that matches is taken whenever an image is built
   */
  public static amazonManaged(name: string, version: string = 'x.x.x'): ParentImage {
    return new BoundParent(managedParent(name, version));
  }

  /** An Image Builder image by its ARN, with a version such as `x.x.x`. */
  public static fromImageBuilderImage(imageArn: string, options: ParentImageOptions = {}): ParentImage {
    return new BoundParent(imageBuilderParent(imageArn, options));
  }

  /**
   * A virtual machine or an installation of Windows that `golden-images disk import` brought to this account and region; see `DiskImport`.
   *
   * @param name the `--name` it was imported as
   */
  public static fromImportedDisk(name: string, options: ImportedDiskOptions = {}): ParentImage {
    return new BoundParent(importedDiskParent(name, options));
  }

  /** A Marketplace product by its product id. Its AMI cannot be read while deploying: give the image an `initialAmi`. */
  public static fromMarketplace(productId: string, options: ParentImageOptions = {}): ParentImage {
    return new BoundParent(marketplaceParent(productId, options));
  }

  /**
   * What is known of it before an image stands on it.
   *
   * @internal
   */
  public readonly _known?: ParentImageOptions;

  /** Called by the image that stands on it. */
  public abstract bind(scope: IConstruct): ParentImageConfig;
}

class BoundParent extends ParentImage {
  public override readonly _known: ParentImageOptions;

  public constructor(private readonly binding: ParentBinding) {
    super();
    this._known = binding.known;
  }

  public bind(scope: IConstruct): ParentImageConfig {
    return this.binding(scope);
  }
}
