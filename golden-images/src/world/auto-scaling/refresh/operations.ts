import { AwsError, page, Properties, refuseUnknown } from '../../kernel';
import type { AutoScalingService } from '../auto-scaling';
import type { Group } from '../group';
import { validation } from '../launch-source';
import { settle, startRollback } from './outcome';
import type { Refresh } from './refresh';
import { render } from './refresh';
import { rollbackRefusal, startRefresh } from './start';

/** The operations on instance refreshes. */
export class RefreshOperations {
  public readonly operations = {
    StartInstanceRefresh: (input: Properties) => this.start(input),
    DescribeInstanceRefreshes: (input: Properties) => this.describe(input),
    CancelInstanceRefresh: (input: Properties) => this.cancel(input),
    RollbackInstanceRefresh: (input: Properties) => this.rollBack(input),
  };

  public constructor(private readonly service: AutoScalingService) {}

  private start(input: Properties): Properties {
    const group = this.service.require(input.AutoScalingGroupName);
    if (group.deleting) throw validation(`AutoScalingGroup '${group.name}' is being deleted`);
    const refresh = startRefresh(group, input);
    group.refreshes.unshift(refresh);
    this.service.upkeep.touch(group);
    return { InstanceRefreshId: refresh.id };
  }

  /** Newest first; they are kept for six weeks. */
  private describe(input: Properties): Properties {
    refuseUnknown('autoscaling:DescribeInstanceRefreshes', input, ['AutoScalingGroupName', 'InstanceRefreshIds', 'MaxRecords', 'NextToken']);
    const group = this.service.require(input.AutoScalingGroupName);
    const since = group.world.now - 42 * 86_400_000;
    const found = group.refreshes.filter((each) => each.startTime >= since && (input.InstanceRefreshIds?.includes(each.id) ?? true));
    const { items, NextToken } = page(found, input.MaxRecords ?? 50, input.NextToken);
    return { InstanceRefreshes: items.map((each) => render(each, group.name)), NextToken };
  }

  /** Stops replacing and leaves the group mixed; what is under way is waited for unless the request says otherwise. */
  private cancel(input: Properties): Properties {
    refuseUnknown('autoscaling:CancelInstanceRefresh', input, ['AutoScalingGroupName', 'WaitForTransitioningInstances']);
    const group = this.service.require(input.AutoScalingGroupName);
    const refresh = this.active(group);
    refresh.reason = 'Cancelled due to user request.';
    if (input.WaitForTransitioningInstances === false) settle(group, refresh, 'Cancelled', 'Cancelled', refresh.reason);
    else refresh.status = 'Cancelling';
    this.service.upkeep.touch(group);
    return { InstanceRefreshId: refresh.id };
  }

  /** Error names: API reference, RollbackInstanceRefresh. */
  private rollBack(input: Properties): Properties {
    refuseUnknown('autoscaling:RollbackInstanceRefresh', input, ['AutoScalingGroupName']);
    const group = this.service.require(input.AutoScalingGroupName);
    const refresh = this.active(group);
    if (refresh.status === 'Cancelling' || refresh.status === 'RollbackInProgress') throw notFound(group);
    const refusal = rollbackRefusal(group, refresh.desired);
    if (refusal) throw new AwsError('IrreversibleInstanceRefresh', `The instance refresh cannot be rolled back because ${refusal}.`);
    startRollback(group, refresh, 'Rollback initiated by a user request.');
    this.service.upkeep.touch(group);
    return { InstanceRefreshId: refresh.id };
  }

  private active(group: Group): Refresh {
    const refresh = group.activeRefresh;
    if (!refresh) throw notFound(group);
    return refresh;
  }
}

function notFound(group: Group): AwsError {
  return new AwsError('ActiveInstanceRefreshNotFound', `No in progress or pending Instance Refresh found for Auto Scaling group ${group.name}`);
}
