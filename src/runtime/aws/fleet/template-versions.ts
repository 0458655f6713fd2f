import { DescribeLaunchTemplateVersionsCommand, type EC2Client, type LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { callAws } from '../errors';
import { allPages } from '../pages';

/** DescribeLaunchTemplateVersions answers with 200 versions at most. */
const PAGE = 200;

/** All versions of a launch template, in whatever order EC2 lists them. */
export async function allVersions(client: EC2Client, templateId: string): Promise<LaunchTemplateVersion[]> {
  return allPages(async (token) => {
    const page = await callAws(`ec2:DescribeLaunchTemplateVersions of ${templateId}`, () => client.send(new DescribeLaunchTemplateVersionsCommand({
      LaunchTemplateId: templateId, MaxResults: PAGE, ...(token ? { NextToken: token } : {}),
    })));
    return { items: page.LaunchTemplateVersions, next: page.NextToken };
  });
}
