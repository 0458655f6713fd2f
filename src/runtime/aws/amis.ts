import { DescribeImagesCommand, EC2Client, type Image } from '@aws-sdk/client-ec2';
import { clientSettings } from './clients';
import { callAws, unless } from './errors';
import type { SeenAmi } from '../domain/registration';
import type { Amis } from '../ports';

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
    const client = this.clients.get(region) ?? new EC2Client({ ...clientSettings, region });
    this.clients.set(region, client);
    const image = await describeAmi(client, id);
    return image && {
      state: image.State ?? 'unknown',
      ownerId: image.OwnerId ?? '',
      isPublic: image.Public ?? false,
      architecture: image.Architecture ?? 'unknown',
      platform: image.Platform?.toLowerCase() === 'windows' ? 'Windows' : 'Linux',
    };
  }
}
