import { AwsError, NotModelled, type World } from '../../kernel';

/** Creating a custom resource failed, and there is something to delete all the same. */
export class CreationFailed extends Error {
  public constructor(message: string, public readonly physicalId: string) {
    super(message);
  }
}

/** What stops an operation: the resources that failed. Their reasons are in the events. */
export class ResourcesFailed extends Error {
  public constructor(public readonly logicalIds: readonly string[], public readonly verb: 'create' | 'update' | 'delete') {
    super(`The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}].`);
  }
}

/** A refusal of CloudFormation itself: its message is the reason as it stands. */
export class EngineError extends Error {}

/** A refusal before anything was sent: the resource is as it was. */
export class NotSent extends EngineError {}

const HANDLER_ERROR_CODES: ReadonlyArray<[RegExp, string]> = [
  [/AlreadyExists|AlreadyInUse|Duplicate|ResourceInUse/, 'AlreadyExists'],
  [/NotFound|NoSuch|DoesNotExist/, 'NotFound'],
  [/Throttl|TooManyRequests/, 'Throttling'],
  [/LimitExceeded/, 'ServiceLimitExceeded'],
  [/AccessDenied|Unauthorized/, 'AccessDenied'],
  [/Invalid|Validation|Malformed|Missing/, 'InvalidRequest'],
];

/** The reason of a failed resource, worded as the handlers of resource types word it. */
export function reasonOf(error: unknown, world: World): string {
  if (error instanceof EngineError || error instanceof CreationFailed || error instanceof NotModelled) return error.message;
  if (!(error instanceof AwsError)) return `Internal failure: ${(error as Error).stack ?? String(error)}`;
  const code = HANDLER_ERROR_CODES.find(([pattern]) => pattern.test(error.code))?.[1] ?? 'GeneralServiceException';
  return `Resource handler returned message: "${error.message}" (RequestToken: ${world.random.uuid()}, HandlerErrorCode: ${code})`;
}

/** Deleting what is not there has succeeded. */
export function isGone(error: unknown): boolean {
  return error instanceof AwsError && HANDLER_ERROR_CODES[1]![0].test(error.code);
}
