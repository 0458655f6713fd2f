import type { Properties, World } from '../../kernel';
import type { Stack, StackResource } from '../stack/stack';

/** Writes what happens to stacks: their events, their status, and the events that EventBridge gets of it. */
export class Journal {
  private last = 0;

  public constructor(private readonly world: World) {}

  /** A new operation: its events carry a new operation id. A rollback is an operation of its own. */
  public begin(stack: Stack, clientRequestToken?: string): void {
    stack.operationId = this.world.random.uuid();
    if (clientRequestToken !== undefined) stack.clientRequestToken = clientRequestToken;
  }

  public status(stack: Stack, status: string, reason?: string): void {
    stack.status = status;
    stack.reason = reason;
    this.event(stack, { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' }, status, reason);
    this.world.log('cloudformation', `${stack.name} ${status}${reason ? `: ${reason}` : ''}`);
    this.world.emit({
      source: 'aws.cloudformation',
      detailType: 'CloudFormation Stack Status Change',
      resources: [stack.id],
      detail: {
        'stack-id': stack.id,
        'status-details': { status, 'status-reason': reason ?? '' },
        ...(stack.clientRequestToken ? { 'client-request-token': stack.clientRequestToken } : {}),
      },
    });
  }

  /** A moment after all events so far: clients read the events from a moment on. */
  public moment(): number {
    this.last = Math.max(this.world.now, this.last + 1);
    return this.last;
  }

  public event(
    stack: Stack, of: Pick<StackResource, 'logicalId' | 'physicalId' | 'type'> & { properties?: Properties }, status: string, reason?: string,
  ): void {
    stack.events.push({
      EventId: `${of.logicalId}-${status}-${this.world.random.uuid()}`,
      StackId: stack.id,
      StackName: stack.name,
      OperationId: stack.operationId,
      LogicalResourceId: of.logicalId,
      PhysicalResourceId: of.physicalId ?? '',
      ResourceType: of.type,
      // Clients sort events by time: no two carry the same.
      Timestamp: new Date(this.moment()),
      ResourceStatus: status,
      ...(reason ? { ResourceStatusReason: reason } : {}),
      ...(of.properties ? { ResourceProperties: JSON.stringify(of.properties) } : {}),
      ...(stack.clientRequestToken ? { ClientRequestToken: stack.clientRequestToken } : {}),
    });
  }
}
