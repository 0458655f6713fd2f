import { createHash } from 'crypto';
import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  GetComponentCommand, GetImageCommand, ListImagePipelineImagesCommand, StartImagePipelineExecutionCommand,
  type Image, type ImagebuilderClient, type ImageSummary,
} from '@aws-sdk/client-imagebuilder';
import { describeAmi } from './amis';
import { callAws, unless } from './errors';
import { allPages } from './pages';
import { buildInputs } from '../../contract';
import type { BuildDetails, SeenBuild } from '../domain/image';
import type { Images } from '../ports';

/** What is still going to become something. */
const IN_FLIGHT = new Set(['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING']);
const FAILED = new Set(['FAILED', 'CANCELLED']);

const NOT_FOUND = ['ResourceNotFoundException'];

export class ImageBuilderImages implements Images {
  public constructor(private readonly builder: ImagebuilderClient, private readonly ec2: EC2Client, private readonly region: string) {}

  public async builds(pipelineArn: string): Promise<SeenBuild[] | undefined> {
    const summaries = await unless(NOT_FOUND, () => allPages(async (nextToken) => {
      const page = await callAws('imagebuilder:ListImagePipelineImages', () => this.builder.send(new ListImagePipelineImagesCommand({
        imagePipelineArn: pipelineArn, maxResults: 25, ...(nextToken ? { nextToken } : {}),
      })));
      return { items: page.imageSummaryList, next: page.nextToken };
    }));
    return summaries?.flatMap((summary) => seen(summary, nameOf(pipelineArn)) ?? []);
  }

  public async details(buildArn: string): Promise<BuildDetails> {
    const answer = await unless(NOT_FOUND, () =>
      callAws('imagebuilder:GetImage', () => this.builder.send(new GetImageCommand({ imageBuildVersionArn: buildArn }))));
    const image = answer?.image;
    const amis = amisOf(image, buildArn.split(':')[4]!);
    const ami = await this.ami(amis[this.region]);
    return {
      recipeArn: image?.imageRecipe?.arn ?? '',
      tested: image?.imageTestsConfiguration?.imageTestsEnabled ?? true,
      amis,
      ...(ami ? { ami } : {}),
      ...(image?.imageRecipe ? { inputs: inputsOf(image), recipeCreatedAt: Date.parse(image.imageRecipe.dateCreated ?? '') } : {}),
      // While the AMI cannot be read, nothing is decided.
      ...(image && ami ? { components: await this.components(image) } : {}),
    };
  }

  /** Those of the namespace: of others this knows nothing. */
  private async components({ imageRecipe }: Image): Promise<NonNullable<BuildDetails['components']>> {
    const namespace = /^.*:image-recipe\/([^/]+--)/.exec(imageRecipe?.arn ?? '')?.[1];
    const own = (imageRecipe?.components ?? []).flatMap(({ componentArn: arn = '' }) =>
      (namespace && arn.includes(`:component/${namespace}`) && /\/\d+\.\d+\.\d+\/\d+$/.test(arn) ? [arn] : []));
    const found = await Promise.all(own.map(async (arn) => ({ arn, createdAt: await this.createdAt(arn) })));
    return found.flatMap(({ arn, createdAt }) => (createdAt === undefined ? [] : [{ arn, createdAt }]));
  }

  private async createdAt(arn: string): Promise<number | undefined> {
    const answer = await unless(NOT_FOUND, () =>
      callAws('imagebuilder:GetComponent', () => this.builder.send(new GetComponentCommand({ componentBuildVersionArn: arn }))));
    return answer?.component?.dateCreated === undefined ? undefined : Date.parse(answer.component.dateCreated);
  }

  public async start(pipelineArn: string, token: string): Promise<string | undefined> {
    const { imageBuildVersionArn } = await callAws('imagebuilder:StartImagePipelineExecution', () => this.builder.send(new StartImagePipelineExecutionCommand({
      imagePipelineArn: pipelineArn, clientToken: clientToken(token),
    })));
    return imageBuildVersionArn;
  }

  /** The AMI with what it was built on (assumption: source-image-id); absent while it cannot be read. */
  private async ami(id: string | undefined): Promise<BuildDetails['ami']> {
    if (!id) return undefined;
    const image = await describeAmi(this.ec2, id);
    if (image?.State !== 'available') return undefined;
    return { id, ...(image.SourceImageId ? { sourceAmi: image.SourceImageId } : {}) };
  }
}

/** By region, those of the account alone: a distribution may give other accounts copies (API reference, Ami, `accountId`). */
const amisOf = (image: Image | undefined, account: string): BuildDetails['amis'] => Object.fromEntries((image?.outputResources?.amis ?? [])
  .filter(({ region, image: id, accountId = account }) => region && id && accountId === account)
  .map(({ region, image: id }) => [region!, id!]));

/** As they were for this build (assumption: image-keeps-configurations). */
const inputsOf = (image: Image): BuildDetails['inputs'] => buildInputs(image.imageRecipe!, {
  infrastructureConfigurationArn: image.infrastructureConfiguration?.arn,
  distributionConfigurationArn: image.distributionConfiguration?.arn,
  workflows: image.workflows,
  executionRole: image.executionRole,
}, image.infrastructureConfiguration);

/** The last part of the ARN of a pipeline, a recipe or an image without its version. */
const nameOf = (arn: string): string => arn.split('/')[1] ?? '';

/**
 * Builds that were deprecated, disabled or deleted are past: nothing new can be said of them. An image has the name of its recipe, and ours have
 * the name of their pipeline; the version of another recipe is told apart by its name.
 */
function seen({ arn, state, dateCreated, buildType }: ImageSummary, name: string): SeenBuild | undefined {
  const number = /\/(\d+\.\d+\.\d+\/\d+)$/.exec(arn ?? '')?.[1];
  const foreignRecipe = nameOf(arn ?? '') === name ? undefined : nameOf(arn ?? '');
  const version = number && foreignRecipe ? `${number}+${foreignRecipe}` : number;
  const status = statusOf(state?.status);
  if (!arn || !version || !status) return undefined;
  return {
    arn,
    version,
    status,
    createdAt: Date.parse(dateCreated ?? ''),
    scheduled: buildType === 'SCHEDULED',
    ...(foreignRecipe ? { foreignRecipe } : {}),
    ...(state?.reason ? { reason: state.reason } : {}),
  };
}

function statusOf(status: string | undefined): SeenBuild['status'] | undefined {
  if (status === 'AVAILABLE') return 'available';
  if (IN_FLIGHT.has(status ?? '')) return 'in-flight';
  return FAILED.has(status ?? '') ? 'failed' : undefined;
}

/** Image Builder takes 36 characters (StartImagePipelineExecution, `clientToken`). (assumption: client-token-answer) */
const clientToken = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 36);
