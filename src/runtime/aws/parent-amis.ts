import { GetImageCommand, ListImageBuildVersionsCommand, ListImagesCommand, type ImagebuilderClient, type OutputResources } from '@aws-sdk/client-imagebuilder';
import { callAws } from './errors';
import { allPages } from './pages';
import type { ParentAmis } from '../ports';

/** Image Builder images by ARN: `…/1.2.3/4` (a build), `…/1.2.3` (a version) or `…/1.x.x` (the newest that matches). */
export class ImageBuilderParents implements ParentAmis {
  public constructor(private readonly builder: ImagebuilderClient, private readonly region: string) {}

  public async ofImage(arn: string): Promise<string | undefined> {
    if (/\/\d+$/.test(arn)) return this.ofBuild(arn);
    const version = arn.endsWith('x') ? await this.newestVersion(arn) : arn;
    return version && this.ofVersion(version);
  }

  private async ofBuild(arn: string): Promise<string | undefined> {
    const { image } = await callAws('imagebuilder:GetImage', () => this.builder.send(new GetImageCommand({ imageBuildVersionArn: arn })));
    return this.ami(image?.outputResources);
  }

  private async ofVersion(arn: string): Promise<string | undefined> {
    const builds = await allPages(async (nextToken) => {
      const page = await callAws('imagebuilder:ListImageBuildVersions', () => this.builder.send(new ListImageBuildVersionsCommand({
        imageVersionArn: arn, maxResults: 25, ...(nextToken ? { nextToken } : {}),
      })));
      return { items: page.imageSummaryList, next: page.nextToken };
    });
    const available = builds.filter(({ state, outputResources }) => state?.status === 'AVAILABLE' && this.ami(outputResources));
    return this.ami(available.sort((a, b) => Date.parse(b.dateCreated ?? '') - Date.parse(a.dateCreated ?? ''))[0]?.outputResources);
  }

  private async newestVersion(arn: string): Promise<string | undefined> {
    const [, owner, name, pattern] = /^arn:[^:]+:imagebuilder:[^:]+:([^:]+):image\/([^/]+)\/([0-9x.]+)$/.exec(arn) ?? [];
    if (!name || !pattern) throw new Error(`${arn} is no ARN of an Image Builder image`);
    const images = await allPages(async (nextToken) => {
      const page = await callAws('imagebuilder:ListImages', () => this.builder.send(new ListImagesCommand({
        owner: owner === 'aws' ? 'Amazon' : 'Self', maxResults: 25, ...(nextToken ? { nextToken } : {}),
      })));
      return { items: page.imageVersionList, next: page.nextToken };
    });
    const matches = new RegExp(`:image/${name}/${pattern.replace(/\./g, '\\.').replace(/x/g, '\\d+')}$`);
    return images.map((image) => image.arn ?? '').filter((each) => matches.test(each)).sort(byVersion)[0];
  }

  private ami(resources: OutputResources | undefined): string | undefined {
    return resources?.amis?.find(({ region }) => region === this.region)?.image;
  }
}

/** Newest first. */
function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((arn) => arn.split('/').pop()!.split('.').map(Number));
  return left!.map((part, index) => (right![index] ?? 0) - part).find((difference) => difference !== 0) ?? 0;
}
