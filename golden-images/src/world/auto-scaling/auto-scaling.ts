import { NotModelled, Operation, Properties, refuseUnknown, Service, World } from '../kernel';
import { CapacityOperations } from './capacity-operations';
import type { Group } from './group';
import { GroupDescriptions } from './group-descriptions';
import { GroupOperations } from './group-operations';
import { HookOperations } from './hook-operations';
import { validation } from './launch-source';
import { MemberOperations } from './member-operations';
import { RefreshOperations } from './refresh/operations';
import { autoScalingResourceTypes } from './resource-types';
import { Upkeep } from './upkeep';

/** Amazon EC2 Auto Scaling: groups that keep their capacity, health checks, lifecycle hooks, and the real instance refresh. */
export class AutoScalingService extends Service {
  public readonly signingName = 'autoscaling';
  public override readonly resourceTypes = autoScalingResourceTypes(this);
  public readonly operations: Readonly<Record<string, Operation>>;
  public readonly upkeep: Upkeep;
  private readonly groups = new Map<string, Group>();
  /** Scaling policies are recorded, never triggered: the model has no load. */
  private readonly policies = new Map<string, Properties>();

  public constructor(world: World) {
    super(world);
    this.upkeep = new Upkeep(world, () => this.groups.values());
    this.operations = {
      ...new GroupOperations(world, this).operations,
      ...new GroupDescriptions(this).operations,
      ...new CapacityOperations(this).operations,
      ...new MemberOperations(this).operations,
      ...new HookOperations(this).operations,
      ...new RefreshOperations(this).operations,
      PutScalingPolicy: (input) => this.recordPolicy(input),
      DeletePolicy: (input) => { this.policies.delete(`${input.AutoScalingGroupName}/${input.PolicyName}`); },
      DescribePolicies: (input) => this.describePolicies(input),
      DescribeWarmPool: () => { throw new NotModelled('autoscaling warm pools'); },
    };
  }

  public find(name: string): Group | undefined {
    return this.groups.get(name);
  }

  public all(): Group[] {
    return [...this.groups.values()];
  }

  public require(name: string): Group {
    const found = this.groups.get(name);
    if (!found) throw validation(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
    return found;
  }

  public add(group: Group): void {
    this.groups.set(group.name, group);
    this.upkeep.touch(group);
  }

  public remove(group: Group): void {
    this.upkeep.forget(group);
    this.groups.delete(group.name);
  }

  private recordPolicy(input: Properties): Properties {
    const group = this.require(input.AutoScalingGroupName);
    const arn = this.world.arn('autoscaling', `scalingPolicy:${this.world.random.uuid()}:autoScalingGroupName/${group.name}:policyName/${input.PolicyName}`);
    this.policies.set(`${group.name}/${input.PolicyName}`, { ...input, PolicyARN: arn });
    return { PolicyARN: arn, Alarms: [] };
  }

  private describePolicies(input: Properties): Properties {
    const name = input.AutoScalingGroupName;
    refuseUnknown('autoscaling:DescribePolicies', input, ['AutoScalingGroupName', 'MaxRecords', 'NextToken']);
    return { ScalingPolicies: [...this.policies.values()].filter((each) => !name || each.AutoScalingGroupName === name) };
  }
}
