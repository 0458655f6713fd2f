import { AwsError, type World } from '../kernel';
import type { LambdaService } from './lambda';

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
}

export interface UrlResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Answers a request to a function URL by its id: payload format 2.0 of "Invoking Lambda function URLs". */
export async function answerUrl(world: World, lambda: LambdaService, id: string, request: UrlRequest): Promise<UrlResponse> {
  const { functionName, qualifier, authType, invokeMode } = target(lambda, id);
  if (authType === 'AWS_IAM' && !request.callerArn) return json(403, { Message: 'Forbidden' });
  if (invokeMode !== 'BUFFERED') return json(501, { Message: 'the local AWS does not model response streaming' });
  const result = await lambda.invoke(functionName, urlEvent(world, id, request), qualifier);
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
  const text = Buffer.from(request.body).toString();
  const isBase64Encoded = Buffer.from(text).compare(Buffer.from(request.body)) !== 0;
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
      time: new Date(world.now).toUTCString(),
      timeEpoch: world.now,
      ...(request.callerArn ? { authorizer: { iam: { accountId: world.account, userArn: request.callerArn } } } : {}),
    },
    ...(request.body.length > 0 ? { body: isBase64Encoded ? Buffer.from(request.body).toString('base64') : text } : {}),
    isBase64Encoded,
  };
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

/** An answer without a status code is the body itself, as JSON. */
function rendered(payload: unknown): UrlResponse {
  const answer = payload as Answer | null;
  if (typeof answer !== 'object' || answer === null || answer.statusCode === undefined) return json(200, payload);
  const headers = Object.fromEntries(Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const body = answer.isBase64Encoded ? Buffer.from(answer.body ?? '', 'base64') : Buffer.from(answer.body ?? '');
  if (answer.cookies) headers['set-cookie'] = answer.cookies.join(', ');
  return { status: answer.statusCode, headers: { 'content-type': 'application/json', ...headers }, body };
}

const json = (status: number, value: unknown): UrlResponse =>
  ({ status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) });
