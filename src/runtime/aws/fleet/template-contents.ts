import { DescribeLaunchTemplateVersionsCommand, type EC2Client, type LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { contentHash } from './configuration-hash';
import type { TemplateContent } from '../../domain/template';
import type { TemplateContents } from '../../ports-fleet';
import { callAws } from '../errors';
import { allPages } from '../pages';

export class Ec2TemplateContents implements TemplateContents {
  public constructor(private readonly client: EC2Client) {}

  /** `ImageId` as it was given: EC2 resolves `resolve:ssm:` only where it is asked to (DescribeLaunchTemplateVersions, `ResolveAlias`). */
  public async versions(templateId: string): Promise<TemplateContent[]> {
    const found = await allPages(async (token) => {
      const page = await callAws(`ec2:DescribeLaunchTemplateVersions of ${templateId}`, () => this.client.send(new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: templateId, MaxResults: 200, ...(token ? { NextToken: token } : {}),
      })));
      return { items: page.LaunchTemplateVersions, next: page.NextToken };
    });
    return found.map(plain);
  }
}

const plain = ({ VersionNumber: number, LaunchTemplateData: data = {}, CreatedBy: createdBy }: LaunchTemplateVersion): TemplateContent =>
  ({ number: String(number), data, contentHash: contentHash(data), ...(createdBy ? { createdBy } : {}) });
