import { credentialScope, HANDLER_HEADER } from './caller';
import type { WireRequest } from './message';
import { IamService } from '../world/iam';
import { roleNameOf } from '../world/iam/principal';
import { AwsError, type World } from '../world/kernel';
import { StsService } from '../world/sts';

/** IAM's names of services that sign under another one. */
const ACTION_PREFIX: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
/** How services say that a caller may not: EC2 and the query protocol have names of their own. */
const DENIED: Readonly<Record<string, string>> = {
  ec2: 'UnauthorizedOperation', autoscaling: 'AccessDenied', cloudformation: 'AccessDenied', s3: 'AccessDenied', sqs: 'AccessDenied',
};

/** ARN of the principal that makes a request: the session whose access key it has, else the root of the account. */
export function principalOf(world: World, request: WireRequest): string {
  return world.get(StsService).arnOf(credentialScope(request)?.accessKeyId ?? '');
}

/**
 * Refuses what a function asks for before the last change of its role has arrived everywhere (`Faults.roleChangesTakeSeconds`). The model
 * does not tell which of the role's rights are new: all are late.
 */
export function refuseEarly(world: World, request: WireRequest, signingName: string, operation: string): void {
  const role = request.headers[HANDLER_HEADER] === undefined ? undefined : roleNameOf(world.caller);
  if (role === undefined || world.get(IamService).inEffect(role)) return;
  const action = `${ACTION_PREFIX[signingName] ?? signingName}:${operation}`;
  const text = `User: ${world.caller} is not authorized to perform: ${action} because no identity-based policy allows the action`;
  throw new AwsError(DENIED[signingName] ?? 'AccessDeniedException', text, signingName in DENIED ? 403 : 400);
}
