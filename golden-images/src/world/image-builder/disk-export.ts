import { Ec2Service } from '../ec2/ec2';
import { AwsError, type Properties, type World } from '../kernel';

/** `s3ExportConfiguration` of a distribution. */
export interface DiskExport {
  readonly roleName: string;
  readonly diskImageFormat: string;
  readonly s3Bucket: string;
  readonly s3Prefix?: string;
}

const LOOK_MINUTES = 5;

/** Exports an AMI as the service does while it distributes, and says why it could not (assumption: failed-export-fails-build). */
export async function exportDisk(world: World, imageId: string, to: DiskExport): Promise<string | undefined> {
  const { operations } = world.get(Ec2Service);
  try {
    const { ExportImageTaskId: task } = await operations.ExportImage!({
      ImageId: imageId,
      DiskImageFormat: to.diskImageFormat,
      RoleName: to.roleName,
      S3ExportLocation: { S3Bucket: to.s3Bucket, S3Prefix: to.s3Prefix },
    }) as Properties;
    for (;;) {
      await world.timeline.sleep(LOOK_MINUTES * 60_000, `export of ${imageId}`);
      const { ExportImageTasks: [found] } = await operations.DescribeExportImageTasks!({ ExportImageTaskIds: [task] }) as Properties;
      if (found.Status !== 'active') return found.Status === 'completed' ? undefined : found.StatusMessage;
    }
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
