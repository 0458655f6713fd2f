import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { checkBucket, checkPrefix } from './export-checks';

/** Where the disks of an image go. */
export interface DiskExportOptions {
  /** The bucket: of the same account and region, and encrypted with S3-managed keys or not at all, because the service writes to no other. */
  readonly bucket: IBucket;

  /**
   * What the keys of its disks begin with. A slash is put at its end. The service adds `export-ami-`, the number of the task and the format.
   *
   * @default - namespace and name of the image, such as `web/base/`
   */
  readonly prefix?: string;
}

/** A disk export, as a distribution needs it. */
export interface DiskExportConfig {
  /** `VMDK`, `VHD` or `RAW`. */
  readonly diskImageFormat: string;

  /** The bucket. */
  readonly bucket: IBucket;

  /**
   * What the keys of its disks begin with.
   *
   * @default - namespace and name of the image
   */
  readonly prefix?: string;
}

/**
 * A disk of every version of an image, in a bucket, for another hypervisor or cloud. An image has one: the service exports an AMI in one task
 * at a time. For a second format, convert the disk, or export the AMI once more with `aws ec2 export-image`.
 */
export class DiskExport {
  /** Stream-optimized VMDK: VMware vSphere. */
  public static vmdk(options: DiskExportOptions): DiskExport {
    return new DiskExport('VMDK', options);
  }

  /** VHD: Microsoft Hyper-V, and Microsoft Azure after a conversion to a fixed size. */
  public static vhd(options: DiskExportOptions): DiskExport {
    return new DiskExport('VHD', options);
  }

  /** The bytes of the disk: KVM, OpenStack, and what converts from them. */
  public static raw(options: DiskExportOptions): DiskExport {
    return new DiskExport('RAW', options);
  }

  private constructor(private readonly format: string, private readonly options: DiskExportOptions) {}

  /** Called by the image that is exported. */
  public bind(scope: IConstruct): DiskExportConfig {
    const { bucket, prefix } = this.options;
    checkBucket(scope, bucket);
    return { diskImageFormat: this.format, bucket, prefix: prefix === undefined ? undefined : checkPrefix(scope, prefix) };
  }
}
