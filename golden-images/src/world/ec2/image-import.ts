import { AwsError, Properties, refuseUnknown } from '../kernel';
import { describeArguments, type DiskTask, type DiskTasks } from './disk-tasks';
import type { Idempotency } from './idempotency';
import type { Images } from './images';

const MEMBERS = [
  'Architecture', 'BootMode', 'ClientToken', 'Description', 'DiskContainers', 'Encrypted', 'KmsKeyId', 'LicenseType', 'Platform', 'RoleName', 'TagSpecifications',
];

/** ImportImage: disks in a bucket become an AMI. Source: VM Import/Export user guide, "Import your VM as an image"; ImportImage API reference. */
export class ImageImport {
  public readonly operations = {
    ImportImage: (input: Properties) => this.import(input),
    DescribeImportImageTasks: (input: Properties) => this.describe(input),
  };

  public constructor(private readonly tasks: DiskTasks, private readonly images: Images, private readonly tokens: Idempotency) {}

  private import(input: Properties): Properties {
    refuseUnknown('ec2:ImportImage', input, MEMBERS);
    return this.tokens.once('ImportImage', input, () => {
      this.check(input);
      return this.render(this.tasks.start('import-ami', 'import-image-task', input, 25, (task) => this.finish(task)));
    });
  }

  private check(input: Properties): void {
    const containers: Properties[] = input.DiskContainers ?? [];
    if (containers.length === 0) throw new AwsError('MissingParameter', 'The request must contain the parameter DiskContainers');
    for (const container of containers) {
      refuseUnknown('ec2:ImportImage DiskContainers', container, ['Description', 'Format', 'UserBucket']);
      refuseUnknown('ec2:ImportImage UserBucket', container.UserBucket, ['S3Bucket', 'S3Key']);
      oneOf('Format', String(container.Format).toUpperCase(), ['OVA', 'VMDK', 'VHD', 'VHDX', 'RAW']);
    }
    oneOf('Platform', input.Platform?.toLowerCase(), ['windows', 'linux']);
    oneOf('LicenseType', input.LicenseType?.toUpperCase(), ['AWS', 'BYOL']);
    oneOf('BootMode', input.BootMode, ['legacy-bios', 'uefi', 'uefi-preferred']);
    oneOf('Architecture', input.Architecture, ['x86_64', 'i386']);
    if (input.KmsKeyId && !input.Encrypted) throw new AwsError('InvalidParameter', 'KmsKeyId needs Encrypted');
    this.tasks.requireRole(input.RoleName);
  }

  /** The disks are read once the task runs (assumption: disk-read-late). */
  private finish(task: DiskTask): void {
    const { input } = task;
    for (const { UserBucket: { S3Bucket, S3Key } } of input.DiskContainers) {
      if (!this.tasks.s3.object(S3Bucket, S3Key)) throw new AwsError('InvalidParameter', `Disk validation failed: ${S3Bucket}/${S3Key} cannot be read`);
    }
    task.imageId = this.images.register({
      name: task.id,
      description: input.Description ?? `AWS-VMImport service: ${task.id}`,
      architecture: input.Architecture ?? 'x86_64',
      platform: input.Platform,
      traits: { ownLicense: input.Platform?.toLowerCase() !== 'windows' || input.LicenseType?.toUpperCase() === 'BYOL' },
      // assumption: imported-root-device
      blockDevices: input.DiskContainers.map((_: unknown, index: number) => ({
        deviceName: `/dev/sd${String.fromCharCode(97 + index)}${index === 0 ? '1' : ''}`, encrypted: input.Encrypted ?? false,
      })),
    }).id;
  }

  private describe(input: Properties): Properties {
    describeArguments('DescribeImportImageTasks', input, 'ImportTaskIds');
    const { items, NextToken } = this.tasks.described(input, 'import-ami', input.ImportTaskIds);
    return { ImportImageTasks: items.map((task) => this.render(task)), NextToken };
  }

  private render(task: DiskTask): Properties {
    const { Architecture, Description, Encrypted, KmsKeyId, LicenseType, Platform, BootMode } = task.input;
    return {
      ImportTaskId: task.id,
      Status: task.status,
      StatusMessage: task.message ?? (task.status === 'active' ? 'converting' : undefined),
      Progress: task.status === 'active' ? '27' : undefined,
      ImageId: task.imageId,
      Architecture,
      Description,
      Encrypted,
      KmsKeyId,
      LicenseType,
      Platform,
      BootMode,
      SnapshotDetails: [],
      Tags: this.tasks.tagsOf(task),
    };
  }
}

function oneOf(member: string, value: string | undefined, values: string[]): void {
  if (value !== undefined && !values.includes(value)) throw new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${member} is invalid.`);
}
