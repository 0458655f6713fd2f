import type { Properties } from '../kernel';

export type LifecycleState = 'Pending' | 'Pending:Wait' | 'InService' | 'EnteringStandby' | 'Standby' | 'Terminating' | 'Terminating:Wait'
| 'Terminating:Retained';

export interface TemplateReference {
  readonly LaunchTemplateId: string;
  readonly LaunchTemplateName: string;
  readonly Version: string;
}

/** What instances are launched from: exactly one of the two. */
export interface LaunchSource {
  readonly LaunchTemplate?: TemplateReference;
  readonly MixedInstancesPolicy?: Properties;
}

/** An instance of a group, as Auto Scaling sees it: it knows the version of the launch template, not the AMI. */
export interface Member {
  readonly id: string;
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly subnetId: string;
  readonly launchTemplate: TemplateReference;
  readonly launchedAt: number;
  lifecycle: LifecycleState;
  healthy: boolean;
  protectedFromScaleIn: boolean;
  inServiceAt?: number;
  /** The activity that is under way for it. */
  activity?: Activity;
}

export interface Activity {
  readonly ActivityId: string;
  readonly AutoScalingGroupName: string;
  readonly AutoScalingGroupARN: string;
  readonly Description: string;
  readonly Cause: string;
  readonly StartTime: Date;
  readonly Details: string;
  EndTime?: Date;
  StatusCode: 'InProgress' | 'Successful' | 'Failed' | 'Cancelled';
  StatusMessage?: string;
  Progress: number;
}

export interface MaintenancePolicy {
  readonly MinHealthyPercentage: number;
  readonly MaxHealthyPercentage: number;
}

export interface GroupSettings {
  source: LaunchSource;
  min: number;
  max: number;
  desired: number;
  subnetIds: string[];
  targetGroupArns: string[];
  healthCheckTypes: string[];
  gracePeriodSeconds: number;
  defaultCooldown: number;
  defaultInstanceWarmup?: number;
  terminationPolicies: string[];
  newInstancesProtected: boolean;
  capacityRebalance: boolean;
  maintenancePolicy?: MaintenancePolicy;
  /** Whether an instance whose termination hook was abandoned stays until somebody ends it. */
  retainsAbandoned?: boolean;
}

export interface LifecycleHook {
  readonly name: string;
  readonly transition: 'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING';
  readonly heartbeatSeconds: number;
  readonly defaultResult: 'CONTINUE' | 'ABANDON';
  readonly recorded: Properties;
}

export interface GroupTag {
  readonly Key: string;
  readonly Value: string;
  readonly PropagateAtLaunch: boolean;
}
