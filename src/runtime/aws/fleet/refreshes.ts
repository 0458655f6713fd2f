import {
  CancelInstanceRefreshCommand, DescribeInstanceRefreshesCommand, RollbackInstanceRefreshCommand, StartInstanceRefreshCommand,
  type AutoScalingClient, type InstanceRefresh, type RefreshPreferences,
} from '@aws-sdk/client-auto-scaling';
import { withVersion, type GroupLaunch } from './group-launch';
import { change, isError } from './refusals';
import { CHECKPOINT_DELAY_SECONDS, type Refresh } from '../../domain/fleet';
import type { Refreshes, RefreshRequest } from '../../ports-fleet';
import { callAws } from '../errors';

/** Refreshes of one page; they come newest first, and only those of the rollout in hand matter. */
const NEWEST = 50;

const PROTECTED = { refresh: 'Refresh', ignore: 'Ignore', wait: 'Wait' } as const;
const STANDBY = { terminate: 'Terminate', ignore: 'Ignore', wait: 'Wait' } as const;

export class InstanceRefreshes implements Refreshes {
  public constructor(private readonly client: AutoScalingClient) {}

  public async list(groupName: string, templateId: string): Promise<Refresh[]> {
    const { InstanceRefreshes: refreshes } = await callAws(`autoscaling:DescribeInstanceRefreshes of ${groupName}`, () =>
      this.client.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: groupName, MaxRecords: NEWEST })));
    return (refreshes ?? []).map((each) => plain(each, templateId));
  }

  public async start(request: RefreshRequest): Promise<void> {
    const { group, version, ami } = request;
    await change(`autoscaling:StartInstanceRefresh of ${group.name}`, () => this.client.send(new StartInstanceRefreshCommand({
      AutoScalingGroupName: group.name,
      Strategy: 'Rolling',
      DesiredConfiguration: withVersion(group.launch as GroupLaunch, group.templateId, version, ami),
      Preferences: preferences(request),
    })));
  }

  public async cancel(groupName: string): Promise<void> {
    await ifActive(() => change(`autoscaling:CancelInstanceRefresh of ${groupName}`, () =>
      this.client.send(new CancelInstanceRefreshCommand({ AutoScalingGroupName: groupName }))));
  }

  public async rollBack(groupName: string): Promise<void> {
    try {
      await ifActive(() => callAws(`autoscaling:RollbackInstanceRefresh of ${groupName}`, () =>
        this.client.send(new RollbackInstanceRefreshCommand({ AutoScalingGroupName: groupName }))));
    } catch (error) {
      if (!isError(error, 'IrreversibleInstanceRefresh')) throw error;
      await this.cancel(groupName);
    }
  }
}

/** What ended in the meantime needs no end. */
async function ifActive(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isError(error, 'ActiveInstanceRefreshNotFound') && !/ActiveInstanceRefreshNotFound/.test((error as Error).message)) throw error;
  }
}

function preferences({ plan, instanceWarmupSeconds, protectedInstances, standbyInstances }: RefreshRequest): RefreshPreferences {
  return {
    MinHealthyPercentage: plan.minHealthyPercentage,
    MaxHealthyPercentage: plan.maxHealthyPercentage,
    ...(instanceWarmupSeconds === undefined ? {} : { InstanceWarmup: instanceWarmupSeconds }),
    // assumption: skip-matching-towards-saved
    SkipMatching: plan.skipMatching,
    AutoRollback: plan.autoRollback,
    ScaleInProtectedInstances: PROTECTED[protectedInstances],
    StandbyInstances: STANDBY[standbyInstances],
    ...(plan.checkpoint === undefined ? {} : { CheckpointPercentages: [plan.checkpoint, 100], CheckpointDelay: CHECKPOINT_DELAY_SECONDS }),
    ...(plan.bakeSeconds > 0 ? { BakeTime: plan.bakeSeconds } : {}),
    ...(plan.alarms.length > 0 ? { AlarmSpecification: { Alarms: [...plan.alarms] } } : {}),
  };
}

function plain(refresh: InstanceRefresh, templateId: string): Refresh {
  const { LaunchTemplate: template, MixedInstancesPolicy: policy } = refresh.DesiredConfiguration ?? {};
  const specification = template ?? policy?.LaunchTemplate?.LaunchTemplateSpecification;
  return {
    id: refresh.InstanceRefreshId ?? '',
    status: refresh.Status ?? '',
    ...(refresh.StatusReason ? { reason: refresh.StatusReason } : {}),
    ...(specification?.LaunchTemplateId === templateId && specification.Version ? { version: specification.Version } : {}),
  };
}
