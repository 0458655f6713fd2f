import { DescribeInstanceImageMetadataCommand, type EC2Client, type InstanceImageMetadata } from '@aws-sdk/client-ec2';
import { RefusedError, TransientError } from '../../ports';
import { callAws, errorName } from '../errors';

/** What EC2 knows of an instance, and its group does not. */
export interface Facts {
  readonly ami?: string;
  readonly launchedAt?: number;
  readonly ended?: boolean;
}

/** An instance whose zone is told by its group. */
export interface LocatedInstance {
  readonly id: string;
  readonly zone: string;
}

const ENDED = ['stopping', 'stopped', 'shutting-down', 'terminated'];

/** Instances of one request. */
const CHUNK = 100;

/** The AMI each instance really runs; also for AMIs that are deregistered. */
export class InstanceFacts {
  public constructor(private readonly client: EC2Client) {}

  /**
   * Asked for zone by zone: while a zone is disrupted, requests fail that name no instances, or one in that zone (API reference,
   * DescribeInstanceImageMetadata). What its instances run is then not known; the others must not be unknown for it.
   */
  public async of(instances: readonly LocatedInstance[]): Promise<Map<string, Facts>> {
    const facts = new Map<string, Facts>();
    const requests = chunksByZone(instances);
    const failures: TransientError[] = [];
    for (const ids of requests) {
      await this.read(ids, facts).catch((error: unknown) => {
        if (!(error instanceof TransientError)) throw error;
        failures.push(error);
      });
    }
    if (failures.length > 0 && failures.length === requests.length) throw failures[0]!;
    return facts;
  }

  /** An instance that EC2 does not know (yet, or any more) fails the whole request: it is left out, and the others are asked for again. */
  private async read(ids: readonly string[], facts: Map<string, Facts>): Promise<void> {
    if (ids.length === 0) return;
    try {
      const { InstanceImageMetadata: found = [] } = await callAws('ec2:DescribeInstanceImageMetadata', () =>
        this.client.send(new DescribeInstanceImageMetadataCommand({ InstanceIds: [...ids] })));
      for (const each of found) if (each.InstanceId) facts.set(each.InstanceId, factsOf(each));
    } catch (error) {
      const left = errorName(error) === 'InvalidInstanceID.NotFound' ? ids.filter((id) => !(error as RefusedError).message.includes(id)) : ids;
      if (left.length === ids.length) throw error;
      await this.read(left, facts);
    }
  }
}

function chunksByZone(instances: readonly LocatedInstance[]): string[][] {
  const zones = [...new Set(instances.map(({ zone }) => zone))];
  return zones.flatMap((zone) => {
    const ids = instances.filter((each) => each.zone === zone).map(({ id }) => id);
    return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) => ids.slice(index * CHUNK, (index + 1) * CHUNK));
  });
}

const factsOf = ({ ImageMetadata: image, LaunchTime: launched, State: state }: InstanceImageMetadata): Facts => ({
  ...(image?.ImageId ? { ami: image.ImageId } : {}),
  ...(launched ? { launchedAt: launched.getTime() } : {}),
  ...(ENDED.includes(state?.Name ?? '') ? { ended: true } : {}),
});
