import { utf8, type WireRequest, type WireResponse } from './message';
import type { Service } from '../world/kernel';

/** CloudFormation, as the one who waits for the responses of custom resources. */
interface ResponseTaker {
  respond(token: string, body: string): void;
}

/**
 * Paths that are addressed without a signature: where custom resources put their response (on AWS a presigned S3 URL).
 * Undefined for any other path.
 */
export function sidePath(services: ReadonlyMap<string, Service>, request: WireRequest): WireResponse | undefined {
  const token = /^\/_cloudformation\/responses\/([^/]+)$/.exec(request.path)?.[1];
  if (token === undefined) return undefined;
  const cloudFormation = services.get('cloudformation') as (Service & ResponseTaker) | undefined;
  if (request.method !== 'PUT' || !cloudFormation) return { status: 405, headers: {}, body: '' };
  cloudFormation.respond(decodeURIComponent(token), utf8(request.body));
  return { status: 200, headers: {}, body: '' };
}
