import type { BuildInputs, InputGroup } from './build-inputs';
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
  /** Contents of the infrastructure configurations that images name in their `inputs`, by ARN: images share them. */
  readonly infrastructures?: InfrastructureIntent[];
}

/** An infrastructure configuration as a deploy declared it. */
export interface InfrastructureIntent {
  readonly arn: string;
  readonly content: InputGroup;
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
  /** What its builds are made of; absent in intents of earlier versions of this library, and of images that are registered. */
  readonly inputs?: BuildInputs;
}

/** What an AMI must be to become a version of an image that this app does not build itself. */
export interface RegisteredIntent {
  readonly platform: 'Linux' | 'Windows';
  readonly architecture: string;
  /** AWS CodeBuild project that builds the image and registers it; absent where nothing here builds it. */
  readonly projectName?: string;
  /** Whether builds of that project may say that AMIs were tested. This and all below: absent in documents of former versions, which allow nothing. */
  readonly projectClaimsTests?: boolean;
  /** Path of the construct, for who is refused. */
  readonly path?: string;
  /** Accounts, beside that of the stack, whose AMIs may become versions. */
  readonly owners?: readonly string[];
  /** Whether versions hold copies of AMIs that those accounts own. */
  readonly copy?: boolean;
  /** Who may register over the function URL. */
  readonly registrars?: readonly RegistrarIntent[];
  /** Present where direct invocations of the image's aliases may register; `claimsTests`: one of them may say that AMIs were tested. */
  readonly direct?: { readonly claimsTests: boolean };
}

/** A role or user that may register versions of an image. */
export interface RegistrarIntent {
  /** Its ARN; compared by account and name. */
  readonly principal: string;
  readonly claimsTests: boolean;
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
  /**
   * Which versions of the launch template count as configuration releases: those whose content a deploy recorded (`TemplateDocument`), or every
   * version, whoever made it. Absent in documents of former constructs, whose deploys record nothing.
   */
  readonly templateVersions?: 'recorded' | 'any';
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
  /** What happens to instances of which the ledger does not know what they run; absent in documents of former constructs: as `replace`. */
  readonly foreignInstances?: 'replace' | 'alarm';
  readonly autoRollback: boolean;
}
