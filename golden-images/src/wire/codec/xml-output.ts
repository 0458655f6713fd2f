import type { NormalizedSchema } from '@smithy/core/schema';
import { formatScalar } from './scalar';
import { membersOf } from '../model/schema';

/** The members of a structure as XML elements. Members that travel outside the body (HTTP bindings) are left out. */
export function xmlMembers(schema: NormalizedSchema, value: Record<string, unknown>): string {
  let xml = '';
  for (const [name, member] of membersOf(schema)) {
    const given = value[name];
    if (given === undefined || given === null || isBound(member)) continue;
    xml += xmlMember(member, given, member.getMemberTraits().xmlName ?? name);
  }
  return xml;
}

/** One element, or for flattened lists and maps one element each entry. */
export function xmlMember(schema: NormalizedSchema, value: unknown, name: string): string {
  if (schema.isListSchema()) return list(schema, value as unknown[], name);
  if (schema.isMapSchema()) return map(schema, value as Record<string, unknown>, name);
  if (schema.isStructSchema()) return element(name, xmlMembers(schema, value as Record<string, unknown>));
  return element(name, escapeXml(formatScalar(schema, value)));
}

export function element(name: string, content: string, namespace?: string): string {
  return `<${name}${namespace ? ` xmlns="${namespace}"` : ''}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function list(schema: NormalizedSchema, values: unknown[], name: string): string {
  const item = schema.getValueSchema();
  if (schema.getMergedTraits().xmlFlattened) return values.map((each) => xmlMember(item, each, name)).join('');
  const itemName = item.getMergedTraits().xmlName ?? 'member';
  return element(name, values.map((each) => xmlMember(item, each, itemName)).join(''));
}

function map(schema: NormalizedSchema, values: Record<string, unknown>, name: string): string {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const flat = schema.getMergedTraits().xmlFlattened;
  const entries = Object.entries(values).filter(([, each]) => each !== undefined && each !== null).map(([text, each]) => element(
    flat ? name : 'entry',
    xmlMember(key, text, key.getMergedTraits().xmlName ?? 'key') + xmlMember(value, each, value.getMergedTraits().xmlName ?? 'value'),
  )).join('');
  return flat ? entries : element(name, entries);
}

function isBound(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return traits.httpHeader !== undefined || traits.httpPrefixHeaders !== undefined || traits.httpResponseCode !== undefined;
}
