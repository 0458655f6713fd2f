import { HANDLER_HEADER } from './caller';
import type { WireRequest } from './message';
import { IamService } from '../world/iam';
import { AwsError, type World } from '../world/kernel';
import { LambdaService } from '../world/lambda/lambda';

/** IAM's names of services that sign under another one. */
const ACTION_PREFIX: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
/** How services say that a caller may not: EC2 and the query protocol have names of their own. */
const DENIED: Readonly<Record<string, string>> = {
  ec2: 'UnauthorizedOperation', autoscaling: 'AccessDenied', cloudformation: 'AccessDenied', s3: 'AccessDenied', sqs: 'AccessDenied',
};

/** Name of the role in which a function makes a request; undefined for every other caller, who is the root of the account. */
export function handlerRole(world: World, request: WireRequest): string | undefined {
  const name = request.headers[HANDLER_HEADER];
  const role: string | undefined = name && world.get(LambdaService).functions.get(name)?.latest.configuration.Role;
  return role?.split('/').at(-1);
}

/**
 * Refuses what a function asks for before the last change of its role has arrived everywhere (`Faults.roleChangesTakeSeconds`). The model
 * does not tell which of the role's rights are new: all are late.
 */
export function refuseEarly(world: World, role: string | undefined, signingName: string, operation: string): void {
  if (role === undefined || world.get(IamService).inEffect(role)) return;
  const action = `${ACTION_PREFIX[signingName] ?? signingName}:${operation}`;
  const text = `User: arn:aws:sts::${world.account}:assumed-role/${role}/function is not authorized to perform: ${action} `
    + 'because no identity-based policy allows the action';
  throw new AwsError(DENIED[signingName] ?? 'AccessDeniedException', text, signingName in DENIED ? 403 : 400);
}
