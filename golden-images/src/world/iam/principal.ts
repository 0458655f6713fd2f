import type { IamService } from '../iam';
import type { World } from '../kernel';

/** ARN of a session of a role, as AWS verifies it; the path of the role is not in it. Source: IAM user guide, "IAM identifiers". */
export function sessionArn(world: World, roleName: string, session: string): string {
  return world.arn('sts', `assumed-role/${roleName}/${session}`, { region: '' });
}

/** Name of the role whose session an ARN is; undefined for every other principal. */
export function roleNameOf(principal: string): string | undefined {
  return /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//.exec(principal)?.[1];
}

/**
 * The value of `aws:PrincipalArn`: of a session the ARN of its role, with the path, and of the root user its own.
 * Source: IAM user guide, "AWS global condition context keys".
 */
export function principalArn(world: World, iam: IamService, principal: string): string {
  const name = roleNameOf(principal);
  if (name === undefined) return principal;
  return iam.roles.find(name)?.arn ?? world.arn('iam', `role/${name}`, { region: '' });
}
