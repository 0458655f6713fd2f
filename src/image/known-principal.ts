import { Stack, Token } from 'aws-cdk-lib';
import { CfnRole, CfnUser, Role, User, type IGrantable, type IPrincipal, type IRole, type IUser } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InvalidInputError } from '../private/errors';
import { rootStack } from '../private/stacks';

/** Somebody whom AWS names when they come. */
export interface KnownPrincipal {
  readonly grantee: IGrantable;
  /** ARNs of roles and users; may be tokens. */
  readonly arns: readonly string[];
}

/**
 * A grantee as AWS names it to who is called: a role or a user. Groups, accounts and organizations do not appear there: "userArn – The Amazon
 * Resource Name (ARN) of the caller identity" (AWS Lambda Developer Guide, "Invoking Lambda function URLs", request payload).
 */
export function knownPrincipal(scope: Construct, grantee: IGrantable): KnownPrincipal {
  const principal = grantee.grantPrincipal as IPrincipal & Partial<IRole & IUser>;
  const arn = principal.roleArn ?? principal.userArn;
  if (arn !== undefined) { return elsewhere(scope, principal) ?? { grantee, arns: [arn] }; }
  const arns = arnsOf(principal);
  if (arns.length === 0 || !arns.every(isEntity)) {
    throw new InvalidInputError(scope, {
      what: `the grantee ${Construct.isConstruct(principal) ? principal.node.path : principal.constructor.name} is no role and no user`,
      expected: 'a role or a user, because AWS names nothing else to the function behind the URL',
      fix: 'grant it to each role and user; or let it invoke the function with directInvocation: true, where the name of the caller is only claimed',
    });
  }
  return { grantee, arns };
}

/**
 * A role or user of another stack is named without a reference to it: its policy refers to the function of this stack, so that the two would need
 * each other. Without a name of its own, the reference goes the other way, and the policy is made here.
 */
function elsewhere(scope: Construct, principal: IPrincipal): KnownPrincipal | undefined {
  const resource = Construct.isConstruct(principal) ? principal.node.defaultChild : undefined;
  if (!(resource instanceof CfnRole || resource instanceof CfnUser) || rootStack(resource) === rootStack(scope)) { return undefined; }
  const [kind, name] = resource instanceof CfnRole ? ['role', resource.roleName] : ['user', resource.userName];
  if (name !== undefined && !Token.isUnresolved(name)) {
    const arn = Stack.of(resource).formatArn({ service: 'iam', region: '', resource: kind, resourceName: name });
    return { grantee: principal, arns: [arn] };
  }
  const id = `Registrar${resource.node.addr}`;
  const imported = scope.node.tryFindChild(id) as IRole | IUser | undefined ?? (resource instanceof CfnRole
    ? Role.fromRoleName(scope, id, (principal as IRole).roleName)
    : User.fromUserName(scope, id, (principal as IUser).userName));
  return { grantee: imported, arns: ['roleArn' in imported ? imported.roleArn : imported.userArn] };
}

/** None for what is not named by ARNs alone, and for what has no principal. */
function arnsOf(principal: IPrincipal): string[] {
  if ('groupArn' in principal) { return []; }
  try {
    const { AWS: arns = [], ...others } = principal.policyFragment.principalJson;
    return Object.keys(others).length === 0 ? arns : [];
  } catch {
    return [];
  }
}

/** An ARN of which nothing is known yet is taken for one; what it is of decides when somebody comes. */
const isEntity = (arn: string): boolean => /^\$\{Token\[[^\]]+\]\}$/.test(arn) || /^arn:[^:]+:iam::[^:]+:(?:role|user)\/./.test(arn);
