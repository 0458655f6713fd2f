import { createHash } from 'node:crypto';
import type { Scheduled } from '../kernel';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly sentAt: number;
  /** Times it was received from the queue it is in now. */
  receiveCount: number;
  firstReceivedAt?: number;
  /** Of the last receive; earlier handles are worthless. */
  receiptHandle?: string;
  /** What makes it visible again: the end of its delay or of its visibility timeout. */
  timer?: Scheduled;
  state: 'delayed' | 'visible' | 'in-flight';
}

export const md5 = (data: string | Uint8Array): string => createHash('md5').update(data).digest('hex');

/** As in "Calculating the MD5 message digest for message attributes" of the SQS developer guide. */
export function md5OfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const hash = createHash('md5');
  const field = (data: string | Uint8Array): void => {
    const bytes = Buffer.from(data as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name]!;
    field(name);
    field(attribute.DataType);
    hash.update(Buffer.from([attribute.BinaryValue ? 2 : 1]));
    field(attribute.BinaryValue ?? attribute.StringValue ?? '');
  }
  return hash.digest('hex');
}

export const sizeOf = (body: string, attributes: Readonly<Record<string, MessageAttribute>>): number =>
  Object.entries(attributes).reduce(
    (size, [name, each]) => size + name.length + each.DataType.length + Buffer.byteLength(each.StringValue ?? '') + (each.BinaryValue?.length ?? 0),
    Buffer.byteLength(body),
  );
