import type { Properties } from '../../kernel';
import type { LaunchSource } from '../model';
import type { Percentages } from './bounds';

export type RefreshStatus = 'Pending' | 'InProgress' | 'Baking' | 'Successful' | 'Failed' | 'Cancelling' | 'Cancelled'
  | 'RollbackInProgress' | 'RollbackFailed' | 'RollbackSuccessful';

export interface Preferences {
  readonly MinHealthyPercentage?: number;
  readonly MaxHealthyPercentage?: number;
  readonly InstanceWarmup?: number;
  readonly CheckpointPercentages?: number[];
  readonly CheckpointDelay?: number;
  readonly SkipMatching: boolean;
  readonly AutoRollback: boolean;
  readonly ScaleInProtectedInstances: 'Refresh' | 'Ignore' | 'Wait';
  readonly StandbyInstances: 'Terminate' | 'Ignore' | 'Wait';
  readonly AlarmSpecification?: { readonly Alarms: string[] };
  readonly BakeTime?: number;
}

/** An instance refresh and how far it is. */
export interface Refresh {
  readonly id: string;
  readonly preferences: Preferences;
  readonly percentages: Percentages;
  readonly warmupSeconds: number;
  readonly desired?: LaunchSource;
  /** As it was asked for. */
  readonly desiredInput?: Properties;
  readonly startTime: number;
  /** Succeeds as soon as it begins, whatever the instances run. */
  readonly nothingToDo?: boolean;
  status: RefreshStatus;
  reason?: string;
  endTime?: number;
  /** Members that are to be replaced, and those launched meanwhile; a rollback turns them round. */
  old: Set<string>;
  fresh: Set<string>;
  /** Most instances seen replaced, and when the last one was: one hour without progress fails. */
  replaced: number;
  progressAt: number;
  checkpoint: { passed: number; ofTotal: number; until?: number };
  bakeUntil?: number;
  cancelWithoutWaiting?: boolean;
  progress: { percentage: number; toUpdate: number };
  rollback?: { readonly reason: string; readonly startTime: number; readonly percentage: number; readonly toUpdate: number };
}

const ACTIVE: readonly RefreshStatus[] = ['Pending', 'InProgress', 'Baking', 'Cancelling', 'RollbackInProgress'];

export function isActive(refresh: Refresh): boolean {
  return ACTIVE.includes(refresh.status);
}

/** Whether instances are launched from the desired configuration now. */
export function launchesDesired(refresh: Refresh): boolean {
  return ['Pending', 'InProgress', 'Baking'].includes(refresh.status);
}

export function render(refresh: Refresh, groupName: string): Properties {
  const { rollback } = refresh;
  const active = isActive(refresh);
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: groupName,
    Status: refresh.status,
    StatusReason: refresh.reason,
    StartTime: new Date(refresh.startTime),
    EndTime: active || refresh.endTime === undefined ? undefined : new Date(refresh.endTime),
    PercentageComplete: refresh.progress.percentage,
    InstancesToUpdate: refresh.progress.toUpdate,
    Preferences: refresh.preferences,
    DesiredConfiguration: refresh.desiredInput,
    Strategy: 'Rolling',
    RollbackDetails: rollback && {
      RollbackReason: rollback.reason,
      RollbackStartTime: new Date(rollback.startTime),
      PercentageCompleteOnRollback: rollback.percentage,
      InstancesToUpdateOnRollback: rollback.toUpdate,
    },
  };
}
