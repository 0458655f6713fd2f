import { Stack, Token } from 'aws-cdk-lib';
import { CfnRole, CfnUser, Role, User, type IGrantable, type IPrincipal, type IRole, type IUser } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InvalidInputError } from '../private/errors';
import { rootStack } from '../private/stacks';

/** Somebody whom AWS names when they come. */
export interface KnownPrincipal {
  readonly grantee: IGrantable;
  /** ARN of a role or user; may be a token. */
  readonly arn: string;
}

/**
 * A grantee as AWS names it to who is called: a role or a user. Groups, accounts and organizations do not appear there: "userArn – The Amazon
 * Resource Name (ARN) of the caller identity" (AWS Lambda Developer Guide, "Invoking Lambda function URLs", request payload).
 */
export function knownPrincipal(scope: Construct, grantee: IGrantable): KnownPrincipal {
  const principal = grantee.grantPrincipal as IPrincipal & Partial<IRole & IUser>;
  const own = principal.roleArn ?? principal.userArn;
  if (own !== undefined) { return elsewhere(scope, principal) ?? { grantee, arn: own }; }
  const arn = arnOf(principal);
  if (arn === undefined || !isEntity(Stack.of(scope).resolve(arn))) {
    throw new InvalidInputError(scope, {
      what: `the grantee ${Construct.isConstruct(grantee) ? grantee.node.path : principal.constructor.name} is no role and no user`,
      expected: 'a role or a user, because AWS names nothing else to the function behind the URL',
      fix: 'grant it to each role and user; or let it invoke the function with directInvocation: true, where the name of the caller is only claimed',
    });
  }
  return { grantee, arn };
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
    return { grantee: principal, arn };
  }
  const id = `Registrar${resource.node.addr}`;
  const imported = scope.node.tryFindChild(id) as IRole | IUser | undefined ?? (resource instanceof CfnRole
    ? Role.fromRoleName(scope, id, (principal as IRole).roleName)
    : User.fromUserName(scope, id, (principal as IUser).userName));
  return { grantee: imported, arn: 'roleArn' in imported ? imported.roleArn : imported.userArn };
}

/** Of what is named by one ARN alone. */
function arnOf(principal: IPrincipal): string | undefined {
  if ('groupArn' in principal) { return undefined; }
  try {
    const { AWS: arns = [], ...others } = principal.policyFragment.principalJson;
    return arns.length === 1 && Object.keys(others).length === 0 ? arns[0] : undefined;
  } catch {
    // What was imported without a role has no principal.
    return undefined;
  }
}

/** Of an ARN that is known only while deploying, what it is of decides when somebody comes. */
function isEntity(arn: unknown): boolean {
  const parts = (arn as { readonly 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [arn];
  const text = parts.map((part) => (typeof part === 'string' ? part : '?')).join('');
  return text === '?' || /^arn:[^:]+:iam::[^:]+:(?:role|user)\/./.test(text);
}
