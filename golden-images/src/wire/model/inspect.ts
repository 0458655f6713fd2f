import type { NormalizedSchema } from '@smithy/core/schema';
import { membersOf, requiredMembers } from './schema';

type Visit = (schema: NormalizedSchema, value: Record<string, unknown>, path: string) => void;

/** Paths (`Tags[0].Key`) of the required members that an input lacks. */
export function missingMembers(schema: NormalizedSchema, input: unknown): string[] {
  const missing: string[] = [];
  eachStructure(schema, input, '', (structure, value, path) => {
    for (const [name] of requiredMembers(structure)) {
      if (value[name] === undefined || value[name] === null) missing.push(join(path, name));
    }
  });
  return missing;
}

/** Paths of what an input carries and its schema does not know. */
export function unknownMembers(schema: NormalizedSchema, input: unknown): string[] {
  const unknown: string[] = [];
  eachStructure(schema, input, '', (structure, value, path) => {
    const known = new Set<string>(['__type']);
    for (const [name, member] of membersOf(structure)) known.add(name).add(member.getMergedTraits().jsonName ?? name);
    unknown.push(...Object.keys(value).filter((name) => !known.has(name)).map((name) => join(path, name)));
  });
  return unknown;
}

function eachStructure(schema: NormalizedSchema, value: unknown, path: string, visit: Visit): void {
  if (value === null || typeof value !== 'object') return;
  if (schema.isStructSchema()) {
    const record = value as Record<string, unknown>;
    visit(schema, record, path);
    for (const [name, member] of schema.structIterator()) eachStructure(member, record[name], join(path, name), visit);
  } else if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    value.forEach((each, index) => eachStructure(item, each, `${path}[${index}]`, visit));
  } else if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    for (const [key, each] of Object.entries(value)) eachStructure(item, each, join(path, key), visit);
  }
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
