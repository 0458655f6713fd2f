/** A chunk of an `aws-chunked` body. */
export interface AwsChunk {
  readonly data: Uint8Array;
  readonly signature: string | undefined;
}

export interface AwsChunks {
  /** The last one is empty. */
  readonly chunks: readonly AwsChunk[];
  /** Headers after the last chunk, as sent. */
  readonly trailers: ReadonlyArray<readonly [name: string, value: string]>;
}

/**
 * Reads an `aws-chunked` body: `<hex length>[;chunk-signature=…]\r\n<data>\r\n`, ended by a chunk of length 0 and trailers.
 * Sources: Amazon S3 API reference, https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and "Signature calculations for
 * trailing headers".
 */
export function readAwsChunked(body: Uint8Array): AwsChunks {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: AwsChunk[] = [];
  let offset = 0;
  for (;;) {
    const end = buffer.indexOf('\r\n', offset);
    if (end < 0) throw new Error('aws-chunked body without a last chunk');
    const [length, signature] = headOf(buffer.toString('latin1', offset, end));
    if (end + 2 + length > buffer.length) throw new Error('aws-chunked body with a chunk that is cut off');
    chunks.push({ data: buffer.subarray(end + 2, end + 2 + length), signature });
    if (length === 0) return { chunks, trailers: trailersOf(buffer.toString('latin1', end + 2)) };
    offset = end + 2 + length + 2;
  }
}

/** The payload of an `aws-chunked` body. */
export function decodeAwsChunked(body: Uint8Array): Uint8Array {
  return Buffer.concat(readAwsChunked(body).chunks.map(({ data }) => data));
}

function headOf(head: string): [length: number, signature: string | undefined] {
  const [, length, signature] = /^([0-9a-f]+)(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(head.trim()) ?? [];
  if (length === undefined) throw new Error('aws-chunked body with a malformed chunk length');
  return [Number.parseInt(length, 16), signature];
}

function trailersOf(text: string): AwsChunks['trailers'] {
  return text.split(/\r?\n/).filter((line) => line.includes(':')).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
}
