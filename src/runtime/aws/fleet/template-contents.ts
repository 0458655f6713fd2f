import type { EC2Client, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { contentHash } from './configuration-hash';
import { allVersions } from './template-versions';
import type { TemplateContent } from '../../domain/template';
import type { TemplateContents } from '../../ports-fleet';

export class Ec2TemplateContents implements TemplateContents {
  public constructor(private readonly client: EC2Client) {}

  /** `ImageId` as it was given: EC2 resolves `resolve:ssm:` only where it is asked to (DescribeLaunchTemplateVersions, `ResolveAlias`). */
  public async versions(templateId: string): Promise<TemplateContent[]> {
    return (await allVersions(this.client, templateId)).map(plain);
  }
}

const plain = ({ VersionNumber: number, LaunchTemplateData: data = {}, CreatedBy: createdBy }: LaunchTemplateVersion): TemplateContent =>
  ({ number: String(number), data, contentHash: contentHash(data), ...(createdBy ? { createdBy } : {}) });
