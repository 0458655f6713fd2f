import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { utf8, type WireRequest } from '../message';
import { membersOf } from '../model/schema';

/** Reads the parts of a REST input that stand in path, query and headers, and a payload; `readBody` reads the rest of the body. */
export interface BodyReader {
  /** A structure that stands alone in the body. */
  structure(schema: NormalizedSchema, body: Uint8Array): Record<string, unknown>;
}

const strings = new FromStringShapeDeserializer({ httpBindings: true, timestampFormat: { useTrait: true, default: 7 } });

export function readRestInput(
  schema: NormalizedSchema, request: WireRequest, labels: Record<string, string>, reader: BodyReader,
): Record<string, unknown> {
  const members = [...membersOf(schema)];
  const hasPayload = members.some(([, member]) => member.getMergedTraits().httpPayload);
  const hasBody = !hasPayload && request.body.byteLength > 0 && members.some(([, member]) => !isBound(member));
  const input: Record<string, unknown> = hasBody ? reader.structure(schema, request.body) : {};
  for (const [name, member] of members) {
    const value = bound(member, name, request, labels, reader);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

function bound(member: NormalizedSchema, name: string, request: WireRequest, labels: Record<string, string>, reader: BodyReader): unknown {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) return labels[name] === undefined ? undefined : strings.read(member, labels[name]);
  if (traits.httpQuery) return fromQuery(member, request.query.getAll(traits.httpQuery));
  if (traits.httpHeader) return fromHeader(member, request.headers[traits.httpHeader.toLowerCase()]);
  if (typeof traits.httpPrefixHeaders === 'string') return prefixed(traits.httpPrefixHeaders.toLowerCase(), request.headers);
  if (traits.httpQueryParams) return Object.fromEntries(request.query);
  if (traits.httpPayload && request.body.byteLength > 0) return payload(member, request.body, reader);
  return undefined;
}

function fromQuery(member: NormalizedSchema, values: string[]): unknown {
  if (values.length === 0) return undefined;
  if (!member.isListSchema()) return strings.read(member, values[0]!);
  const item = member.getValueSchema();
  return values.map((each) => strings.read(item, each) as unknown);
}

function fromHeader(member: NormalizedSchema, value: string | undefined): unknown {
  return value === undefined ? undefined : strings.read(member, value);
}

function prefixed(prefix: string, headers: WireRequest['headers']): Record<string, string> | undefined {
  const entries = Object.entries(headers).filter(([name, value]) => name.startsWith(prefix) && value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value!]));
}

function payload(member: NormalizedSchema, body: Uint8Array, reader: BodyReader): unknown {
  if (member.isStructSchema() || member.isListSchema()) return reader.structure(member, body);
  return member.isBlobSchema() ? body : utf8(body);
}

function isBound(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return Boolean(traits.httpLabel ?? traits.httpQuery ?? traits.httpHeader ?? traits.httpQueryParams ?? traits.httpPayload)
    || typeof traits.httpPrefixHeaders === 'string';
}
