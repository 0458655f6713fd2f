import { DescribeStacksCommand, type CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { callAws, errorName } from './errors';
import type { StackOperation, StackOperations, Stacks, StackState } from '../ports';

export class CloudFormationStacks implements Stacks, StackOperations {
  public constructor(private readonly client: CloudFormationClient) {}

  public async state(stackId: string): Promise<StackState> {
    return stackState((await this.describe(stackId))?.StackStatus);
  }

  /** A stack that was never updated is in the operation that made it (assumption: last-updated-at-begin). */
  public async operation(stackId: string): Promise<StackOperation> {
    const { StackStatus: status, LastUpdatedTime: updated, CreationTime: created } = await this.describe(stackId) ?? {};
    return { state: stackState(status), began: (updated ?? created)?.toISOString() };
  }

  /** ARN of the stack in which a nested one stands, over all levels; undefined for one that is not nested, or gone. */
  public async rootOf(stackId: string): Promise<string | undefined> {
    return (await this.describe(stackId))?.RootId;
  }

  private async describe(stackId: string): Promise<Stack | undefined> {
    try {
      const { Stacks: stacks } = await callAws('cloudformation:DescribeStacks', () => this.client.send(new DescribeStacksCommand({ StackName: stackId })));
      return stacks?.[0];
    } catch (error) {
      if (errorName(error) === 'ValidationError' && /does not exist/.test((error as Error).message)) return undefined;
      throw error;
    }
  }
}

/**
 * The clean-up after an update counts as in progress: what was replaced is still there. A stack that was rolled back completely has
 * settled: it stands as its last good deploy left it, the registry included, which is restored by the rollback itself.
 */
export function stackState(status: string | undefined): StackState {
  switch (status) {
    case undefined:
    case 'DELETE_COMPLETE': return 'gone';
    case 'DELETE_IN_PROGRESS': return 'deleting';
    case 'CREATE_COMPLETE':
    case 'UPDATE_COMPLETE':
    // The rollback has sent the registry its old properties again (assumption: registry-restored).
    case 'UPDATE_ROLLBACK_COMPLETE':
    case 'IMPORT_ROLLBACK_COMPLETE':
    case 'IMPORT_COMPLETE': return 'settled';
    default:
  }
  if (status.includes('ROLLBACK') && status.endsWith('IN_PROGRESS')) return 'rolling-back';
  return status.endsWith('IN_PROGRESS') ? 'in-progress' : 'failed';
}
