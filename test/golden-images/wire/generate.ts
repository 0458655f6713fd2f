import type { NormalizedSchema } from '@smithy/core/schema';
import { requiredCount } from '../../../golden-images/src/wire/model/schema';
import type { Random } from '../../../golden-images/src/world/kernel';

const TEXTS = ['a', 'two words', '<tag attr="x"> & more', 'ünï©ode', 'a.b-c_d', '0', 'true', 'line\nbreak'];

/** Members that the SDK looks into before it sends them. */
const SPECIAL: Readonly<Record<string, string>> = {
  QueueUrl: 'http://localhost/123456789012/queue', ChecksumAlgorithm: 'CRC32', ContentEncoding: 'gzip', ChecksumMode: 'ENABLED',
};
/** Members that the SDK replaces (keys by their encoding) or that need a package of their own (SigV4A). */
const OMITTED = new Set([
  'EndpointId', 'SSECustomerKey', 'SSECustomerKeyMD5', 'CopySourceSSECustomerKey', 'CopySourceSSECustomerKeyMD5', 'Expires', 'ExpiresString',
]);

/** Makes values that a schema allows, by chance. Required members are always there, empty collections never (not every protocol can carry them). */
export class Generator {
  public constructor(private readonly random: Random) {}

  public structure(schema: NormalizedSchema, depth = 0): Record<string, unknown> {
    if (!schema.isStructSchema()) return {};
    const required = requiredCount(schema);
    const members = [...schema.structIterator()]
      .filter(([name, member], index) => !OMITTED.has(name) && (index < required || depth < 6 || !nests(member)));
    if (members.length === 0) return {};
    const always = schema.isUnionSchema() || required === 0 ? this.random.pick(members)[0] : undefined;
    const result: Record<string, unknown> = {};
    members.forEach(([name, member], index) => {
      const chance = schema.isUnionSchema() ? 0 : depth > 3 ? 0.1 : 0.5;
      const wanted = index < required || name === always || member.isIdempotencyToken() || member.getMergedTraits().httpResponseCode;
      if (!wanted && this.random.next() >= chance) return;
      const value = member.isStringSchema() && SPECIAL[name] || this.value(member, depth + 1);
      if (value !== undefined) result[name] = value;
    });
    return result;
  }

  private value(schema: NormalizedSchema, depth: number): unknown {
    if (schema.isStructSchema() && schema.getEventStreamMember()) return undefined;
    if (schema.isStructSchema()) return given(this.structure(schema, depth));
    if (schema.isListSchema()) return given(this.several(() => this.value(schema.getValueSchema(), depth + 1)).filter((each) => each !== undefined));
    if (schema.isMapSchema()) return this.map(schema.getValueSchema(), depth);
    return this.scalar(schema);
  }

  private map(schema: NormalizedSchema, depth: number): Record<string, unknown> {
    return Object.fromEntries(this.several(() => this.value(schema, depth + 1)).map((each, index) => [`key${index}`, each]));
  }

  private several<T>(make: () => T): T[] {
    return this.random.next() < 0.5 ? [make()] : [make(), make()];
  }

  private scalar(schema: NormalizedSchema): unknown {
    const traits = schema.getMergedTraits();
    if (schema.isBooleanSchema()) return this.random.next() < 0.5;
    if (schema.isNumericSchema()) return traits.httpResponseCode ? 200 : Math.floor(this.random.next() * 100000);
    if (schema.isBigIntegerSchema()) return BigInt(Math.floor(this.random.next() * 100000));
    if (schema.isTimestampSchema()) return new Date(Date.UTC(2026, 0, 1) + Math.floor(this.random.next() * 1e6) * 1000);
    if (schema.isBlobSchema()) return new Uint8Array(Buffer.from([0, 255, 10, Math.floor(this.random.next() * 256)]));
    if (schema.isDocumentSchema()) return { some: 'document', with: [1, true] };
    // Headers carry no line breaks; path labels and what the SDK itself parses get plain names.
    if (traits.httpLabel || traits.httpHeader || traits.httpPrefixHeaders) return this.random.pick(['name', 'some-name.1', 'Name_2']);
    return this.random.pick(TEXTS);
  }
}

/** Empty collections and structures are left out: the query protocols cannot carry them. */
function given<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function nests(schema: NormalizedSchema): boolean {
  if (schema.isStructSchema()) return true;
  return (schema.isListSchema() || schema.isMapSchema()) && nests(schema.getValueSchema());
}

/** What counts when two values are compared: no metadata, nothing undefined, bytes as text. */
export function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('hex')}`;
  if (value instanceof Date) return `time:${value.toISOString()}`;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return Array.from(value, comparable);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([name, each]) => name !== '$metadata' && each !== undefined && each !== null);
  return Object.fromEntries(entries.map(([name, each]) => [name, comparable(each)]));
}
