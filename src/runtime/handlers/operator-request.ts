import { OPERATOR_ALIAS, registerAlias, REQUEST_LIMITS, type RegisterCommand } from '../../contract';
import { isRecord, isUnicode, RefusedRequest, shown, type Entrance } from '../domain/registration';

/** A request to the function URL (payload format 2.0), or the command itself. */
export interface OperatorEvent {
  readonly requestContext?: { readonly authorizer?: { readonly iam?: { readonly userArn?: unknown } } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Of a direct invocation: who it says it is. */
  readonly caller?: unknown;
}

/** How it came in: by the alias that was invoked, which AWS tells, and never by the event, which who invokes the function writes. */
export function entranceOf(event: OperatorEvent | null, alias: string | undefined): Entrance {
  if (alias === OPERATOR_ALIAS) {
    const caller = event?.requestContext?.authorizer?.iam?.userArn;
    if (typeof caller !== 'string') throw new RefusedRequest('nobody signed the request', 403);
    return { via: 'url', caller };
  }
  const [, kind, image] = /^(build|direct|tested)_(.+)$/.exec(alias ?? '') ?? [];
  if (image === undefined) {
    throw new RefusedRequest(`a direct invocation names its image by the alias: <function>:${registerAlias.direct('<image>')}`, 403);
  }
  if (kind === 'build') return { via: 'build', image };
  return { via: 'direct', image, claimsTests: kind === 'tested', caller: claimedBy(event?.caller) };
}

function claimedBy(caller: unknown = 'unknown'): string {
  if (typeof caller !== 'string' || caller.length > REQUEST_LIMITS.caller || !isUnicode(caller)) {
    throw new RefusedRequest(`"caller" is a text of at most ${REQUEST_LIMITS.caller} characters`);
  }
  return caller;
}

const MEMBERS = ['command', 'image', 'amis', 'manifest', 'tested', 'build'];

/** The command of a request; refuses what is none, member by member. */
export function parseCommand(event: OperatorEvent | null, { via }: Entrance): RegisterCommand {
  const value = via === 'url' ? bodyOf(event ?? {}) : event;
  if (!isRecord(value)) throw new RefusedRequest('a command is a JSON object');
  const known = via === 'url' ? MEMBERS : [...MEMBERS, 'caller'];
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new RefusedRequest(`unknown member ${shown(unknown.join(', '))} of a command`);
  const { command, image, amis, manifest, tested, build } = value;
  if (command !== 'register') throw new RefusedRequest(`unknown command '${shown(command)}'; there is: register`);
  if (typeof image !== 'string' || image === '') throw new RefusedRequest('the name of the image is missing');
  if ((amis === undefined) === (manifest === undefined)) throw new RefusedRequest('either "amis" or "manifest" is needed');
  if (amis !== undefined && !isRecord(amis)) throw new RefusedRequest('"amis" maps regions to AMI ids');
  if (tested !== undefined && typeof tested !== 'boolean') throw new RefusedRequest('"tested" is true or false');
  if (build !== undefined && !isBuild(build)) throw new RefusedRequest('"build" is the ARN of a build');
  return {
    command,
    image,
    ...(amis === undefined ? { manifest } : { amis: amis as Record<string, string> }),
    ...(tested === undefined ? {} : { tested }),
    ...(build === undefined ? {} : { build }),
  };
}

const isBuild = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= REQUEST_LIMITS.build && /^arn:[^:]+:codebuild:[a-z0-9-]+:\d{12}:build\/[\w-]+:[\w-]+$/.test(value);

function bodyOf({ body = '', isBase64Encoded }: OperatorEvent): unknown {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > REQUEST_LIMITS.body) throw new RefusedRequest(`the body has ${bytes.length} bytes; the limit is ${REQUEST_LIMITS.body}`, 413);
  try {
    return JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(bytes));
  } catch {
    throw new RefusedRequest('the body is no JSON');
  }
}
