import { DescribeInstanceImageMetadataCommand, type EC2Client, type InstanceImageMetadata } from '@aws-sdk/client-ec2';
import { callAws } from '../errors';
import { allPages } from '../pages';

/** What EC2 knows of an instance, and its group does not. */
export interface Facts {
  readonly ami?: string;
  readonly launchedAt?: number;
  readonly ended?: boolean;
}

const ENDED = ['stopping', 'stopped', 'shutting-down', 'terminated'];

/** A filter takes 200 values. */
const CHUNK = 200;

/** The AMI each instance really runs; also for AMIs that are deregistered. */
export class InstanceFacts {
  public constructor(private readonly client: EC2Client) {}

  public async of(ids: readonly string[]): Promise<Map<string, Facts>> {
    const facts = new Map<string, Facts>();
    for (let start = 0; start < ids.length; start += CHUNK) await this.read(ids.slice(start, start + CHUNK), facts);
    return facts;
  }

  /** By filter and not by id: an instance that EC2 does not know (yet, or any more) must not fail the whole request. */
  private async read(ids: readonly string[], facts: Map<string, Facts>): Promise<void> {
    const found = await allPages(async (token) => {
      const page = await callAws('describe what instances run', () => this.client.send(new DescribeInstanceImageMetadataCommand({
        Filters: [{ Name: 'instance-id', Values: [...ids] }], ...(token ? { NextToken: token } : {}),
      })));
      return { items: page.InstanceImageMetadata, next: page.NextToken };
    });
    for (const each of found) if (each.InstanceId) facts.set(each.InstanceId, factsOf(each));
  }
}

const factsOf = ({ ImageMetadata: image, LaunchTime: launched, State: state }: InstanceImageMetadata): Facts => ({
  ...(image?.ImageId ? { ami: image.ImageId } : {}),
  ...(launched ? { launchedAt: launched.getTime() } : {}),
  ...(ENDED.includes(state?.Name ?? '') ? { ended: true } : {}),
});
