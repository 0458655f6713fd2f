import { SCHEMA_VERSION, type FleetStanding } from '../../../contract';

/** An AMI and, for each group, the hash of the launch configuration that it is used with. */
export interface Pair {
  /** Image version as `1.0.3/1`; absent for an image that is no version of ours. */
  readonly version?: string;
  readonly ami: string;
  readonly configurations: Readonly<Record<string, string>>;
}

export interface CommittedPair extends Pair {
  readonly committedAt: string;
}

export type RolloutOutcome = 'committed' | 'rolled-back' | 'superseded' | 'aborted';

/** A rollout that has ended. */
export interface RolloutRecord {
  readonly kind: RolloutKind;
  readonly version: string;
  readonly outcome: RolloutOutcome;
  /** Instances that ran the new pair at the same time, at the most. */
  readonly instancesTouched: number;
  readonly startedAt: string;
  readonly haltedAt?: string;
  readonly endedAt: string;
  readonly reason?: string;
}

/**
 * `image`: a new AMI; `configuration`: a changed launch configuration with the last known good AMI. Never both at once: blame stays clear.
 * `replacement`: foreign instances give way to the last known good pair; it halts from its beginning.
 */
export type RolloutKind = 'image' | 'configuration' | 'replacement';

/**
 * `preparing`: adopt the group, make the launch template version; `canary`: the first instances, alone; `waves`: the rest, and the
 * bake; `committing`: the pointer moves; `halting`: back to the last known good pair.
 */
export type RolloutStage = 'preparing' | 'canary' | 'waves' | 'committing' | 'halting';

export interface Halt {
  readonly at: number;
  readonly reason: string;
  readonly outcome: 'rolled-back' | 'aborted';
  /** `block`: the pair is to blame and is not tried again; `back-off`: it is not, and may be tried again later. */
  readonly after: 'block' | 'back-off' | 'nothing';
  /** Refreshes that were known when the rollout halted: none of them is the way back. */
  readonly refreshesBefore: readonly string[];
}

export interface Rollout extends Pair {
  readonly kind: RolloutKind;
  readonly stage: RolloutStage;
  readonly startedAt: number;
  /** The fleet had no last known good pair when this began. */
  readonly bootstrapping: boolean;
  /** Alarms that were red before anything was done. */
  readonly redAtStart: readonly string[];
  /** Which of the fleet's targets is rolled now. */
  readonly targetIndex: number;
  /** Number of the newest version of each launch template before this rollout, and the ones that it superseded, made any. */
  readonly newestBefore?: Readonly<Record<string, number>>;
  /** Refreshes that do not belong to the present stage. */
  readonly refreshesBefore: readonly string[];
  /** Template version that each group named before its first instance was replaced. */
  readonly namedBefore?: Readonly<Record<string, string>>;
  /** Desired capacity of the group when its canary was started. */
  readonly canaryGroupSize?: number;
  /** The canary is in service, and its refresh was stopped by us. */
  readonly canaryStopped?: boolean;
  readonly canaryHealthySince?: number;
  /** Refreshes of the present target that ended well without every instance running the pair. */
  readonly attempts?: number;
  /** Instances that ran the new pair at the same time, at the most: what the group itself replaced is not counted twice. */
  readonly touched: number;
  /** Of those: the ones that are not healthy, and since when. */
  readonly unhealthySince: Readonly<Record<string, number>>;
  /** Of those: the ones that the group itself declared unhealthy. */
  readonly failed: readonly string[];
  /** Of those: the ones that EC2 ended without a failed check. */
  readonly interrupted?: readonly string[];
  /** While the new instances are alone: since when each was seen in service. */
  readonly inServiceSince?: Readonly<Record<string, number>>;
  readonly halt?: Halt;
}

export interface BlockedVersion {
  readonly version: string;
  readonly reason: string;
  readonly at: string;
  /** A bootstrapping fleet tries image and configuration at once: either may be at fault, so only the pair is blocked. */
  readonly configurations?: Readonly<Record<string, string>>;
}

/** A step that was asked for, and asked for again when no observation showed its effect. */
export interface Attempt {
  readonly step: string;
  readonly count: number;
  /** The last one. */
  readonly at: number;
  /** No look has asked for anything else since: its effect is not seen. */
  readonly open?: true;
  /** What AWS said to it, where it said no. */
  readonly refusal?: string;
}

