import type { Deployment } from '../stack/deployment';
import type { Stack, StackResource } from '../stack/stack';

const HIDDEN = '****';

export function describeParameters(deployment: Deployment): Array<Record<string, unknown>> {
  return deployment.parameters.map(({ name, given, resolved, noEcho }) => ({
    ParameterKey: name,
    ParameterValue: noEcho ? HIDDEN : given,
    ...(resolved === undefined ? {} : { ResolvedValue: noEcho ? HIDDEN : resolved }),
  }));
}

export function describeStack(stack: Stack): Record<string, unknown> {
  const { deployment } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(deployment?.template.Description ? { Description: deployment.template.Description } : {}),
    Parameters: deployment ? describeParameters(deployment) : [],
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    ...(stack.parentId ? { ParentId: stack.parentId, RootId: stack.rootId } : {}),
    StackStatus: stack.status,
    ...(stack.reason ? { StackStatusReason: stack.reason } : {}),
    DisableRollback: stack.disableRollback,
    RollbackConfiguration: {},
    NotificationARNs: [...deployment?.notificationArns ?? []],
    Capabilities: [...deployment?.capabilities ?? []],
    Outputs: [...stack.outputs],
    ...(deployment?.roleArn ? { RoleARN: deployment.roleArn } : {}),
    Tags: [...deployment?.tags ?? []],
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

export function summarizeStack(stack: Stack): Record<string, unknown> {
  const { StackId, StackName, CreationTime, LastUpdatedTime, DeletionTime, StackStatus, StackStatusReason, DriftInformation } = describeStack(stack);
  const summary = { StackId, StackName, CreationTime, LastUpdatedTime, DeletionTime, StackStatus, StackStatusReason, DriftInformation };
  return { ...summary, ...(stack.deployment?.template.Description ? { TemplateDescription: stack.deployment.template.Description } : {}) };
}

/** Common to the descriptions and summaries of a stack's resources. */
export function describeResource(resource: StackResource): Record<string, unknown> {
  return {
    LogicalResourceId: resource.logicalId,
    ...(resource.physicalId ? { PhysicalResourceId: resource.physicalId } : {}),
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ...(resource.reason ? { ResourceStatusReason: resource.reason } : {}),
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}
