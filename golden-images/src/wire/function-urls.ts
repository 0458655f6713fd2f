import { credentialScope } from './caller';
import type { WireRequest, WireResponse } from './message';
import { jsonRefusals } from './protocol/protocol';
import type { Verifier } from './signature/verifier';
import { AwsError, type Service, type World } from '../world/kernel';
import { FUNCTION_URL_PATH, type UrlRequest, type UrlResponse } from '../world/lambda/function-url';

/** AWS Lambda, as the one who answers requests to function URLs. */
interface UrlAnswerer {
  request(id: string, request: UrlRequest): Promise<UrlResponse>;
}

/** AWS STS, as the one who knows whose an access key is. */
interface Callers {
  arnOf(accessKeyId: string): string;
}

interface Target {
  readonly id: string;
  readonly path: string;
}

/**
 * Requests to function URLs: by host name as on AWS, or below `FUNCTION_URL_PATH` of this server, the form that
 * the local AWS gives out, since names of AWS lead elsewhere and not every system resolves those below localhost. Undefined for any other.
 */
export async function functionUrl(
  world: World, services: ReadonlyMap<string, Service>, request: WireRequest, verifier?: Verifier,
): Promise<WireResponse | undefined> {
  const target = targetOf(world, request);
  const lambda = services.get('lambda') as (Service & UrlAnswerer) | undefined;
  if (!target || !lambda) return undefined;
  try {
    const signed = verifier === undefined || await verifier.verifies(request, jsonRefusals);
    const caller = signed ? signer(world, services, request) : {};
    return await lambda.request(target.id, { ...urlRequest(request), path: target.path, ...caller });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { status: error.status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code }, body: JSON.stringify({ Message: error.message, ...error.members }) };
  }
}

function targetOf(world: World, { headers, path }: WireRequest): Target | undefined {
  const [, byHost, region] = /^([0-9a-z]+)\.lambda-url\.([a-z0-9-]+)\.(?:on\.aws|localhost)(?::\d+)?$/.exec(headers.host ?? '') ?? [];
  if (byHost !== undefined && region === world.region) return { id: byHost, path };
  const [, byPath, rest] = new RegExp(`^${FUNCTION_URL_PATH}/([0-9a-z]+)(/.*)?$`).exec(path) ?? [];
  return byPath === undefined ? undefined : { id: byPath, path: rest ?? '/' };
}

function urlRequest({ method, query, headers, body }: WireRequest): Omit<UrlRequest, 'path'> {
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { method, query: query.toString(), headers: Object.fromEntries(present), body };
}

/** Only a signature for this service in this region counts. */
function signer(world: World, services: ReadonlyMap<string, Service>, request: WireRequest): Pick<UrlRequest, 'callerArn' | 'accessKeyId'> {
  const scope = credentialScope(request);
  const sts = services.get('sts') as (Service & Callers) | undefined;
  if (scope?.signingName !== 'lambda' || scope.region !== world.region || !sts) return {};
  return { callerArn: sts.arnOf(scope.accessKeyId), accessKeyId: scope.accessKeyId };
}
