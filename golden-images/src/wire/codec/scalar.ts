import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../../world/kernel';

/** Text on the wire (query parameters) → the value that the schema says. */
export function parseScalar(schema: NormalizedSchema, text: string, path: string): unknown {
  if (schema.isBooleanSchema()) return parseBoolean(text, path);
  if (schema.isNumericSchema()) return parseNumber(text, path);
  if (schema.isBigIntegerSchema()) return BigInt(text);
  if (schema.isTimestampSchema()) return parseTimestamp(text, path);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'));
  return text;
}

/** A value → text in XML. Timestamps are ISO 8601 unless the schema says otherwise. */
export function formatScalar(schema: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) return formatTimestamp(schema, value);
  if (schema.isBlobSchema()) return Buffer.from(value as Uint8Array | string).toString('base64');
  if (typeof value === 'object') throw new TypeError(`${schema.getName()}: a scalar was expected, got ${JSON.stringify(value)}`);
  return String(value);
}

function parseBoolean(text: string, path: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw malformed(path, text, 'a boolean');
  return lower === 'true';
}

function parseNumber(text: string, path: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw malformed(path, text, 'a number');
  return value;
}

function parseTimestamp(text: string, path: string): Date {
  const date = /^\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text);
  if (Number.isNaN(date.getTime())) throw malformed(path, text, 'a timestamp');
  return date;
}

function formatTimestamp(schema: NormalizedSchema, value: Date): string {
  const kind = schema.getSchema();
  if (kind === 6) return value.toUTCString();
  if (kind === 7) return String(value.getTime() / 1000);
  return value.toISOString().replace('.000Z', 'Z');
}

function malformed(path: string, text: string, expected: string): AwsError {
  return new AwsError('MalformedInput', `${path}: '${text}' is not ${expected}`);
}
