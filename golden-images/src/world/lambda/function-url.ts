import { AwsError, type World } from '../kernel';
import type { LambdaService } from './lambda';

/** Where the server of a world has its function URLs: `http://localhost:<port>/_lambda/urls/<id>/`. */
export const FUNCTION_URL_PATH = '/_lambda/urls';

/** A request to a function URL. */
export interface UrlRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Who signed the request; absent when nobody did. */
  readonly callerArn?: string;
  readonly accessKeyId?: string;
}

export interface UrlResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Answers a request to a function URL by its id: payload format 2.0 of "Invoking Lambda function URLs". */
export async function answerUrl(world: World, lambda: LambdaService, id: string, request: UrlRequest): Promise<UrlResponse> {
  const { functionName, qualifier, authType, invokeMode } = target(lambda, id);
  if (authType === 'AWS_IAM' && !request.callerArn) return json(403, { Message: 'Forbidden' }, { 'x-amzn-errortype': 'AccessDeniedException' });
  if (invokeMode !== 'BUFFERED') return json(501, { Message: 'the local AWS does not model response streaming' });
  // Without an alias the function is called by its plain name; with one the function sees it (assumption: function-url-alias-arn).
  const result = await lambda.invoke(functionName, urlEvent(world, id, request), qualifier === '$LATEST' ? undefined : qualifier);
  return result.functionError ? json(502, { Message: 'Internal Server Error' }) : rendered(result.payload);
}

function target(lambda: LambdaService, id: string): { functionName: string; qualifier: string; authType: string; invokeMode: string } {
  for (const found of lambda.functions.values()) {
    for (const [qualifier, url] of found.urls) if (url.id === id) return { functionName: found.name, qualifier, ...url };
  }
  throw new AwsError('ResourceNotFoundException', `there is no function URL ${id}`, 404);
}

function urlEvent(world: World, id: string, request: UrlRequest): Record<string, unknown> {
  const parameters = [...new URLSearchParams(request.query)];
  const { cookie, ...headers } = request.headers;
  const body = Buffer.from(request.body);
  const isBase64Encoded = body.length > 0 && !isText(headers['content-type'] ?? '');
  const domainName = `${id}.lambda-url.${world.region}.on.aws`;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.path,
    rawQueryString: request.query,
    headers,
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    ...(parameters.length > 0 ? { queryStringParameters: joined(parameters) } : {}),
    requestContext: {
      accountId: request.callerArn ? world.account : 'anonymous',
      apiId: id,
      domainName,
      domainPrefix: id,
      http: { method: request.method, path: request.path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: headers['user-agent'] ?? '' },
      requestId: world.random.uuid(),
      routeKey: '$default',
      stage: '$default',
      time: clf(world.now),
      timeEpoch: world.now,
      ...(request.callerArn ? { authorizer: { iam: { accessKey: request.accessKeyId, accountId: world.account, userArn: request.callerArn } } } : {}),
    },
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

/** Bodies of all other types reach the function in base64 (assumption: function-url-base64). */
const isText = (type: string): boolean => /^(text\/|application\/(json|javascript|xml)\b)/i.test(type);

/** As in `12/Mar/2020:19:03:58 +0000`. */
function clf(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** A parameter that occurs several times has its values joined by commas. */
function joined(parameters: Array<[string, string]>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of parameters) all[name] = name in all ? `${all[name]},${value}` : value;
  return all;
}

interface Answer {
  readonly statusCode?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly cookies?: string[];
}

/** Set by who sends the answer, from the body that it sends: a function's own would leave the client waiting for bytes that never come. */
const HOP_BY_HOP = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** An answer without a status code is the body itself, as JSON. */
function rendered(payload: unknown): UrlResponse {
  const answer = payload as Answer | null;
  if (typeof answer !== 'object' || answer === null || answer.statusCode === undefined) return json(200, payload);
  const headers = Object.fromEntries(Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const body = answer.isBase64Encoded ? Buffer.from(answer.body ?? '', 'base64') : Buffer.from(answer.body ?? '');
  HOP_BY_HOP.forEach((name) => delete headers[name]);
  if (answer.cookies) headers['set-cookie'] = answer.cookies.join(', ');
  return { status: answer.statusCode, headers: { 'content-type': 'application/json', ...headers }, body };
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): UrlResponse =>
  ({ status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(JSON.stringify(value)) });
