import type { FleetIntent, FleetStanding, ImageIntent, ReleaseDocument } from '../../../contract';

/** A build as the pipeline's list shows it. */
export interface SeenBuild {
  readonly arn: string;
  readonly version: string;
  readonly status: 'in-flight' | 'available' | 'failed';
  readonly reason?: string;
  /** It came to a good end, and no AMI of it is known: whoever defined it forgot to register. */
  readonly unregistered?: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Whether the pipeline's own schedule started it. */
  readonly scheduled: boolean;
}

/** What is known of a finished build. */
export interface BuildDetails {
  readonly recipeArn: string;
  /** The definition, where it was recorded with the version: for AMIs that were made elsewhere. */
  readonly contentHash?: string;
  readonly tested: boolean;
  readonly amis: Readonly<Record<string, string>>;
  /** Absent while the AMI cannot be read in this region. */
  readonly ami?: { readonly id: string; readonly sourceAmi?: string };
}

/** The release of the parent, and its versions. */
export interface ParentRelease {
  readonly release?: ReleaseDocument;
  /** What the channel's parameter holds, of which a build is made. */
  readonly pointer?: string;
  /** Why the ledger of the stack that publishes it cannot be read: nothing is built and nothing withdrawn then. */
  readonly unreadable?: string;
  readonly versions: ReadonlyArray<{ readonly amis: Readonly<Record<string, string>>; readonly builtAt: string; readonly withdrawn: boolean }>;
}

/** What stands in Parameter Store. */
export interface PublishedChannel {
  readonly ami?: string;
  /** The release document as text. */
  readonly document?: string;
}

export interface Follower {
  readonly fleet: FleetIntent;
  /** Absent while nothing is recorded of it. */
  readonly standing?: FleetStanding;
}

/** One look at the world. */
export interface ImageObservation {
  readonly now: number;
  readonly region: string;
  readonly intent: ImageIntent;
  readonly stack: 'settled' | 'failed' | 'busy' | 'gone';
  /** Whether the image stands on itself through others. */
  readonly cyclic: boolean;
  readonly builds: readonly SeenBuild[];
  /** The pipeline does not exist: nothing is known of builds, and none can be started. */
  readonly pipelineMissing?: boolean;
  /** Of the finished builds that the ledger does not know, by ARN. */
  readonly details: Readonly<Record<string, BuildDetails>>;
  /** Absent when the parent is no image of the graph. */
  readonly parent?: ParentRelease;
  readonly channels: Readonly<Record<string, PublishedChannel>>;
  /** Fleets that follow, by channel, sorted by name. */
  readonly followers: Readonly<Record<string, readonly Follower[]>>;
}
