import { ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireResponse } from '../message';
import { membersOf } from '../model/schema';

/** Writes what remains for the body after headers, status and payload took their members. */
export interface BodyWriter {
  readonly contentType: string;
  structure(schema: NormalizedSchema, value: Record<string, unknown>): string;
  /** A structure that is the whole body, as the member of that name. */
  payload(schema: NormalizedSchema, value: Record<string, unknown>, name: string): string;
}

const strings = new ToStringShapeSerializer({ httpBindings: true, timestampFormat: { useTrait: true, default: 7 } });

export function writeRestOutput(schema: NormalizedSchema, output: Record<string, unknown>, status: number, writer: BodyWriter): WireResponse {
  const headers: Record<string, string> = {};
  const rest: Record<string, unknown> = {};
  let code = status;
  let payload: Pick<WireResponse, 'body' | 'streaming'> | undefined;
  let inBody = false;
  for (const [name, member] of membersOf(schema)) {
    const traits = member.getMergedTraits();
    const value = output[name];
    if (traits.httpPayload) payload = payloadBody(member, value, name, writer);
    else if (traits.httpResponseCode) code = (value as number | undefined) ?? status;
    else if (traits.httpHeader) addHeader(headers, member, traits.httpHeader, value);
    else if (typeof traits.httpPrefixHeaders === 'string') addPrefixed(headers, traits.httpPrefixHeaders, value);
    else [inBody, rest[name]] = [true, value];
  }
  const body = payload ?? { body: inBody ? writer.structure(schema, rest) : '' };
  if (body.body.length > 0 && !headers['content-type']) headers['content-type'] = writer.contentType;
  return { status: code, headers, ...body };
}

function payloadBody(member: NormalizedSchema, value: unknown, name: string, writer: BodyWriter): Pick<WireResponse, 'body' | 'streaming'> {
  const streaming = member.isStreaming();
  if (value === undefined || value === null) return { body: '', streaming };
  if (member.isStructSchema()) return { body: writer.payload(member, value as Record<string, unknown>, name) };
  return { body: value as string | Uint8Array, streaming };
}

function addHeader(headers: Record<string, string>, member: NormalizedSchema, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  strings.write(member, value);
  headers[name.toLowerCase()] = strings.flush() as string;
}

function addPrefixed(headers: Record<string, string>, prefix: string, value: unknown): void {
  for (const [name, each] of Object.entries((value ?? {}) as Record<string, string>)) headers[`${prefix}${name}`.toLowerCase()] = each;
}
