import { DescribeLaunchTemplateVersionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { ListImageRecipesCommand, type ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { callAws } from './errors';
import { allPages } from './pages';
import type { References } from '../ports';

/** Who reads a parameter in this account and region. */
export class AccountReferences implements References {
  public constructor(private readonly ec2: EC2Client, private readonly builder: ImagebuilderClient) {}

  public async of(parameterName: string): Promise<string[]> {
    return [...await this.launchTemplates(parameterName), ...await this.recipes(parameterName)];
  }

  /** Without an id, EC2 gives the latest and default versions of all templates (DescribeLaunchTemplateVersions, `Versions`). */
  private async launchTemplates(parameterName: string): Promise<string[]> {
    const versions = await allPages(async (token) => {
      const page = await callAws('ec2:DescribeLaunchTemplateVersions', () => this.ec2.send(new DescribeLaunchTemplateVersionsCommand({
        Versions: ['$Latest', '$Default'], MaxResults: 200, ...(token ? { NextToken: token } : {}),
      })));
      return { items: page.LaunchTemplateVersions, next: page.NextToken };
    });
    const alias = `resolve:ssm:${parameterName}`;
    return versions
      .filter(({ LaunchTemplateData: data }) => data?.ImageId === alias || data?.ImageId?.startsWith(`${alias}:`))
      .map(({ LaunchTemplateId: id, VersionNumber: version }) => `${id}:${version}`);
  }

  private async recipes(parameterName: string): Promise<string[]> {
    const recipes = await allPages(async (token) => {
      const page = await callAws('imagebuilder:ListImageRecipes', () => this.builder.send(new ListImageRecipesCommand({
        owner: 'Self', maxResults: 25, ...(token ? { nextToken: token } : {}),
      })));
      return { items: page.imageRecipeSummaryList, next: page.nextToken };
    });
    return recipes
      .filter(({ parentImage }) => parentImage === `ssm:${parameterName}` || (parentImage?.startsWith('ssm:arn:') && parentImage.endsWith(`:parameter${parameterName}`)))
      .map(({ arn }) => arn ?? 'a recipe');
  }
}
