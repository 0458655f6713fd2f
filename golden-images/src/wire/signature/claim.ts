import type { WireRequest } from '../message';

/** What a request says of its signature: in the Authorization header, or in the query of a presigned URL. */
export interface Claim {
  readonly accessKeyId: string;
  /** Day, as in `20260105`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** In lower case. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Moment, as in `20260105T000000Z`. */
  readonly at: string;
  readonly token: string | undefined;
  readonly presigned: boolean;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The algorithm that a request says it is signed by; undefined when it says nothing of a signature. */
export function algorithmOf({ headers, query }: WireRequest): string | undefined {
  return headers.authorization?.split(' ')[0] ?? query.get('X-Amz-Algorithm') ?? undefined;
}

/**
 * Undefined when the signature is incomplete. Sources: Amazon S3 API reference, "Authenticating Requests: Using the Authorization
 * Header" and "… Using Query Parameters (AWS Signature Version 4)".
 */
export function claimOf(request: WireRequest): Claim | undefined {
  if (algorithmOf(request) !== ALGORITHM) return undefined;
  return request.headers.authorization === undefined ? ofQuery(request) : ofHeaders(request, request.headers.authorization);
}

function ofHeaders({ headers }: WireRequest, authorization: string): Claim | undefined {
  const part = (name: string): string => new RegExp(`[ ,]${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? '';
  return complete({
    ...scopeOf(part('Credential')),
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    at: headers['x-amz-date'] ?? '',
    token: headers['x-amz-security-token'],
    presigned: false,
  });
}

function ofQuery({ query }: WireRequest): Claim | undefined {
  const part = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  return complete({
    ...scopeOf(part('Credential')),
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    at: part('Date'),
    token: query.get('X-Amz-Security-Token') ?? undefined,
    presigned: true,
  });
}

/** `<key id>/<date>/<region>/<service>/aws4_request`. */
function scopeOf(credential: string): Pick<Claim, 'accessKeyId' | 'date' | 'region' | 'service'> {
  const [accessKeyId = '', date = '', region = '', service = '', end] = credential.split('/');
  return end === 'aws4_request' ? { accessKeyId, date, region, service } : { accessKeyId: '', date: '', region: '', service: '' };
}

function complete(claim: Claim): Claim | undefined {
  const { accessKeyId, region, service, signature, at, date } = claim;
  const formed = /^\d{8}T\d{6}Z$/.test(at) && at.startsWith(`${date}T`) && /^[0-9a-f]{64}$/.test(signature);
  return formed && accessKeyId && region && service ? claim : undefined;
}
