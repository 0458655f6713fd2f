import type { BuildCause, BuildInFlight, VersionRecord, Withdrawal } from './record';
import type { BuildInputs, ReleaseDocument } from '../../../contract';

/** A change of the ledger record; `applyChange` makes it. */
export type RecordChange =
  | {
    readonly type: 'accept-intent';
    readonly recipeArn: string;
    readonly contentHash: string;
    readonly inputs?: BuildInputs;
    readonly text: string;
    readonly at: string;
  }
  | { readonly type: 'record-version'; readonly version: VersionRecord; readonly endedAt: string }
  | { readonly type: 'withdraw-version'; readonly version: string; readonly withdrawal: Withdrawal }
  | { readonly type: 'adopt-build'; readonly arn: string }
  | { readonly type: 'give-up-build'; readonly endedAt: string; readonly reason: string }
  | { readonly type: 'commit-version'; readonly channel: string; readonly version: string }
  | { readonly type: 'move-channel'; readonly channel: string; readonly document: ReleaseDocument; readonly at: string; readonly direction: Direction }
  | { readonly type: 'update-document'; readonly channel: string; readonly document: ReleaseDocument }
  | { readonly type: 'plan-build'; readonly cause: BuildCause; readonly at: string; readonly reason: BuildReason };

export type Direction = 'forward' | 'back';
export type BuildReason = 'first' | 'definition' | 'parent' | 'retry';

/** The next step of an image. Each is safe to take again. */
export type ImageDecision =
  | { readonly type: 'change'; readonly change: RecordChange }
  | { readonly type: 'publish'; readonly channel: string; readonly parameterName: string; readonly ami: string; readonly document: ReleaseDocument }
  | { readonly type: 'start-build'; readonly build: BuildInFlight }
  | { readonly type: 'wait'; readonly seconds: number; readonly reason: string }
  | { readonly type: 'nothing'; readonly reason: string };

export const change = (what: RecordChange): ImageDecision => ({ type: 'change', change: what });
export const wait = (seconds: number, reason: string): ImageDecision => ({ type: 'wait', seconds: Math.max(1, Math.ceil(seconds)), reason });
export const nothing = (reason: string): ImageDecision => ({ type: 'nothing', reason });
