import { DescribeTargetHealthCommand, type ElasticLoadBalancingV2Client, type TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { callAws, unless } from '../errors';

/** States that say nothing against a target: `unused` where no listener forwards to the group, `unavailable` where checks are off. */
const FINE = new Set(['healthy', 'unused', 'unavailable']);

/** How the target groups of an Auto Scaling group find its instances. */
export class TargetHealth {
  public constructor(private readonly client: ElasticLoadBalancingV2Client) {}

  /** Whether every target group finds an instance healthy. One that is not registered yet serves nobody. */
  public async serving(targetGroupArns: readonly string[]): Promise<(instanceId: string) => boolean> {
    const groups = await Promise.all(targetGroupArns.map(async (arn) => this.states(arn)));
    const known = groups.filter((each) => each !== undefined);
    return (id) => known.every((group) => group.get(id) ?? false);
  }

  private async states(arn: string): Promise<Map<string, boolean> | undefined> {
    const answer = await unless(['TargetGroupNotFoundException', 'TargetGroupNotFound'], () =>
      callAws('elasticloadbalancing:DescribeTargetHealth', () => this.client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }))));
    return answer && worst(answer.TargetHealthDescriptions ?? []);
  }
}

/** An instance may be registered with several ports: all must be fine. */
function worst(descriptions: readonly TargetHealthDescription[]): Map<string, boolean> {
  const states = new Map<string, boolean>();
  for (const { Target: target, TargetHealth: health } of descriptions) {
    if (!target?.Id) continue;
    states.set(target.Id, (states.get(target.Id) ?? true) && FINE.has(health?.State ?? ''));
  }
  return states;
}
