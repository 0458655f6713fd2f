import { DescribeImportImageTasksCommand, ImportImageCommand, type EC2Client, type ImportImageRequest } from '@aws-sdk/client-ec2';
import { GetImageCommand, ImportDiskImageCommand, ImportVmImageCommand, type Image, type ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { DiskError, type Disk } from './disk';
import type { DiskTarget } from './target';

/** What somebody wants of a disk. */
export interface DiskRequest {
  readonly disk: Disk;
  readonly name: string;
  readonly version: string;
  readonly platform: 'Linux' | 'Windows';
  readonly osVersion?: string;
  readonly license?: 'AWS' | 'BYOL';
  readonly bootMode?: 'legacy-bios' | 'uefi' | 'uefi-preferred';
  /** Edition of an ISO file that has several. */
  readonly imageIndex?: number;
}

export interface ImportPorts {
  readonly ec2: EC2Client;
  readonly imageBuilder: ImagebuilderClient;
  /** Until it is time to look again. */
  wait(): Promise<void>;
  say(text: string): void;
}

/** An import that was started. */
export interface StartedImport {
  readonly imageArn: string;
  /** Task of VM Import/Export; none for an ISO file. */
  readonly task?: string;
}

export async function startImport(request: DiskRequest, target: DiskTarget, ports: ImportPorts): Promise<StartedImport> {
  const { bucket = target.bucket } = request.disk;
  if (bucket !== target.bucket) throw new DiskError(`the role of the stack reads ${target.bucket} and not ${bucket}: copy the disk there, or give DiskImport that bucket`);
  return request.disk.format === 'ISO' ? startIso(request, target, ports) : startVm(request, target, ports);
}

/** Waits until the image can be a parent, and gives its AMI. */
export async function followImport({ imageArn, task }: StartedImport, ports: ImportPorts): Promise<string> {
  for (let said = ''; ;) {
    // Before the first look, too: what was just made is not visible everywhere at once ("Eventual consistency in the Amazon EC2 API").
    await ports.wait();
    const { image } = await ports.imageBuilder.send(new GetImageCommand({ imageBuildVersionArn: imageArn }));
    const ami = image?.outputResources?.amis?.[0]?.image;
    if (image?.state?.status === 'AVAILABLE' && ami) return ami;
    if (['FAILED', 'CANCELLED', 'DELETED'].includes(image?.state?.status ?? '')) throw new DiskError(await whyFailed(image!, task, ports));
    const now = await progress(image, task, ports);
    if (now !== said) ports.say(now);
    said = now;
  }
}

async function startVm(request: DiskRequest, { bucket, role, key }: DiskTarget, ports: ImportPorts): Promise<StartedImport> {
  const { ImportTaskId: task } = await ports.ec2.send(new ImportImageCommand({
    Description: `${request.name} ${request.version}`,
    DiskContainers: [{ Format: request.disk.format, UserBucket: { S3Bucket: bucket, S3Key: request.disk.key } }],
    Platform: request.platform,
    RoleName: role,
    ...(request.license ? { LicenseType: request.license } : {}),
    ...(request.bootMode ? { BootMode: request.bootMode } : {}),
    ...(key ? { Encrypted: true, KmsKeyId: key } : {}),
  } satisfies ImportImageRequest));
  const { name, version: semanticVersion, platform, osVersion } = request;
  const { imageArn } = await ports.imageBuilder.send(new ImportVmImageCommand({ name, semanticVersion, platform, osVersion, vmImportTaskId: task }));
  return { imageArn: imageArn!, task: task! };
}

async function startIso(request: DiskRequest, target: DiskTarget, ports: ImportPorts): Promise<StartedImport> {
  const { infrastructure, executionRole } = target;
  if (!infrastructure) throw new DiskError('the DiskImport of the stack installs no ISO files: give it isoInfrastructure');
  const { imageBuildVersionArn } = await ports.imageBuilder.send(new ImportDiskImageCommand({
    name: request.name,
    semanticVersion: request.version,
    platform: 'Windows',
    osVersion: 'Microsoft Windows 11',
    infrastructureConfigurationArn: infrastructure,
    ...(executionRole ? { executionRole } : {}),
    uri: `s3://${target.bucket}/${request.disk.key}`,
    ...(request.imageIndex === undefined ? {} : { windowsConfiguration: { imageIndex: request.imageIndex } }),
  }));
  return { imageArn: imageBuildVersionArn! };
}

async function taskOf(id: string, { ec2 }: ImportPorts): Promise<{ readonly status: string; readonly message: string; readonly percent: string }> {
  const { ImportImageTasks: [task] = [] } = await ec2.send(new DescribeImportImageTasksCommand({ ImportTaskIds: [id] }));
  return { status: task?.Status ?? 'unknown', message: task?.StatusMessage ?? '', percent: task?.Progress ? ` ${task.Progress} %` : '' };
}

async function progress(image: Image | undefined, task: string | undefined, ports: ImportPorts): Promise<string> {
  if (!task) return image?.state?.status ?? 'PENDING';
  const { status, message, percent } = await taskOf(task, ports);
  return `${task} ${message || status}${percent}`;
}

async function whyFailed(image: Image, task: string | undefined, ports: ImportPorts): Promise<string> {
  const reason = image.state?.reason ?? image.state?.status ?? '';
  const message = task === undefined ? '' : (await taskOf(task, ports)).message;
  return message && !reason.includes(message) ? `${reason}: ${message}` : reason;
}
