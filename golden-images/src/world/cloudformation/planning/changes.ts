import { isCustom, type ResourceHandler, type ResourceTypes } from '../engine/resource-types';
import { isDeferred } from '../functions/deferred';
import type { Deployment } from '../stack/deployment';
import type { Stack, StackResource } from '../stack/stack';
import { validationError } from '../template/errors';
import { references } from '../template/references';
import { sameValue } from '../template/values';

export interface ChangeDetail {
  readonly attribute: 'Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy' | 'UpdateReplacePolicy';
  readonly name?: string;
  readonly recreation: 'Never' | 'Always';
  readonly evaluation: 'Static' | 'Dynamic';
  readonly source: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  readonly cause?: string;
}

/** What a stack has: what a deployment is compared with. */
export type Present = Pick<Stack, 'resources'>;

/** What a deployment would do to a resource. */
export interface Change {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly physicalId?: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly details: readonly ChangeDetail[];
}

/**
 * What is different between what a stack has and a deployment, as far as it is known before anything is made. What resources
 * really are is not looked at (assumption: drifted-attribute-is-no-change).
 */
export function changesOf(stack: Present, next: Deployment, types: ResourceTypes): Change[] {
  refuseChangedTypes(stack, next);
  const changes = new Map<string, Change>();
  for (const logicalId of next.order) {
    const change = changeOf(logicalId, stack, next, types, changes);
    if (change) changes.set(logicalId, change);
  }
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !next.order.includes(logicalId));
  return [...removed.map(removal), ...changes.values()];
}

/** Whether anything but resources would change (assumption: output-only-change). */
export function changesStackItself(stack: Stack, next: Deployment): boolean {
  const previous = stack.deployment;
  return previous === undefined || stack.status.endsWith('_FAILED') || !sameValue(previous.knownOutputs, next.knownOutputs)
    || !sameValue(previous.tags, next.tags) || !sameValue(previous.notificationArns, next.notificationArns);
}

function refuseChangedTypes(stack: Present, next: Deployment): void {
  const changed = next.order.filter((id) => stack.resources.has(id) && stack.resources.get(id)!.type !== next.template.Resources[id]!.Type);
  if (changed.length > 0) {
    throw validationError('Update of resource type is not permitted. The new template modifies resource type of the following resources: '
      + `[${changed.join(', ')}]`);
  }
}

function removal({ logicalId, type, physicalId }: StackResource): Change {
  return { logicalId, type, action: 'Remove', ...(physicalId ? { physicalId } : {}), details: [] };
}

function changeOf(
  logicalId: string, stack: Present, next: Deployment, types: ResourceTypes, changes: ReadonlyMap<string, Change>,
): Change | undefined {
  const type = next.template.Resources[logicalId]!.Type;
  const current = stack.resources.get(logicalId);
  if (!current?.physicalId) return { logicalId, type, action: 'Add', details: [] };
  const handler = types.get(type);
  const details = [...propertyDetails(current, next, handler, changes), ...otherDetails(current, next, handler)];
  if (details.length === 0 && !current.status.endsWith('_FAILED')) return undefined;
  return { logicalId, type, action: 'Modify', physicalId: current.physicalId, replacement: replacementOf(details), details };
}

function replacementOf(details: readonly ChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const recreating = details.filter(({ recreation }) => recreation === 'Always');
  if (recreating.length === 0) return 'False';
  return recreating.some(({ evaluation }) => evaluation === 'Static') ? 'True' : 'Conditional';
}

function propertyDetails(
  current: StackResource, next: Deployment, handler: ResourceHandler, changes: ReadonlyMap<string, Change>,
): ChangeDetail[] {
  const { logicalId, known: before } = current;
  const after = next.known.get(logicalId)!;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): ChangeDetail[] => {
    const target = { attribute: 'Properties' as const, name, recreation: handler.change(name) === 'replace' ? 'Always' as const : 'Never' as const };
    if (!sameValue(before[name], after[name])) {
      return [{ ...target, evaluation: isDeferred(after[name]) ? 'Dynamic' : 'Static', ...sourceOf(current, name, next) }];
    }
    return dynamicDetails(next, logicalId, name, changes).map((detail) => ({ ...target, ...detail }));
  });
}

/** A property whose text is the same and whose value is not comes from a parameter. */
function sourceOf({ logicalId, definition }: StackResource, name: string, next: Deployment): Pick<ChangeDetail, 'source' | 'cause'> {
  const before = definition.Properties?.[name];
  const after = next.template.Resources[logicalId]!.Properties?.[name];
  const parameter = references(after).find(({ target }) => target in (next.template.Parameters ?? {}));
  return sameValue(before, after) && parameter ? { source: 'ParameterReference', cause: parameter.target } : { source: 'DirectModification' };
}

type DynamicCause = Pick<ChangeDetail, 'evaluation' | 'source' | 'cause'>;

/** Changes that reach a property through resources that are themselves changed: a Ref only if they are replaced. */
function dynamicDetails(
  next: Deployment, logicalId: string, name: string, changes: ReadonlyMap<string, Change>,
): DynamicCause[] {
  const value = next.template.Resources[logicalId]!.Properties?.[name];
  return references(value, (condition) => next.conditions.get(condition)).flatMap(({ target, attribute }): DynamicCause[] => {
    const change = changes.get(target);
    if (change?.action !== 'Modify') return [];
    if (attribute !== undefined) return [{ evaluation: 'Dynamic', source: 'ResourceAttribute', cause: `${target}.${attribute}` }];
    const renamed = change.replacement !== 'False' || isCustom(change.type);
    return renamed ? [{ evaluation: 'Dynamic', source: 'ResourceReference', cause: target }] : [];
  });
}

function otherDetails(current: StackResource, next: Deployment, handler: ResourceHandler): ChangeDetail[] {
  const definition = next.template.Resources[current.logicalId]!;
  const common = { recreation: 'Never' as const, evaluation: 'Static' as const, source: 'DirectModification' as const };
  const attributes = (['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const).filter((name) => !sameValue(current.definition[name], definition[name]));
  const tagged = handler.change('Tags') !== undefined && !sameValue(current.tags, next.tags);
  return [...attributes, ...(tagged ? ['Tags' as const] : [])].map((attribute) => ({ attribute, ...common }));
}
