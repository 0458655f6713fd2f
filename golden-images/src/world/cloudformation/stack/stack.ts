import type { ChangeSet } from './change-set';
import type { Deployment, Tag } from './deployment';
import type { Properties } from '../../kernel';
import type { ResourceDefinition } from '../template/template';

/** A resource that a stack has made. Replaced as a whole, never changed, so that a checkpoint can hold on to it. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Absent when its creation failed before there was anything. */
  readonly physicalId?: string;
  /** What a custom resource answered as `Data`. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly status: string;
  readonly reason?: string;
  /** Of a failed replacement: the resource itself was not touched. */
  readonly intact?: true;
  /** As they were last sent. */
  readonly properties: Properties;
  /** The same as far as it was known beforehand: what the next template is compared with. */
  readonly known: Readonly<Record<string, unknown>>;
  /** Tags of the stack that it was given. */
  readonly tags: readonly Tag[];
  readonly definition: ResourceDefinition;
  readonly standsOn: readonly string[];
  readonly at: number;
}

export interface StackEvent {
  readonly EventId: string;
  readonly StackId: string;
  readonly StackName: string;
  readonly OperationId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
  readonly Timestamp: Date;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  readonly ResourceProperties?: string;
  readonly ClientRequestToken?: string;
}

export interface StackOutput {
  readonly OutputKey: string;
  readonly OutputValue: string;
  readonly Description?: string;
  readonly ExportName?: string;
}

/** The last state in which all was well: where a rollback goes back to. */
export interface Checkpoint {
  readonly deployment: Deployment;
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly outputs: readonly StackOutput[];
}

/** A stack: what it has, what it is becoming, and what happened to it. */
export class Stack {
  public status = 'REVIEW_IN_PROGRESS';
  public reason: string | undefined;
  public updatedAt: number | undefined;
  public deletedAt: number | undefined;
  public deployment: Deployment | undefined;
  public checkpoint: Checkpoint | undefined;
  public readonly resources = new Map<string, StackResource>();
  /** Replaced resources that are still to be deleted. */
  public replaced: StackResource[] = [];
  public outputs: readonly StackOutput[] = [];
  /** Oldest first. */
  public readonly events: StackEvent[] = [];
  public readonly changeSets = new Map<string, ChangeSet>();
  public terminationProtection = false;
  public disableRollback = false;
  /** The role that CloudFormation assumes for operations on it, from the first one that named it on. */
  public roleArn: string | undefined;
  public policy: string | undefined;
  /** Of a nested stack: the stack whose resource it is, and the one that is deployed by itself. */
  public parentId: string | undefined;
  public rootId: string | undefined;
  public operationId = '';
  public clientRequestToken: string | undefined;

  public constructor(public readonly name: string, public readonly id: string, public readonly createdAt: number) {}

  public get inProgress(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }

  public get gone(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }
}
