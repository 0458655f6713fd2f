import { CopyImageCommand, DescribeImagesCommand, EC2Client, type Image } from '@aws-sdk/client-ec2';
import { clientSettings } from './clients';
import { callAws, unless } from './errors';
import { OWNER_TAG } from '../../contract';
import type { SeenAmi } from '../domain/registration';
import type { AmiCopyRequest, Amis } from '../ports';

/** Undefined when there is no such AMI, or it is not shared with this account. */
export async function describeAmi(ec2: EC2Client, id: string): Promise<Image | undefined> {
  const answer = await unless(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'], () =>
    callAws('ec2:DescribeImages', () => ec2.send(new DescribeImagesCommand({ ImageIds: [id], IncludeDeprecated: true }))));
  return answer?.Images?.[0];
}

/** AMIs in any region. */
export class Ec2Amis implements Amis {
  private readonly clients = new Map<string, EC2Client>();

  public constructor(public readonly account: string) {}

  public async find(region: string, id: string): Promise<SeenAmi | undefined> {
    const image = await describeAmi(this.client(region), id);
    return image && {
      state: image.State ?? 'unknown',
      ownerId: image.OwnerId ?? '',
      isPublic: image.Public ?? false,
      architecture: image.Architecture ?? 'unknown',
      platform: image.Platform?.toLowerCase() === 'windows' ? 'Windows' : 'Linux',
    };
  }

  public async copy(region: string, { sourceAmi, name, owner, token }: AmiCopyRequest): Promise<string> {
    const Tags = [{ Key: OWNER_TAG, Value: owner }];
    const answer = await callAws('ec2:CopyImage', () => this.client(region).send(new CopyImageCommand({
      SourceImageId: sourceAmi,
      SourceRegion: region,
      Name: name,
      Description: `Copy of ${sourceAmi}`,
      ClientToken: token,
      TagSpecifications: [{ ResourceType: 'image', Tags }, { ResourceType: 'snapshot', Tags }],
    })));
    return answer.ImageId!;
  }

  private client(region: string): EC2Client {
    const client = this.clients.get(region) ?? new EC2Client({ ...clientSettings, region });
    this.clients.set(region, client);
    return client;
  }
}
