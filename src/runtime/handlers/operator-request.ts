import type { RegisterCommand, RegisteredBy } from '../../contract';
import { RefusedRequest } from '../domain/registration';

/** A request to the function URL (payload format 2.0), or the command itself. */
export interface OperatorEvent {
  readonly requestContext?: { readonly authorizer?: { readonly iam?: { readonly userArn?: string } } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Of a direct invocation: who it says it is. */
  readonly caller?: unknown;
}

const MEMBERS = ['command', 'image', 'amis', 'manifest', 'tested', 'build', 'caller'];

/** Who asks, and whether AWS verified it: only of what came over the function URL. */
export function callerOf(event: OperatorEvent, signed: boolean): RegisteredBy {
  if (signed) {
    const userArn = event.requestContext?.authorizer?.iam?.userArn;
    if (userArn === undefined) throw new RefusedRequest('nobody signed the request');
    return { caller: userArn, verified: true };
  }
  return { caller: typeof event.caller === 'string' ? event.caller : 'unknown', verified: false };
}

/** The command of a request; refuses what is none, member by member. */
export function parseCommand(event: OperatorEvent, signed: boolean): RegisterCommand {
  const value = signed ? bodyOf(event) : event;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RefusedRequest('a command is a JSON object');
  const { command, image, amis, manifest, tested, build } = value as Record<string, unknown>;
  const unknown = Object.keys(value).filter((name) => !MEMBERS.includes(name));
  if (unknown.length > 0) throw new RefusedRequest(`unknown member ${unknown.join(', ')} of a command`);
  if (command !== 'register') throw new RefusedRequest(`unknown command '${String(command)}'; there is: register`);
  if (typeof image !== 'string' || image === '') throw new RefusedRequest('the name of the image is missing');
  if ((amis === undefined) === (manifest === undefined)) throw new RefusedRequest('either "amis" or "manifest" is needed');
  if (amis !== undefined && (typeof amis !== 'object' || amis === null || Array.isArray(amis))) throw new RefusedRequest('"amis" maps regions to AMI ids');
  if (tested !== undefined && typeof tested !== 'boolean') throw new RefusedRequest('"tested" is true or false');
  if (build !== undefined && typeof build !== 'string') throw new RefusedRequest('"build" is the ARN of a build');
  return {
    command,
    image,
    ...(amis === undefined ? { manifest } : { amis: amis as Record<string, string> }),
    ...(tested === undefined ? {} : { tested }),
    ...(build === undefined ? {} : { build }),
  };
}

function bodyOf({ body = '', isBase64Encoded }: OperatorEvent): unknown {
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body);
  } catch {
    throw new RefusedRequest('the body is no JSON');
  }
}
