/**
 * Where a channel points, and all that a consumer of it must know. The image's record in the ledger holds it; the parameter beside the channel's
 * `aws:ec2:image` parameter shows it to people. Whoever may write parameters can forge that one, so nothing is decided from it.
 */
export interface ReleaseDocument {
  readonly schemaVersion: number;
  readonly image: string;
  readonly channel: string;
  /** Grows by one at each write. */
  readonly revision: number;
  /** Semantic version and build number, as `1.0.3/1`. */
  readonly version: string;
  /** When the image was built; ISO 8601, UTC. */
  readonly builtAt: string;
  /** AMI id by region. */
  readonly amis: Readonly<Record<string, string>>;
  /** Versions that were withdrawn. */
  readonly revoked: readonly string[];
  /** The one fleet that may try this version while no fleet has committed it. Absent: any fleet. */
  readonly canaryFleet?: { readonly name: string; readonly statusName: string };
}

/** A pair of image and launch configuration that a fleet was committed on. */
export interface CommittedPair {
  /** Absent for the image a fleet started on, which is no version of ours. */
  readonly version?: string;
  readonly ami: string;
  /** Hash of the launch configuration without the AMI. */
  readonly configurationHash: string;
  readonly committedAt: string;
}

/** What others decide from a fleet. The fleet's record in the ledger says it; the status document is for people. */
export type FleetStanding = Pick<FleetStatusDocument, 'lastKnownGood' | 'blocked' | 'rollout'>;

/** What a fleet is doing, in a parameter: for people and dashboards. Whoever may write parameters can forge it, so nothing is decided from it. */
export interface FleetStatusDocument {
  readonly schemaVersion: number;
  readonly fleet: string;
  readonly phase: string;
  readonly lastKnownGood?: CommittedPair;
  /** Versions this fleet will not roll to, with the reason. */
  readonly blocked: ReadonlyArray<{ readonly version: string; readonly reason: string }>;
  readonly rollout?: { readonly version: string; readonly startedAt: string };
  /** Why nothing is being done, where that is so. */
  readonly waitingFor?: string;
  readonly heartbeat: string;
}
