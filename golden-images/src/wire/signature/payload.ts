import type { Claim } from './claim';
import { hmac, same, sha256 } from './digest';
import { scopeOf } from './signature';
import { NotModelled } from '../../world/kernel';
import { readAwsChunked, type AwsChunks } from '../codec/aws-chunked';
import type { WireRequest } from '../message';

const UNSIGNED = 'UNSIGNED-PAYLOAD';
/** Chunks of a signed body are checked one after the other, as Amazon S3 does. */
const CHUNKED = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/;
const UNCHECKED = [UNSIGNED, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

/** What stands for the body in a signature. Source: Amazon S3 API reference, "Authenticating Requests", x-amz-content-sha256. */
export function payloadOf({ headers, query, body }: WireRequest, { signingName, presigned }: Claim): string {
  const stated = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256') ?? undefined;
  if (stated === undefined) return signingName === 's3' && presigned ? UNSIGNED : sha256(body);
  if (!stated.startsWith('STREAMING-') || UNCHECKED.includes(stated) || CHUNKED.test(stated)) return stated;
  throw new NotModelled(`the signature of a body of the form ${stated}`);
}

/** Whether the body is the one that was signed, where that says something of it. `key` signs its chunks. */
export function bodyMatches({ body }: WireRequest, claim: Claim, payload: string, key: Uint8Array): boolean {
  if (UNCHECKED.includes(payload)) return true;
  const [chunked, trailer] = CHUNKED.exec(payload) ?? [];
  if (chunked === undefined) return same(payload, sha256(body));
  return chunksMatch(readAwsChunked(body), claim, key, trailer !== undefined);
}

/**
 * Each signature stands on the one before it, the first on that of the request. Sources: Amazon S3 API reference, "Transferring Payload
 * in Multiple Chunks" and "Signature calculations for trailing headers".
 */
function chunksMatch({ chunks, trailers }: AwsChunks, claim: Claim, key: Uint8Array, withTrailer: boolean): boolean {
  let previous = claim.signature;
  const next = (kind: string, ...digests: string[]): string => {
    previous = hmac(key, [`AWS4-HMAC-SHA256-${kind}`, claim.at, scopeOf(claim), previous, ...digests].join('\n'));
    return previous;
  };
  const signed = chunks.every(({ data, signature }) => same(next('PAYLOAD', sha256(''), sha256(data)), signature ?? ''));
  if (!signed || !withTrailer) return signed;
  const named = (name: string): boolean => name === 'x-amz-trailer-signature';
  const text = trailers.filter(([name]) => !named(name)).map(([name, value]) => `${name}:${value}\n`).join('');
  return same(next('TRAILER', sha256(text)), trailers.find(([name]) => named(name))?.[1] ?? '');
}