/** What is known of the versions of a launch template. */
export interface TemplateRecord {
  /** Every version up to this number was there when the fleet first looked at the template, and is believed. */
  readonly takenOver: number;
  /** Content hash of each version that this fleet made, by number, as EC2 answered to the call that made it. */
  readonly own: Readonly<Record<string, string>>;
  /** The same of each version that a deploy declared which ended well. */
  readonly declared?: Readonly<Record<string, string>>;
  /** SHA-256 of the overrides that the last of these deploys gave the group; empty where it gave none. */
  readonly overrides?: string;
  /** Numbers of older ones of both kinds: a version never changes, and its number is never given again. */
  readonly former?: readonly number[];
}

/** A version that was asked for: asked for again in the same words until the answer was recorded, so that EC2 makes it once. */
export interface RequestedVersion {
  readonly templateId: string;
  readonly source: string;
  readonly ami: string;
  readonly token: string;
}

/** The ledger record of a fleet. */
export interface FleetState {
  readonly schemaVersion: number;
  readonly fleet: string;
  /** Newest first; the first is the last known good pair. */
  readonly committed: readonly CommittedPair[];
  /** Image versions this fleet does not roll to. */
  readonly blocked: readonly BlockedVersion[];
  /** Launch configurations (their hash) this fleet does not roll to. */
  readonly blockedConfigurations: ReadonlyArray<{ readonly hash: string; readonly reason: string; readonly at: string }>;
  /** The release that was seen last: what a frozen fleet waits to be followed by another. */
  readonly seenRelease?: { readonly parameterName: string; readonly revision: number };
  /** By id of the launch template. Absent in records of former controllers: the first look takes over what is there. */
  readonly templates?: Readonly<Record<string, TemplateRecord>>;
  readonly requested?: RequestedVersion;
  /** Instances that were there when their launch template was taken over, and of which the ledger knows nothing else. */
  readonly takenOver?: readonly string[];
  /** AMI with which the fleet's parameter was created or taken. */
  readonly initialAmi?: string;
  /**
   * Of versions in question (`<template>#<number>`) and of declared ones (`<template>@<begin of the operation>`): whether the operation of
   * the stack ended well in which they were made.
   */
  readonly deploys?: Readonly<Record<string, boolean>>;
  /** The steps of the last hours. */
  readonly attempts?: readonly Attempt[];
  /** Since when there is something to roll, and what it waits for. */
  readonly waiting?: { readonly since: number; readonly reason: string };
  /** Set after a rollout that failed without blame. */
  readonly backoff?: { readonly attempts: number; readonly until: number };
  /** Nothing is started until an operator moves the channel. */
  readonly frozen?: { readonly reason: string; readonly revision: number };
  readonly rollout?: Rollout;
  /** Newest last, bounded. */
  readonly history: readonly RolloutRecord[];
}

export function initialState(fleet: string): FleetState {
  return { schemaVersion: SCHEMA_VERSION, fleet, committed: [], blocked: [], blockedConfigurations: [], templates: {}, history: [] };
}

export const lastKnownGood = (state: FleetState): CommittedPair | undefined => state.committed[0];

/** What others decide from a fleet, and its status document tells people. */
export function standingOf({ committed, blocked, rollout }: FleetState): FleetStanding {
  const good = committed[0];
  return {
    ...(good ? { lastKnownGood: publicPair(good) } : {}),
    blocked: blocked.map(({ version, reason }) => ({ version, reason })),
    ...(rollout ? { rollout: { version: rollout.version ?? rollout.ami, startedAt: new Date(rollout.startedAt).toISOString() } } : {}),
  };
}

const publicPair = ({ version, ami, configurations, committedAt }: CommittedPair): NonNullable<FleetStanding['lastKnownGood']> => ({
  ...(version === undefined ? {} : { version }), ami, configurationHash: Object.values(configurations).join('+'), committedAt,
});

/** One word for the status document. */
export function phase(state: FleetState): string {
  if (state.rollout) return state.rollout.stage;
  if (state.frozen) return 'frozen';
  return state.committed.length === 0 ? 'bootstrapping' : 'idle';
}
