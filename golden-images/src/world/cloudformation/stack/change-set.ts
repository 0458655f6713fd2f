import type { Deployment } from './deployment';
import type { Change } from '../planning/changes';

/** A change set: a deployment that is planned, and what it would change. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
  readonly createdAt: number;
  readonly deployment: Deployment;
  readonly changes: readonly Change[];
  readonly options: DeployOptions;
  status: 'CREATE_COMPLETE' | 'FAILED';
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'OBSOLETE' | 'EXECUTE_COMPLETE';
  reason?: string;
}

/** What happens when a deployment fails. */
export interface DeployOptions {
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** Resources made by the failed operation are deleted even where their policy retains them. */
  readonly retainExceptOnCreate: boolean;
  readonly clientRequestToken?: string;
}
