import type { WireRequest } from './message';

/** Who a request says it is for: the credential scope of its signature. */
export interface CredentialScope {
  readonly signingName: string;
  readonly accessKeyId: string;
  /** Absent in signatures for all regions (SigV4A). */
  readonly region: string | undefined;
}

/** Requests that code in AWS Lambda makes carry this header, so that faults can count them. */
export const HANDLER_HEADER = 'x-golden-images-handler';

/** Reads `…/<date>/<region>/<service>/aws4_request` from the Authorization header, or from the query of a presigned URL. */
export function credentialScope(request: WireRequest): CredentialScope | undefined {
  const credential = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ?? request.query.get('X-Amz-Credential');
  const parts = credential?.split('/') ?? [];
  const signingName = parts.at(-2);
  if (parts.at(-1) !== 'aws4_request' || !signingName) return undefined;
  return { signingName, accessKeyId: parts[0]!, region: /^\d{8}$/.test(parts.at(-3) ?? '') ? undefined : parts.at(-3) };
}
