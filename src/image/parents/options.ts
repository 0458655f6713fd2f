import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { OperatingSystemVersion, Platform } from '../../platform';

/** What is known of a parent image that is not one of the named ones. */
export interface ParentImageOptions {
  /**
   * Platform of the parent.
   *
   * @default - that of osVersion, otherwise Platform.LINUX
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
   * Operating system and version. Steps that an older version lacks are refused by it.
   *
   * @default - not known
   */
  readonly osVersion?: OperatingSystemVersion;
}

/** What is known of an imported machine. Its architecture is x86_64, because AWS imports no other. */
export interface ImportedDiskOptions {
  /**
   * Platform of the machine.
   *
   * @default - that of osVersion, otherwise Platform.LINUX
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
   * Operating system and version. Steps that an older version lacks are refused by it.
   *
   * @default - not known
   */
  readonly osVersion?: OperatingSystemVersion;
}

/** Which of the AMIs that match a filter is the newest. */
export enum AmiOrder {
  /** The one that was created last. */
  CREATION_DATE = 'creation-date',
  /**
   * The one whose name has the highest numbers, read from the left. For vendors that refresh older versions, too: Red Hat has published a
   * `RHEL-9.6.0_HVM-20260922…` after RHEL 9.8.
   */
  NAME = 'name',
}

/** Which AMIs a parent is looked up among. Those that are deprecated are never taken. */
export interface AmiFilter {
  /**
   * Account that owns the AMI: 12 digits, `amazon`, or `self` for the account of the stack. Anybody may publish an AMI of any name, so that
   * a name alone does not identify an owner (Datadog Security Labs, "whoAMI: A cloud image name confusion attack").
   */
  readonly owner: string;

  /** Names of the AMI, of which one must match. `*` stands for any text, `?` for one character. */
  readonly names: string[];

  /**
   * Which of them is the newest.
   *
   * @default AmiOrder.CREATION_DATE
   */
  readonly newestBy?: AmiOrder;
}

/** A parent that is looked up by owner and name. */
export interface ParentLookupOptions extends ParentImageOptions, AmiFilter {}

/** Options of `ParentImage.amazonLinux2023`. */
export interface AmazonLinux2023Options {
  /**
   * Version of the kernel: `6.1`, `6.12` or `6.18`.
   *
   * @default - the default of Amazon Linux, which moves with its releases
   */
  readonly kernel?: string;

  /**
   * Whether to take the minimal AMI. It lacks the agent of Systems Manager, which Image Builder installs for the build.
   *
   * @default false
   */
  readonly minimal?: boolean;
}

/** Editions of Ubuntu that Canonical publishes. */
export enum UbuntuEdition {
  /** Ubuntu Server. */
  SERVER = 'server',
  /** The minimal image of Ubuntu Server. */
  MINIMAL = 'server-minimal',
  /** Ubuntu Pro, which is charged for. */
  PRO = 'pro-server',
  /** The minimal image of Ubuntu Pro. */
  PRO_MINIMAL = 'pro-minimal',
}

/** Options of `ParentImage.ubuntu`. */
export interface UbuntuOptions {
  /**
   * Edition of Ubuntu.
   *
   * @default UbuntuEdition.SERVER
   */
  readonly edition?: UbuntuEdition;
}
