import { DescribeStackEventsCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { StackEvent } from '../../domain/fleet';
import type { Deploys } from '../../ports-fleet';
import { callAws } from '../errors';

export class StackEvents implements Deploys {
  public constructor(private readonly client: CloudFormationClient) {}

  /** They come newest first; those of the stack itself have its id as the physical id. */
  public async events(stackId: string, since: number): Promise<StackEvent[]> {
    const events: StackEvent[] = [];
    let token: string | undefined;
    do {
      const page = await callAws('cloudformation:DescribeStackEvents', () => this.client.send(new DescribeStackEventsCommand({
        StackName: stackId, ...(token ? { NextToken: token } : {}),
      })));
      for (const { PhysicalResourceId: id, ResourceStatus: status = '', Timestamp: at } of page.StackEvents ?? []) {
        if (id === stackId && at) events.unshift({ at: at.getTime(), status });
      }
      token = page.NextToken;
    } while (token && (events[0]?.at ?? Infinity) > since);
    return events;
  }
}
