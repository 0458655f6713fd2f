import { formatError, templateError } from './errors';
import { references } from './references';
import { dependsOn, LANGUAGE_EXTENSIONS, transforms, type ResourceDefinition, type Template } from './template';
import { isObject } from './values';
import { NotModelled } from '../../kernel';
import type { ResourceTypes } from '../engine/resource-types';

const SECTIONS = [
  'AWSTemplateFormatVersion', 'Description', 'Metadata', 'Transform', 'Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs', 'Hooks',
];
const RESOURCE_ATTRIBUTES = ['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy'];
const DELETION_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate'];

/** Refuses what CloudFormation refuses of a template's form. */
export function validateForm(template: Template): void {
  const unknown = Object.keys(template).filter((section) => !SECTIONS.includes(section));
  if (unknown.length > 0) throw formatError(`Invalid template property or properties [${unknown.join(', ')}]`);
  if (!isObject(template.Resources) || Object.keys(template.Resources).length === 0) {
    throw formatError('At least one Resources member must be defined.');
  }
  for (const [logicalId, definition] of Object.entries(template.Resources)) validateResourceForm(logicalId, definition);
}

function validateResourceForm(logicalId: string, definition: ResourceDefinition): void {
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) throw formatError(`Resource name ${logicalId} is non alphanumeric.`);
  if (!isObject(definition) || typeof definition.Type !== 'string') {
    throw templateError(`[/Resources/${logicalId}] Every Resources object must contain a Type member.`);
  }
}

/** Refuses what the region does not have, and what the local AWS does not model, by name. */
export function validateModelled(template: Template, types: ResourceTypes): void {
  // The text is that of aws-samples/image-optimization#13.
  const named = new Set(Object.values(template.Resources).map(({ Type }) => Type));
  const unrecognized = [...named].filter((type) => types.find(type)?.unrecognized);
  if (unrecognized.length > 0) throw formatError(`Unrecognized resource types: [${unrecognized.join(', ')}]`);
  const unknownTransforms = transforms(template).filter((name) => name !== LANGUAGE_EXTENSIONS);
  if (unknownTransforms.length > 0) throw new NotModelled(`the transform ${unknownTransforms.join(', ')}`);
  if ('Hooks' in template) throw new NotModelled('the section Hooks of templates');
  for (const [logicalId, definition] of Object.entries(template.Resources)) validateResource(logicalId, definition, types);
}

function validateResource(logicalId: string, definition: ResourceDefinition, types: ResourceTypes): void {
  const attribute = Object.keys(definition).find((name) => !RESOURCE_ATTRIBUTES.includes(name));
  if (attribute) throw new NotModelled(`the attribute ${attribute} of resource ${logicalId} (${definition.Type})`);
  const handler = types.find(definition.Type);
  if (!handler) throw new NotModelled(`the resource type ${definition.Type} (resource ${logicalId})`);
  const property = Object.keys(definition.Properties ?? {}).find((name) => handler.change(name) === undefined);
  if (property) throw new NotModelled(`the property ${property} of ${definition.Type} (resource ${logicalId})`);
  for (const policy of [definition.DeletionPolicy, definition.UpdateReplacePolicy]) validatePolicy(logicalId, policy);
  validateUpdatePolicy(logicalId, definition.UpdatePolicy);
}

/**
 * `AutoScalingScheduledAction`, which every group of the CDK carries, matters only to groups with scheduled actions, which are not
 * modelled. Source: CloudFormation template reference, "UpdatePolicy attribute".
 */
function validateUpdatePolicy(logicalId: string, policy: Record<string, unknown> | undefined): void {
  const unknown = Object.keys(policy ?? {}).find((name) => name !== 'AutoScalingScheduledAction');
  if (unknown) throw new NotModelled(`the update policy ${unknown} of resource ${logicalId}`);
}

function validatePolicy(logicalId: string, policy: unknown): void {
  if (policy === undefined || DELETION_POLICIES.includes(String(policy))) return;
  if (policy === 'Snapshot') throw new NotModelled(`the deletion policy Snapshot (resource ${logicalId})`);
  throw templateError(`Unrecognized DeletionPolicy ${JSON.stringify(policy)} for resource ${logicalId}`);
}

/** Refuses references to what is not there. `conditions` decides which branches and resources count. */
export function validateReferences(template: Template, conditions: ReadonlyMap<string, boolean>): void {
  const exists = (name: string): boolean => {
    const resource = template.Resources[name];
    return resource !== undefined && (resource.Condition === undefined || conditions.get(resource.Condition) === true);
  };
  const active = Object.entries(template.Resources).filter(([name]) => exists(name));
  const missing = new Set(active.flatMap(([, definition]) => unresolved(template, definition.Properties, exists, conditions)));
  active.flatMap(([, definition]) => dependsOn(definition)).filter((name) => !(name in template.Resources)).forEach((name) => missing.add(name));
  if (missing.size > 0) throw unresolvedError([...missing], 'Resources');
  const outputs = Object.values(template.Outputs ?? {}).filter((output) => output.Condition === undefined || conditions.get(output.Condition));
  const missingInOutputs = new Set(unresolved(template, outputs, exists, conditions));
  if (missingInOutputs.size > 0) throw unresolvedError([...missingInOutputs], 'Outputs');
}

function unresolved(
  template: Template, value: unknown, exists: (name: string) => boolean, conditions: ReadonlyMap<string, boolean>,
): string[] {
  const known = (name: string): boolean => name.startsWith('AWS::') || name in (template.Parameters ?? {});
  return references(value, (name) => conditions.get(name)).flatMap(({ target, attribute }) => {
    if (exists(target)) return [];
    if (attribute === undefined) return known(target) ? [] : [target];
    if (target in template.Resources) return [target];
    throw templateError(`instance of Fn::GetAtt references undefined resource ${target}`);
  });
}

function unresolvedError(names: string[], block: string): Error {
  return formatError(`Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`);
}

/** Refuses names of conditions that are not defined. */
export function validateConditionNames(template: Template): void {
  const owners = [...Object.entries(template.Resources), ...Object.entries(template.Outputs ?? {})];
  for (const [name, { Condition }] of owners) {
    if (Condition !== undefined && !(Condition in (template.Conditions ?? {}))) {
      throw formatError(`Unresolved condition dependency ${Condition} of ${name}`);
    }
  }
}
