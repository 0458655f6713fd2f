import type { BuildInputs, FleetIntent, FleetStanding, ImageIntent, ReleaseDocument } from '../../../contract';

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
  /** Name of the recipe, where it is not the image's own: somebody has the pipeline build another one. */
  readonly foreignRecipe?: string;
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
  /** What it was built of; absent for AMIs that were made elsewhere. */
  readonly inputs?: BuildInputs;
  /** Milliseconds since 1970. */
  readonly recipeCreatedAt?: number;
  /** Components of the namespace in it that still exist, and when each was created, in milliseconds since 1970. */
  readonly components?: ReadonlyArray<{ readonly arn: string; readonly createdAt: number }>;
  /** AMIs that its parent may have been; absent where that cannot be told. */
  readonly parentAmis?: readonly string[];
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
