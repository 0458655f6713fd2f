import { JsonCodec } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { AwsError, NotModelled } from '../../world/kernel';
import { unknownMembers } from '../model/inspect';

/** JSON bodies of the awsJson and restJson protocols, by the SDK's own codec. */
export class JsonBody {
  private readonly serializer;
  private readonly deserializer;

  public constructor(settings: { rest: boolean }) {
    const codec = new JsonCodec({ timestampFormat: { useTrait: true, default: 7 }, httpBindings: settings.rest, jsonName: settings.rest });
    this.serializer = codec.createSerializer();
    this.deserializer = codec.createDeserializer();
  }

  /** A member that the schema does not know is refused by name. */
  public read(schema: NormalizedSchema, body: string): Record<string, unknown> {
    const raw = parse(body);
    const [unknown] = unknownMembers(schema, raw);
    if (unknown !== undefined) throw new NotModelled(`the parameter ${unknown}`);
    return schema.isStructSchema() ? this.deserializer.readObject(schema, raw as DocumentType) as Record<string, unknown> : {};
  }

  public write(schema: NormalizedSchema, value: Record<string, unknown>): string {
    if (!schema.isStructSchema()) return '{}';
    this.serializer.write(schema, value);
    return this.serializer.flush() as string;
  }
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON');
  }
}
