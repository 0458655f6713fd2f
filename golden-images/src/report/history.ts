import type { World, WorldEvent } from '../world';
import { LoadBalancingService } from '../world/load-balancing/load-balancing';
import { SsmService } from '../world/ssm/ssm';

/** A build, from its start to its end. Times are ISO 8601. */
export interface BuildSpan {
  readonly recipe: string;
  readonly version: string;
  readonly startedAt: string;
  endedAt?: string;
  status: string;
}

/** A parameter got another value. */
export interface Move {
  readonly parameter: string;
  readonly value: string;
  readonly at: string;
}

export interface HealthSample {
  readonly at: string;
  /** Healthy targets of all target groups together. */
  readonly healthy: number;
}

const ENDED = ['AVAILABLE', 'FAILED', 'CANCELLED'];

/** Keeps what a chart needs and no ledger holds: spans of builds, moves of parameters, healthy targets over time. */
export class History {
  public readonly builds: BuildSpan[] = [];
  public readonly moves: Move[] = [];
  public readonly healthy: HealthSample[] = [];
  public readonly startedAt: string;

  public constructor(private readonly world: World) {
    this.startedAt = this.now;
    world.onEvent((event) => {
      if (event.source === 'aws.imagebuilder') this.build(event);
      if (event.source === 'aws.ssm') this.parameter(event);
    });
    world.get(LoadBalancingService).onHealthChange(() => this.health());
  }

  public get now(): string {
    return new Date(this.world.now).toISOString();
  }

  private build({ detail, resources }: WorldEvent): void {
    const status = (detail.state as { status?: string } | undefined)?.status;
    const [recipe, version, build] = resources?.[0]?.split(':image/')[1]?.split('/') ?? [];
    if (status === undefined || build === undefined) return;
    const name = `${version}/${build}`;
    let span = this.builds.find((each) => each.recipe === recipe && each.version === name);
    if (!span) this.builds.push(span = { recipe: recipe!, version: name, startedAt: this.now, status });
    span.status = status;
    if (ENDED.includes(status)) span.endedAt = this.now;
  }

  private parameter({ detail }: WorldEvent): void {
    const { name, operation, exception } = detail as Record<string, string | undefined>;
    if (name === undefined || exception !== undefined || operation === 'Delete') return;
    const value = this.world.get(SsmService).value(name);
    if (value?.startsWith('ami-')) this.moves.push({ parameter: name, value, at: this.now });
  }

  private health(): void {
    const service = this.world.get(LoadBalancingService);
    const { TargetGroups: groups } = service.operations.DescribeTargetGroups!({}) as { TargetGroups: Array<{ TargetGroupArn: string }> };
    const healthy = groups.reduce((sum, { TargetGroupArn: arn }) => sum + service.healthyTargets(arn).length, 0);
    this.healthy.push({ at: this.now, healthy });
  }
}
