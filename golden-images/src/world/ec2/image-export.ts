import { AwsError, Properties, refuseUnknown, World } from '../kernel';
import { describeArguments, type DiskTask, type DiskTasks } from './disk-tasks';
import type { Idempotency } from './idempotency';
import type { Image, Images } from './images';

/**
 * ExportImage: the disk of an AMI goes to a bucket. Source: VM Import/Export user guide, "Considerations for image export", "Start an export image task".
 * That an image boots by BIOS and by UEFI is not modelled; the names of errors but NotExportable are not documented (assumption: export-refusals).
 */
export class ImageExport {
  public readonly operations = {
    ExportImage: (input: Properties) => this.export(input),
    DescribeExportImageTasks: (input: Properties) => this.describe(input),
  };

  public constructor(
    private readonly world: World, private readonly tasks: DiskTasks, private readonly images: Images, private readonly tokens: Idempotency,
  ) {}

  private export(input: Properties): Properties {
    refuseUnknown('ec2:ExportImage', input, ['ClientToken', 'Description', 'DiskImageFormat', 'ImageId', 'RoleName', 'S3ExportLocation', 'TagSpecifications']);
    refuseUnknown('ec2:ExportImage S3ExportLocation', input.S3ExportLocation, ['S3Bucket', 'S3Prefix']);
    return this.tokens.once('ExportImage', input, () => {
      this.tasks.requireRole(input.RoleName);
      this.checkBucket(input.S3ExportLocation.S3Bucket);
      this.checkImage(this.images.requireOwned(input.ImageId));
      return this.render(this.tasks.start('export-ami', 'export-image-task', input, 30, (task) => this.finish(task)));
    });
  }

  private checkImage(image: Image): void {
    if (image.blockDevices.some(({ encrypted }) => encrypted)) {
      throw new AwsError('NotExportable', `The image ID (${image.id}) provided has encrypted EBS block devices and is not exportable.`);
    }
    if (image.platform === 'windows' && !this.root(image).traits.ownLicense) {
      throw new AwsError('NotExportable', `The image ID (${image.id}) provided contains AWS-licensed software and is not exportable.`);
    }
    if (this.tasks.active().some(({ id, input }) => id.startsWith('export-ami-') && input.ImageId === image.id)) {
      throw new AwsError('IncorrectState', `An export of the image ID (${image.id}) is in progress.`);
    }
  }

  private root(image: Image): Image {
    const source = this.images.known(image.sourceImageId ?? '');
    return source ? this.root(source) : image;
  }

  private checkBucket(name: string): void {
    const bucket = this.tasks.s3.all().find((each) => each.name === name);
    if (!bucket) throw new AwsError('InvalidParameter', `The bucket ${name} does not exist`);
    if (JSON.stringify(bucket.settings.encryption ?? {}).includes('aws:kms')) {
      throw new AwsError('InvalidParameter', `The bucket ${name} is encrypted with SSE-KMS, to which no image can be exported`);
    }
  }

  /** What the disk holds is not modelled; the object says so. */
  private finish(task: DiskTask): void {
    const { ImageId, DiskImageFormat, S3ExportLocation: { S3Bucket, S3Prefix = '' } } = task.input;
    this.images.requireOwned(ImageId);
    const body = `A model of ${ImageId} as ${DiskImageFormat}, exported ${new Date(this.world.now).toISOString()}\n`;
    this.tasks.s3.putObject(S3Bucket, `${S3Prefix}${task.id}.${DiskImageFormat.toLowerCase()}`, Buffer.from(body));
  }

  private describe(input: Properties): Properties {
    describeArguments('DescribeExportImageTasks', input, 'ExportImageTaskIds');
    const { items, NextToken } = this.tasks.described(input, 'export-ami', input.ExportImageTaskIds);
    return { ExportImageTasks: items.map((task) => this.render(task)), NextToken };
  }

  private render(task: DiskTask): Properties {
    const { Description, DiskImageFormat, ImageId, RoleName, S3ExportLocation } = task.input;
    return {
      ExportImageTaskId: task.id,
      Description,
      DiskImageFormat,
      ImageId,
      RoleName,
      S3ExportLocation,
      Status: task.status,
      StatusMessage: task.message ?? (task.status === 'active' ? 'converting' : undefined),
      Progress: task.status === 'active' ? '40' : undefined,
      Tags: this.tasks.tagsOf(task),
    };
  }
}
