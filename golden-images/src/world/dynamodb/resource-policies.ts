import type { DynamoDbService, TableSettings } from '../dynamodb';
import { IamService } from '../iam';
import { assertPolicyDocument } from '../iam/policy-document';
import { principalArn } from '../iam/principal';
import { deniesExplicitly, type Access } from '../iam/resource-policy';
import { AwsError, NotModelled, refuseUnknown, type Operation, type World } from '../kernel';

/** A resource policy of a table, as it was put. */
export interface TablePolicy {
  readonly text: string;
  readonly revision: string;
}

/** The members of requests that name what they are about. */
interface Naming {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly ResourceArn?: string;
  readonly RequestItems?: object;
}

export interface PutInput {
  readonly ResourceArn: string;
  readonly Policy: string;
  readonly ExpectedRevisionId?: string;
  readonly ConfirmRemoveSelfResourceAccess?: boolean;
}

const LIMIT = 20 * 1024;

/**
 * Resource policies of tables. What they deny is enforced; what they allow is recorded. They are in effect at once, where
 * DynamoDB applies them in its own time. Source: API reference of PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy.
 */
export class ResourcePolicies {
  public readonly operations: Readonly<Record<string, Operation>> = {
    PutResourcePolicy: (input) => {
      refuseUnknown('dynamodb:PutResourcePolicy', input, ['ResourceArn', 'Policy', 'ExpectedRevisionId', 'ConfirmRemoveSelfResourceAccess']);
      return this.put(input);
    },
    GetResourcePolicy: ({ ResourceArn }) => {
      const { policy } = this.tableOf(ResourceArn);
      if (!policy) throw notFound(ResourceArn);
      return { Policy: policy.text, RevisionId: policy.revision };
    },
    DeleteResourcePolicy: ({ ResourceArn, ExpectedRevisionId }) => this.remove(ResourceArn, ExpectedRevisionId),
  };

  private revisions = 0;

  public constructor(private readonly world: World, private readonly dynamoDb: DynamoDbService) {}

  /** Refuses what the policy of one of the resources of a request denies to the caller. */
  public refuseDenied(operation: string, input: object): void {
    for (const { name, resource } of this.resourcesOf(input)) {
      const text = this.dynamoDb.tableIfAny(name)?.policy?.text;
      const access = { ...this.access(operation), resource };
      if (text === undefined || rootUnlocks(access, this.world.root) || !deniesExplicitly(JSON.parse(text), access)) continue;
      // IAM user guide, "Troubleshoot access denied error messages".
      throw new AwsError('AccessDeniedException', `User: ${access.caller} is not authorized to perform: ${access.action} `
        + `on resource: ${resource} with an explicit deny in a resource-based policy`);
    }
  }

  private access(operation: string): Omit<Access, 'resource'> {
    const { world, world: { caller, account } } = this;
    return { action: `dynamodb:${operation}`, caller, account, principalArn: principalArn(world, world.get(IamService), caller) };
  }

  /** Tables, or the index that is asked, that a request names. */
  private resourcesOf(input: Naming): Array<{ name: string; resource: string }> {
    const named = [input.TableName, ...Object.keys(input.RequestItems ?? {}), input.ResourceArn].filter((each) => each !== undefined);
    return named.map((each) => tableName(each)).map((name) => {
      const table = this.world.arn('dynamodb', `table/${name}`);
      return { name, resource: input.IndexName === undefined ? table : `${table}/index/${input.IndexName}` };
    });
  }

  public put(input: PutInput): { RevisionId: string } {
    const table = this.tableOf(input.ResourceArn);
    const expected = input.ExpectedRevisionId;
    if (expected !== undefined && expected !== (table.policy?.revision ?? 'NO_POLICY')) throw notFound(input.ResourceArn);
    this.check(input);
    if (table.policy?.text === input.Policy) return { RevisionId: table.policy.revision };
    this.revisions += 1;
    table.policy = { text: input.Policy, revision: String(1_700_000_000_000 + this.revisions) };
    return { RevisionId: table.policy.revision };
  }

  /** assumption: resource-policy-lock-out */
  private check({ ResourceArn: resource, Policy: text, ConfirmRemoveSelfResourceAccess: confirmed }: PutInput): void {
    if (Buffer.byteLength(text) > LIMIT) throw new AwsError('ValidationException', 'Policy size exceeds the maximum of 20 KB.');
    const document = parsed(text);
    const locksOut = deniesExplicitly(document, { ...this.access('PutResourcePolicy'), resource });
    if (locksOut && !confirmed) {
      const message = 'The policy denies you to change it; to put it all the same, set ConfirmRemoveSelfResourceAccess.';
      throw new AwsError('ValidationException', message);
    }
  }

  private remove(resource: string, expected?: string): { RevisionId?: string } {
    const table = this.tableOf(resource);
    if (expected !== undefined && expected !== table.policy?.revision) throw notFound(resource);
    const RevisionId = table.policy?.revision;
    delete table.policy;
    return RevisionId === undefined ? {} : { RevisionId };
  }

  private tableOf(resource: string): TableSettings {
    if (/\/stream\//.test(resource)) throw new NotModelled('resource policies of DynamoDB streams');
    return this.dynamoDb.table(tableName(resource));
  }
}

/**
 * "the root principal in your AWS account can perform DeleteResourcePolicy requests, even if your resource-based policy explicitly denies
 * the root principal's access" (API reference, DeleteResourcePolicy).
 */
const rootUnlocks = ({ action, caller }: Access, root: string): boolean => action === 'dynamodb:DeleteResourcePolicy' && caller === root;

/** Of a name or an ARN. */
const tableName = (reference: string): string => /:table\/([^/]+)/.exec(reference)?.[1] ?? reference;

function parsed(text: string): unknown {
  try {
    const document: unknown = JSON.parse(text);
    assertPolicyDocument(document, 'resource');
    return document;
  } catch (error) {
    if (error instanceof NotModelled) throw error;
    throw new AwsError('ValidationException', `Invalid policy document: ${(error as Error).message}`);
  }
}

function notFound(resource: string): AwsError {
  return new AwsError('PolicyNotFoundException', `Resource-based policy not found for the provided ResourceArn: ${resource}`);
}
