import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { AmiLocation } from './ami-location';
import { amiIdParent, imageBuilderParent, importedDiskParent, marketplaceParent, ssmParameterParent } from './parents';
import { Platform } from './platform';
import { amazonLinux2023Parameter, ubuntuParameter, windowsServerParameter } from './public-parameters';

/** What is known of a parent image that is not one of the named ones. */
export interface ParentImageOptions {
  /**
   * Operating system family.
   *
   * @default Platform.LINUX
   */
  readonly platform?: Platform;

  /**
   * Processor architecture.
   *
   * @default InstanceArchitecture.X86_64
   */
  readonly architecture?: InstanceArchitecture;

  /**
   * Device name of the root volume (`/dev/xvda`, `/dev/sda1`). Needed to set its size and to enforce its encryption.
   *
   * @default - unknown: the root volume is built as the parent has it, and synthesis warns
   */
  readonly rootDeviceName?: string;

  /**
   * Version of the operating system, as its vendor numbers it: `2022`, `24.04`. Steps that an older version lacks are refused by it.
   *
   * @default - not known
   */
  readonly osVersion?: string;
}

/** What is known of an imported machine. Its architecture is x86_64, because AWS imports no other. */
export interface ImportedDiskOptions {
  /**
   * Operating system family.
   *
   * @default Platform.LINUX
   */
  readonly platform?: Platform;

  /**
   * Versions of the import that count: the newest that matches is taken whenever an image is built.
   *
   * @default 'x.x.x'
   */
  readonly version?: string;

  /**
   * Device name of the root volume.
   *
   * @default '/dev/sda1', which imported AMIs have
   */
  readonly rootDeviceName?: string;

  /**
   * Version of the operating system, as its vendor numbers it: `2022`, `24.04`. Steps that an older version lacks are refused by it.
   *
   * @default - not known
   */
  readonly osVersion?: string;
}

/** A parent image, as a recipe needs it. */
export interface ParentImageConfig extends AmiLocation {
  /** The recipe's `parentImage`. */
  readonly parentImage: string;

  /** Operating system family. */
  readonly platform: Platform;

  /** Processor architecture. */
  readonly architecture: InstanceArchitecture;

  /**
   * Device name of the root volume.
   *
   * @default - unknown
   */
  readonly rootDeviceName?: string;

  /**
   * Version of the operating system, as its vendor numbers it: `2022`, `24.04`. Steps that an older version lacks are refused by it.
   *
   * @default - not known
   */
  readonly osVersion?: string;
}

/**
 * What a parent is for an image that stands on it.
 *
 * @internal
 */
export type ParentBinding = (scope: IConstruct) => ParentImageConfig;

/** What a patched base image starts from. */
export abstract class ParentImage {
  /** Amazon Linux 2023, the newest release. */
  public static amazonLinux2023(architecture: InstanceArchitecture = InstanceArchitecture.X86_64): ParentImage {
    return new BoundParent(ssmParameterParent(() => amazonLinux2023Parameter(architecture), {
      platform: Platform.LINUX, architecture, rootDeviceName: '/dev/xvda', osVersion: '2023',
    }));
  }

  /**
   * Ubuntu Server, the newest release of a version.
   *
   * @param version version number, such as `24.04`
   * @param architecture processor architecture
   */
  public static ubuntu(version: string, architecture: InstanceArchitecture = InstanceArchitecture.X86_64): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => ubuntuParameter(scope, version, architecture), {
      platform: Platform.LINUX, architecture, rootDeviceName: '/dev/sda1', osVersion: version,
    }));
  }

  /**
   * Windows Server in English with desktop, the newest release of a version. AWS publishes it for x86_64 only.
   *
   * @param version `2019`, `2022` or `2025`
   */
  public static windowsServer(version: string): ParentImage {
    return new BoundParent(ssmParameterParent((scope) => windowsServerParameter(scope, version), {
      platform: Platform.WINDOWS, architecture: InstanceArchitecture.X86_64, rootDeviceName: '/dev/sda1', osVersion: version,
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

  /** Called by the image that stands on it. */
  public abstract bind(scope: IConstruct): ParentImageConfig;
}

class BoundParent extends ParentImage {
  public constructor(private readonly binding: ParentBinding) {
    super();
  }

  public bind(scope: IConstruct): ParentImageConfig {
    return this.binding(scope);
  }
}
