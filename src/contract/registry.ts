import type { LookupIntent } from './lookups';

/** Version of every document in this folder. A controller of version N reads N − 1 and N, and refuses N + 1 without writing. */
export const SCHEMA_VERSION = 1;

/** What a stack intends: its images and fleets. Written by the registry custom resource, read by the controllers. */
export interface RegistryDocument {
  readonly schemaVersion: number;
  readonly namespace: string;
  readonly stackId: string;
  readonly images: ImageIntent[];
  readonly fleets: FleetIntent[];
  /** Absent in documents of stacks that look up no parents. */
  readonly lookups?: LookupIntent[];
}

export interface ImageIntent {
  readonly name: string;
  readonly recipeArn: string;
  readonly pipelineArn: string;
  readonly parent: ParentIntent;
  /** Hash of the definition; a deploy that changes it starts a build. */
  readonly contentHash: string;
  readonly channels: ChannelIntent[];
  /** Whether builds run on a schedule of the pipeline (a base), or only when the parent is released (a role). */
  readonly scheduled: boolean;
  /** Regions in which a version must have an AMI before a channel may point to it. */
  readonly regions: string[];
  /** Its versions are registered from outside; `recipeArn` and `pipelineArn` are empty then. */
  readonly registered?: RegisteredIntent;
}

/** What an AMI must be to become a version of an image that this app does not build itself. */
export interface RegisteredIntent {
  readonly platform: 'Linux' | 'Windows';
  readonly architecture: string;
  /** AWS CodeBuild project that builds the image and registers it; absent where nothing here builds it. */
  readonly projectName?: string;
}

export type ParentIntent =
  | { readonly type: 'image' } & FollowedChannel
  | { readonly type: 'external'; readonly reference: string };

export interface ChannelIntent {
  readonly name: string;
  readonly parameterName: string;
  readonly gates: GateIntent[];
}

export type GateIntent =
  | { readonly type: 'image-tests' }
  /** The version must have been the head of `channel` for so long. */
  | { readonly type: 'soak'; readonly channel: string; readonly seconds: number };

/** A channel that something stands on or follows. */
export interface FollowedChannel {
  readonly image: string;
  readonly channel: string;
  readonly parameterName: string;
  /** Where another stack publishes it; absent for a channel of the own stack. */
  readonly publisher?: Publisher;
}

/** The ledger of another stack, in which its releases stand. */
export interface Publisher {
  readonly namespace: string;
  /** ARN of its DynamoDB table. */
  readonly tableArn: string;
}

export interface FleetIntent {
  readonly name: string;
  readonly follows: FollowedChannel;
  /** The `aws:ec2:image` parameter that launch templates of the fleet read; moves only after a committed rollout. */
  readonly parameterName: string;
  readonly statusName: string;
  readonly targets: TargetIntent[];
  readonly rollout: RolloutIntent;
}

export interface TargetIntent {
  readonly type: 'auto-scaling-group';
  readonly groupName: string;
  /** Absent for an existing group given by name: the controller reads it from the group. */
  readonly launchTemplateId?: string;
}

export interface RolloutIntent {
  /** Percent of the desired capacity that stays InService throughout. */
  readonly minHealthyPercentage: number;
  readonly maxHealthyPercentage: number;
  /** Instances replaced first, alone; at least 1. */
  readonly canaryInstances: number;
  /** Seconds between a canary that is healthy and the first wave. */
  readonly canarySeconds: number;
  readonly bakeSeconds: number;
  /** Seconds in service after which a new instance that is not healthy halts the rollout. */
  readonly healthTimeoutSeconds: number;
  /** The user left the time open: a group that gives its instances more grace than that gives them the time, too. */
  readonly healthTimeoutFollowsGrace?: boolean;
  /** Seconds after which an unfinished rollout halts. */
  readonly timeoutSeconds: number;
  /** Absent where the group's own warm-up holds. */
  readonly instanceWarmupSeconds?: number;
  /** Names of CloudWatch alarms; one that turns red during a rollout halts it. */
  readonly alarmNames: string[];
  readonly protectedInstances: 'refresh' | 'ignore' | 'wait';
  readonly standbyInstances: 'terminate' | 'ignore' | 'wait';
  readonly autoRollback: boolean;
}
