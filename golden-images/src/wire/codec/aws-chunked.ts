/**
 * Takes the payload out of an `aws-chunked` body: `<hex length>[;chunk-signature=…]\r\n<data>\r\n`, ended by a chunk of length 0
 * and trailers. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function decodeAwsChunked(body: Uint8Array): Uint8Array {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const end = buffer.indexOf('\r\n', offset);
    if (end < 0) throw new Error('aws-chunked body without a last chunk');
    const length = Number.parseInt(buffer.toString('latin1', offset, end), 16);
    if (Number.isNaN(length)) throw new Error('aws-chunked body with a malformed chunk length');
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(end + 2, end + 2 + length));
    offset = end + 2 + length + 2;
  }
}
