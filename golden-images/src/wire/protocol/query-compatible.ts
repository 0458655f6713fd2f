import type { AwsError } from '../../world/kernel';
import type { WireRequest } from '../message';
import type { ErrorModel } from '../model/service-model';

/** Services that once spoke the query protocol (SQS, CloudWatch) still tell clients the old code of an error. */
export function queryErrorHeader(error: AwsError, known: ErrorModel | undefined, request: WireRequest): Record<string, string> {
  if (request.headers['x-amzn-query-mode'] !== 'true') return {};
  return { 'x-amzn-query-error': `${known?.code ?? error.code};${error.status < 500 ? 'Sender' : 'Receiver'}` };
}
