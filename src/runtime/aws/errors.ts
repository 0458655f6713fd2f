import { RefusedError, TransientError } from '../ports';

/** Names under which AWS services say "too fast", "not now" or "somebody else is at it". */
const TRANSIENT = new Set([
  'Throttling', 'ThrottlingException', 'ThrottledException', 'RequestThrottled', 'RequestThrottledException', 'RequestLimitExceeded',
  'TooManyRequestsException', 'CallRateLimitExceededException', 'TooManyUpdates', 'SlowDown', 'BandwidthLimitExceeded',
  'ProvisionedThroughputExceededException', 'TransactionInProgressException', 'PriorRequestNotComplete',
  'ResourceContention', 'ResourceContentionFault', 'InternalError', 'InternalFailure', 'InternalServerError', 'ServiceUnavailable',
  'ServiceUnavailableException', 'ServiceException', 'Unavailable', 'RequestTimeout', 'RequestTimeoutException', 'TimeoutError',
]);

/** Names under which AWS services say that the caller may not. */
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'UnauthorizedAccess', 'AuthorizationError', 'ForbiddenException']);

/** Names of failed connections, as Node gives them. */
const CONNECTION = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND']);

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/**
 * Calls AWS. What passes by itself becomes a `TransientError`; a refusal (AccessDenied, what does not exist, a wrong request) becomes a
 * `RefusedError`; everything else surfaces as it is.
 */
export async function callAws<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const text = `${what}: ${errorName(error)}: ${(error as SdkError).message ?? ''}`;
    if (isTransient(error as SdkError)) throw new TransientError(text);
    throw isRefusal(error as SdkError) ? new RefusedError(text, errorName(error)) : error;
  }
}

/** The name under which AWS reports an error. */
export const errorName = (error: unknown): string => (error instanceof RefusedError ? error.code : (error as SdkError | undefined)?.name) ?? 'Error';

/** Whether the caller may not, as AWS sees its rights at the moment. */
export const isDenied = (error: unknown): boolean => DENIED.has(errorName(error));

/** The result of a call, or undefined when AWS answers with one of these names. */
export async function unless<T>(names: readonly string[], call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (names.includes(errorName(error))) return undefined;
    throw error;
  }
}

function isTransient({ name, code, $metadata, $retryable }: SdkError): boolean {
  return TRANSIENT.has(name ?? '') || CONNECTION.has(code ?? '') || $retryable?.throttling === true || isServerSide($metadata?.httpStatusCode);
}

const isRefusal = ({ $metadata: { httpStatusCode: status = 0 } = {} }: SdkError): boolean => status >= 400 && status < 500;

/** 501 (Not Implemented) is no passing trouble: the same call gets the same answer for ever. */
const isServerSide = (status = 0): boolean => status >= 500 && status !== 501;
