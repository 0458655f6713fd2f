import { describeParameters } from './descriptions';
import { page } from '../../kernel/input';
import type { Change, ChangeDetail } from '../planning/changes';
import type { ChangeSet } from '../stack/change-set';
import type { Stack } from '../stack/stack';

const PAGE = 100;

export function summarizeChangeSet(stack: Stack, changeSet: ChangeSet): Record<string, unknown> {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    ...(changeSet.reason ? { StatusReason: changeSet.reason } : {}),
    ...(changeSet.description ? { Description: changeSet.description } : {}),
    CreationTime: new Date(changeSet.createdAt),
    IncludeNestedStacks: false,
  };
}

export function describeChangeSet(
  stack: Stack, changeSet: ChangeSet, input: { NextToken?: string; IncludePropertyValues?: boolean },
): Record<string, unknown> {
  const { items, NextToken } = page(changeSet.changes, PAGE, input.NextToken);
  const { deployment } = changeSet;
  return {
    ...summarizeChangeSet(stack, changeSet),
    Parameters: describeParameters(deployment),
    Tags: [...deployment.tags],
    NotificationARNs: [...deployment.notificationArns],
    Capabilities: [...deployment.capabilities],
    RollbackConfiguration: {},
    OnStackFailure: changeSet.options.onFailure,
    Changes: items.map((change) => ({ Type: 'Resource', ResourceChange: describeChange(change, stack, changeSet, input.IncludePropertyValues ?? false) })),
    ...(NextToken ? { NextToken } : {}),
  };
}

function describeChange(change: Change, stack: Stack, changeSet: ChangeSet, withValues: boolean): Record<string, unknown> {
  const values = (name: string | undefined): Record<string, unknown> => (
    withValues && name !== undefined ? valuesOf(change, name, stack, changeSet) : {});
  return {
    Action: change.action,
    LogicalResourceId: change.logicalId,
    ResourceType: change.type,
    ...(change.physicalId ? { PhysicalResourceId: change.physicalId } : {}),
    ...(change.replacement ? { Replacement: change.replacement } : {}),
    ...policyAction(change, stack, changeSet),
    Scope: [...new Set(change.details.map(({ attribute }) => attribute))],
    Details: change.details.map((detail) => describeDetail(detail, values(detail.name))),
    ...(withValues ? contexts(change, stack, changeSet) : {}),
  };
}

function describeDetail(detail: ChangeDetail, values: Record<string, unknown>): Record<string, unknown> {
  return {
    Target: { Attribute: detail.attribute, ...(detail.name ? { Name: detail.name } : {}), RequiresRecreation: detail.recreation, ...values },
    Evaluation: detail.evaluation,
    ChangeSource: detail.source,
    ...(detail.cause ? { CausingEntity: detail.cause } : {}),
  };
}

function policyAction(change: Change, stack: Stack, { deployment }: ChangeSet): Record<string, unknown> {
  const retains = (policy: string | undefined): boolean => /^Retain/.test(policy ?? '');
  if (change.action === 'Remove') {
    return { PolicyAction: retains(stack.resources.get(change.logicalId)?.definition.DeletionPolicy) ? 'Retain' : 'Delete' };
  }
  if (change.replacement !== 'True') return {};
  return { PolicyAction: retains(deployment.template.Resources[change.logicalId]?.UpdateReplacePolicy) ? 'ReplaceAndRetain' : 'ReplaceAndDelete' };
}

/** What AWS writes for a value that only the execution can give. */
const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return /"(Ref|Fn::[A-Za-z]+)":/.test(text ?? '') ? LATER : typeof value === 'string' ? value : text;
};

function valuesOf(change: Change, name: string, stack: Stack, { deployment }: ChangeSet): Record<string, unknown> {
  const before = stack.resources.get(change.logicalId)?.properties[name];
  const after = deployment.known.get(change.logicalId)?.[name];
  return {
    Path: `/Properties/${name}`,
    ...(before === undefined ? {} : { BeforeValue: shown(before) }),
    ...(after === undefined ? {} : { AfterValue: shown(after) }),
    AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
  };
}

function contexts(change: Change, stack: Stack, { deployment }: ChangeSet): Record<string, unknown> {
  const before = stack.resources.get(change.logicalId)?.properties;
  const after = deployment.known.get(change.logicalId);
  const context = (properties: Record<string, unknown>): string => JSON.stringify({
    Properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, shown(value) === LATER ? LATER : value])),
  });
  return { ...(before ? { BeforeContext: context(before) } : {}), ...(after ? { AfterContext: context(after) } : {}) };
}
