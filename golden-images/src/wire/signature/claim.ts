import { authorizationPart, credentialScope, type CredentialScope } from '../caller';
import type { WireRequest } from '../message';

type Scope = CredentialScope & { readonly region: string };

/** What a request says of its signature: in the Authorization header, or in the query of a presigned URL. */
export interface Claim extends Scope {
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

function ofHeaders(request: WireRequest, authorization: string): Claim | undefined {
  const { headers } = request;
  const part = (name: string): string => authorizationPart(authorization, name) ?? '';
  return complete(request, {
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    at: headers['x-amz-date'] ?? '',
    token: headers['x-amz-security-token'],
    presigned: false,
  });
}

function ofQuery(request: WireRequest): Claim | undefined {
  const part = (name: string): string => request.query.get(`X-Amz-${name}`) ?? '';
  return complete(request, {
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    at: part('Date'),
    token: request.query.get('X-Amz-Security-Token') ?? undefined,
    presigned: true,
  });
}

function complete(request: WireRequest, rest: Omit<Claim, keyof Scope>): Claim | undefined {
  const scope = credentialScope(request);
  if (scope?.region === undefined || !rest.at.startsWith(`${scope.date}T`)) return undefined;
  const formed = /^\d{8}T\d{6}Z$/.test(rest.at) && /^[0-9a-f]{64}$/.test(rest.signature);
  return formed ? { ...rest, ...scope, region: scope.region } : undefined;
}
