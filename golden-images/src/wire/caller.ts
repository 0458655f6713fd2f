import type { WireRequest } from './message';

/** Who a request says it is for: the credential scope of its signature. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** Day, as in `20260105`. */
  readonly date: string;
  /** Absent in signatures for all regions (SigV4A). */
  readonly region: string | undefined;
  readonly signingName: string;
}

/** Requests that code in AWS Lambda makes carry this header, so that faults can count them. */
export const HANDLER_HEADER = 'x-golden-images-handler';

/**
 * Reads `<key id>/<date>[/<region>]/<service>/aws4_request` from the Authorization header, or from the query of a presigned URL. Nothing else
 * reads it: who is verified must be who is served.
 */
export function credentialScope(request: WireRequest): CredentialScope | undefined {
  const { authorization } = request.headers;
  const credential = authorization === undefined ? request.query.get('X-Amz-Credential') : authorizationPart(authorization, 'Credential');
  const parts = /^([^/]+)\/(\d{8})(?:\/([^/]+))?\/([^/]+)\/aws4_request$/.exec(credential ?? '');
  return parts ? { accessKeyId: parts[1]!, date: parts[2]!, region: parts[3], signingName: parts[4]! } : undefined;
}

/** `Name=value` of an Authorization header; the first one counts. */
export function authorizationPart(authorization: string, name: string): string | undefined {
  return new RegExp(`[ ,]${name}=([^,\\s]+)`).exec(authorization)?.[1];
}
