import { createHash } from 'crypto';
import {
  CreateLaunchTemplateVersionCommand, DeleteLaunchTemplateVersionsCommand, DescribeLaunchTemplateVersionsCommand,
  type EC2Client, type LaunchTemplateBlockDeviceMapping, type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { configurationHash, contentHash } from './configuration-hash';
import { change } from './refusals';
import { allVersions } from './template-versions';
import type { TemplateVersion } from '../../domain/fleet';
import { RefusedError, TransientError } from '../../ports';
import type { LaunchTemplates } from '../../ports-fleet';
import { callAws, unless } from '../errors';

/** DeleteLaunchTemplateVersions takes 200 versions. */
const CHUNK = 200;
const ASK_AGAIN_SECONDS = 15;
/** Versions that are gone already are no failure of their deletion. */
const GONE = new Set(['launchTemplateIdDoesNotExist', 'launchTemplateVersionDoesNotExist']);

export class Ec2LaunchTemplates implements LaunchTemplates {
  public constructor(private readonly client: EC2Client) {}

  public async versions(templateId: string): Promise<TemplateVersion[]> {
    if (!templateId) return [];
    const found = await unless(
      ['InvalidLaunchTemplateId.NotFound', 'InvalidLaunchTemplateId.NotFoundException'], () => allVersions(this.client, templateId));
    return (found ?? []).map(plain).sort((a, b) => Number(a.number) - Number(b.number));
  }

  /** What is answered is recorded as ours (assumption: version-answer-complete). */
  public async create({ templateId, source, ami, description, token }: Parameters<LaunchTemplates['create']>[0]): Promise<TemplateVersion> {
    const devices = await this.devicesWithSnapshots(templateId, source);
    const { LaunchTemplateVersion: made } = await change(`ec2:CreateLaunchTemplateVersion of ${templateId}`, () => this.client.send(new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: templateId,
      SourceVersion: source,
      VersionDescription: description,
      LaunchTemplateData: { ImageId: ami, ...(devices ? { BlockDeviceMappings: devices } : {}) },
      ClientToken: createHash('sha256').update(token).digest('hex').slice(0, 64),
    })));
    if (!made) throw new TransientError(`ec2:CreateLaunchTemplateVersion of ${templateId} did not say what it made`, ASK_AGAIN_SECONDS);
    return plain(made);
  }

  public async remove(templateId: string, versions: readonly string[]): Promise<void> {
    for (let start = 0; start < versions.length; start += CHUNK) {
      const answer = await change(`ec2:DeleteLaunchTemplateVersions of ${templateId}`, () => this.client.send(new DeleteLaunchTemplateVersionsCommand({
        LaunchTemplateId: templateId, Versions: versions.slice(start, start + CHUNK),
      })));
      const failed = (answer.UnsuccessfullyDeletedLaunchTemplateVersions ?? []).find((each) => !GONE.has(each.ResponseError?.Code ?? ''));
      if (failed) throw new RefusedError(`version ${failed.VersionNumber} of ${templateId} was not deleted: ${failed.ResponseError?.Message}`);
    }
  }

  /**
   * What must be sent again: "Snapshots applied to the block device mapping are ignored when creating a new version unless they are
   * explicitly included" (EC2 API reference, CreateLaunchTemplateVersion, `SourceVersion`).
   */
  private async devicesWithSnapshots(templateId: string, source: string): Promise<LaunchTemplateBlockDeviceMapping[] | undefined> {
    const { LaunchTemplateVersions: [version] = [] } = await callAws(`ec2:DescribeLaunchTemplateVersions of ${templateId}`, () =>
      this.client.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: templateId, Versions: [source] })));
    const devices = version?.LaunchTemplateData?.BlockDeviceMappings;
    return devices?.some(({ Ebs: disk }) => disk?.SnapshotId) ? devices : undefined;
  }
}

const plain = (version: LaunchTemplateVersion): TemplateVersion => ({
  number: String(version.VersionNumber),
  description: version.VersionDescription ?? '',
  isDefault: version.DefaultVersion ?? false,
  image: version.LaunchTemplateData?.ImageId ?? '',
  configurationHash: configurationHash(version.LaunchTemplateData ?? {}),
  contentHash: contentHash(version.LaunchTemplateData ?? {}),
  ...(version.CreatedBy ? { createdBy: version.CreatedBy } : {}),
  ...(version.CreateTime ? { createdAt: version.CreateTime.getTime() } : {}),
});
