import type { FleetIntent, FleetStanding, ReleaseDocument, TemplateDeclaration } from '../../../contract';

/** All that a decision may rest on: the world as it was read in one look. */
export interface FleetObservation {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly region: string;
  readonly namespace: string;
  readonly intent: FleetIntent;
  /** What the ledger says that the channel holds; absent when there was no release yet, or it cannot be read. */
  readonly release?: ReleaseDocument;
  /** AMIs in this region of the versions that the ledger knows, where it can be read. */
  readonly knownAmis?: readonly string[];
  /** Why the ledger of the stack that publishes the channel cannot be read. */
  readonly releaseUnreadable?: string;
  readonly stack: 'settled' | 'failed' | 'in-progress' | 'rolling-back' | 'deleting' | 'gone';
  /** What happened to the stack, oldest first; read only where it must be known whether the deploy that made a version ended well. */
  readonly stackEvents?: readonly StackEvent[];
  /** Value of the fleet's own parameter. */
  readonly parameterValue?: string;
  /** AMI with which that parameter was created, by the ledger; read only until it was noted. */
  readonly initialAmi?: string;
  /** In the order of the intent. */
  readonly targets: readonly TargetObservation[];
  /** Alarms of the policy that exist. */
  readonly alarms: readonly Alarm[];
  /** What the ledger says of the fleet of this stack that must try a version first, where the release names one. */
  readonly canary?: FleetStanding;
  /** Of the AMIs a decision may need: whether they can be launched. */
  readonly usableImages: readonly string[];
}

export interface Alarm {
  readonly name: string;
  readonly red: boolean;
}

/** One rollout target: an Auto Scaling group with its launch template. */
export interface TargetObservation {
  readonly groupName: string;
  /** Absent when the group does not exist. */
  readonly group?: Group;
  /** Launch template that the deploy declares for the group; absent in documents of former constructs. */
  readonly declaredTemplateId?: string;
  /** Ascending by number; empty when the launch template does not exist. */
  readonly versions: readonly TemplateVersion[];
  /** What deploys declared of the launch template, newest last; absent where none ever did. */
  readonly declarations?: readonly TemplateDeclaration[];
  /** Content of versions that other fleets of the stack made of the same launch template. */
  readonly ofOtherFleets?: readonly string[];
  /** Every version of the launch template is a configuration release, whoever made it: the target says so. */
  readonly anyVersion?: boolean;
  /** Newest first. */
  readonly refreshes: readonly Refresh[];
  /** Launches that failed, newest first. */
  readonly launchFailures: readonly LaunchFailure[];
  /** Instances that the group replaced since EC2 had ended them, not for a check that they failed. */
  readonly interrupted: readonly string[];
  /** Instances that the group replaced for a check that they failed. */
  readonly failedChecks: readonly string[];
}

export interface Group {
  readonly name: string;
  readonly templateId: string;
  /** A number, `$Latest` or `$Default`. */
  readonly templateVersion: string;
  readonly desired: number;
  readonly deleting: boolean;
  /** Names of suspended processes. */
  readonly suspended: readonly string[];
  readonly instances: readonly GroupInstance[];
  /**
   * Seconds after which the group itself replaces an instance that its load balancer finds unhealthy; absent where it does not ask
   * the load balancer (`HealthCheckGracePeriod`, `HealthCheckType`).
   */
  readonly graceSeconds?: number;
  /** SHA-256 of the overrides of its mixed instances policy; absent where it has none. */
  readonly overridesHash?: string;
  /** How the group chooses the instances that a scale-in ends, first criterion first (`TerminationPolicies`). */
  readonly terminationPolicies: readonly string[];
  /** Why instance refreshes cannot roll this group. */
  readonly unsupported?: string;
  /** What the adapter needs to name another version of the template in the same form. */
  readonly launch: unknown;
}

export interface GroupInstance {
  readonly id: string;
  /** `LifecycleState` of EC2 Auto Scaling. */
  readonly lifecycle: string;
  /** Health status that the group gives it. */
  readonly healthy: boolean;
  /** Whether every target group that checks it finds it healthy; true where none does. */
  readonly serving: boolean;
  readonly templateVersion?: string;
  /** `<template>#<number>`, also of another launch template than its group names; absent where it was launched from none. */
  readonly launchedFrom?: string;
  /** What it really runs (DescribeInstanceImageMetadata); absent while that is unknown. */
  readonly ami?: string;
  readonly launchedAt?: number;
  /** EC2 is ending it or has ended it, on whose word ever. */
  readonly ended?: boolean;
  readonly protectedFromScaleIn: boolean;
  /** What it has that the ledger does not know (`recognize`). */
  readonly foreign?: string;
}

/**
 * Whose a version of a launch template is, by the ledger. `own`: the fleet made it; `recorded`: a deploy that ended well declared its
 * content, or it was there before anything was recorded; `pending`: it was made within an operation of the stack that lasts; `left-over`:
 * within one that did not end well; `foreign`: nobody who may has said what is in it.
 */
export type Origin = 'own' | 'recorded' | 'pending' | 'left-over' | 'foreign';

export interface TemplateVersion {
  readonly number: string;
  /** A note for people: whoever makes a version may write anything into it. */
  readonly description: string;
  /** Who made it, as EC2 says. */
  readonly createdBy?: string;
  readonly isDefault: boolean;
  /** An AMI id, `resolve:ssm:…`, or empty. */
  readonly image: string;
  /** Hash of the launch template data without the AMI. */
  readonly configurationHash: string;
  /** SHA-256 of the launch template data with the AMI. */
  readonly contentHash: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
  /** Absent until it was recognized. */
  readonly origin?: Origin;
}

/** The stack itself changed its state. */
export interface StackEvent {
  readonly at: number;
  /** Stack status of CloudFormation. */
  readonly status: string;
}

export interface Refresh {
  readonly id: string;
  /** `InstanceRefreshStatus` of EC2 Auto Scaling. */
  readonly status: string;
  readonly reason?: string;
  /** Launch template version of its desired configuration. */
  readonly version?: string;
}

export interface LaunchFailure {
  readonly at: number;
  readonly message: string;
  /** No capacity, a limit, a network without addresses: never the fault of an image. */
  readonly environment: boolean;
}
