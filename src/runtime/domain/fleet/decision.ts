import type { Group } from './observation';
import type { RefreshPlan } from './refresh-plan';
import type { FleetState, Rollout } from './state';

/** One step in the world. Its effect is never remembered: the next look observes it. */
export type Action =
  /** Nothing to do now; without `seconds`, until an event or the sweep. */
  | { readonly type: 'wait'; readonly reason: string; readonly seconds?: number }
  /** Nothing but the new state: what follows needs a fresh look. */
  | { readonly type: 'record'; readonly reason: string }
  /** The group names this numbered version from now on; no instance is replaced. */
  | { readonly type: 'adopt'; readonly group: Group; readonly version: string; readonly ami: string }
  | {
    readonly type: 'create-version';
    readonly templateId: string;
    readonly source: string;
    readonly ami: string;
    /** Makes the request idempotent. */
    readonly token: string;
  }
  | { readonly type: 'start-refresh'; readonly kind: 'canary' | 'waves' | 'restore'; readonly group: Group; readonly version: string; readonly ami: string; readonly plan: RefreshPlan }
  /** The group ends this instance and launches another one from what it has saved. */
  | { readonly type: 'end-instance'; readonly group: Group; readonly instance: string }
  | { readonly type: 'roll-back'; readonly group: Group }
  | { readonly type: 'cancel'; readonly group: Group }
  | { readonly type: 'write-parameter'; readonly ami: string }
  | { readonly type: 'delete-versions'; readonly templateId: string; readonly versions: readonly string[] };

/** `state` is recorded before `action` is done, so that a crash between the two resumes. */
export interface Decision {
  readonly state: FleetState;
  readonly action: Action;
}

export const wait = (state: FleetState, reason: string, seconds?: number): Decision => ({
  state, action: { type: 'wait', reason, ...(seconds === undefined ? {} : { seconds }) },
});

export const record = (state: FleetState, reason: string): Decision => ({ state, action: { type: 'record', reason } });

export const withRollout = (state: FleetState, rollout: Rollout, change: Partial<Rollout>): FleetState => ({
  ...state, rollout: { ...rollout, ...change },
});
