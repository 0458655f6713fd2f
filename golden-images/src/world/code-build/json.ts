import { AwsError } from '../kernel';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

type Call = (operation: string, input: Record<string, unknown>) => Promise<unknown>;

/** Answers a request of the protocol awsJson1.1 of a service whose client package is not installed; dates are seconds there. */
export async function answerJson(
  target: string, headers: Readonly<Record<string, string>>, body: Uint8Array, call: Call,
): Promise<HttpAnswer> {
  const [prefix, operation = ''] = (headers['x-amz-target'] ?? '').split('.');
  try {
    if (prefix !== target) throw new AwsError('UnknownOperationException', `${headers['x-amz-target']} is no operation`);
    return rendered(200, await call(operation, parsed(body)));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return rendered(error.status, { __type: error.code, message: error.message, ...error.members });
  }
}

function parsed(body: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8') || '{}') as Record<string, unknown>;
  } catch {
    throw new AwsError('SerializationException', 'the body is no JSON');
  }
}

function rendered(status: number, value: unknown): HttpAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(withSeconds(value)) };
}

function withSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withSeconds(each)]));
}
