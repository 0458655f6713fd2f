import type { BuildInputs, ReleaseDocument } from '../../../contract';

/** Why a version may not be released, or no longer. All of it is final: a version that was withdrawn never comes back. */
export type Withdrawal =
  | { readonly type: 'build-failed'; readonly reason: string }
  /** Built from a definition that no settled deploy ever held (invariant 27). */
  | { readonly type: 'intent-withdrawn' }
  /** Built of something else than the deploy declared: by somebody who may change the pipeline, or what it names. */
  | { readonly type: 'foreign-build'; readonly reason: string }
  /** The version that it stands on was withdrawn (invariant 8). */
  | { readonly type: 'parent-withdrawn'; readonly parentAmi: string }
  | { readonly type: 'blocked'; readonly fleet: string; readonly reason: string };

/** One build that came to its end. */
export interface VersionRecord {
  /** `1.0.3/1` */
  readonly version: string;
  readonly arn: string;
  readonly builtAt: string;
  readonly contentHash: string;
  /** AMI id by region. */
  readonly amis: Readonly<Record<string, string>>;
  /** What it was really built on, read from the output AMI. */
  readonly sourceAmi?: string;
  /** The parent's release that it was started for, if the controller started it; counts where `sourceAmi` is not known. */
  readonly startedFor?: string;
  /** Whether Image Builder tested it. */
  readonly tested: boolean;
  readonly withdrawal?: Withdrawal;
  /** When it first became the head of a channel, by channel. */
  readonly heads: Readonly<Record<string, string>>;
}

export interface ChannelRecord {
  /** What is published, or is about to be. Its version is the head of the channel. */
  readonly document: ReleaseDocument;
  /** Versions on which a fleet of this channel was committed, oldest first. */
  readonly committed: readonly string[];
}

/** What a build was started for. The same cause starts a bounded number of builds. */
export interface BuildCause {
  readonly contentHash: string;
  /** Version of the parent's release; absent for a parent that is no image of the graph. */
  readonly parentVersion?: string;
}

/** The build that this controller started and whose end it has not recorded. */
export interface BuildInFlight {
  readonly cause: BuildCause;
  readonly plannedAt: string;
  /** Counts the builds that were ever started; makes the client token. */
  readonly sequence: number;
  /** Absent until the service has answered. */
  readonly arn?: string;
}

/** A definition that a settled deploy held. */
export interface Definition {
  readonly recipeArn: string;
  readonly contentHash: string;
  readonly acceptedAt: string;
  /** Absent where an earlier version of this library declared it: then nothing is compared. */
  readonly inputs?: BuildInputs;
  /** They were declared, and are not kept any more: a build of it alone is foreign. */
  readonly inputsForgotten?: boolean;
}

/** The ledger record of an image. */
export interface ImageRecord {
  readonly schemaVersion: number;
  readonly image: string;
  /** The intent of the last deploy that settled, as text: while a deploy has failed, only this one is acted on. */
  readonly acceptedIntent?: string;
  readonly definitions: readonly Definition[];
  /** Oldest first; a build that is older than the first and unknown was forgotten on purpose. */
  readonly versions: readonly VersionRecord[];
  /** Builds up to this date were forgotten. */
  readonly forgottenUntil?: string;
  readonly channels: Readonly<Record<string, ChannelRecord>>;
  readonly building?: BuildInFlight;
  readonly attempts?: { readonly cause: BuildCause; readonly count: number; readonly lastEndedAt?: string };
  readonly sequence: number;
}

/** What a channel holds: what is published, and whatever somebody else wrote in its place. */
export const releaseIn = (record: ImageRecord | undefined, channel: string): ReleaseDocument | undefined => record?.channels[channel]?.document;

export function emptyImageRecord(image: string, schemaVersion: number): ImageRecord {
  return { schemaVersion, image, definitions: [], versions: [], channels: {}, sequence: 0 };
}
