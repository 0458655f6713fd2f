import { inProcessHandler } from '../../golden-images/src/wire';
import type { World } from '../../golden-images/src/world';
import { IamService } from '../../golden-images/src/world/iam';
import { sessionArn as roleSession } from '../../golden-images/src/world/iam/principal';
import { StsService } from '../../golden-images/src/world/sts';

/** Credentials as clients of the SDK take them. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Somebody with a role in the account, and nothing else. */
export interface Attacker {
  /** What `aws:PrincipalArn` says of them. */
  readonly roleArn: string;
  /** Who AWS verifies them to be: what `CreatedBy` and `LastModifiedUser` say. */
  readonly sessionArn: string;
  readonly credentials: Credentials;
  /** A client of the SDK that calls as them: `const ec2 = mallory.client(EC2Client)`. */
  client<C>(type: new (settings: never) => C): C;
}

/**
 * Somebody who calls a local AWS in a role of their own, which is made where there is none of that name. All calls go over the
 * wire, in this process: a test makes the attacker's calls, and no others.
 *
 * @example
 * const mallory = attacker(world, 'Mallory');
 * await mallory.client(SSMClient).send(new PutParameterCommand({ Name: pointer, Value: 'ami-0bad0bad', Overwrite: true }));
 */
export function attacker(world: World, roleName: string): Attacker {
  const iam = world.get(IamService);
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: world.account }, Action: 'sts:AssumeRole' }] };
  const role = iam.roles.find(roleName) ?? iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: trust });
  const { arn: sessionArn, ...credentials } = world.get(StsService).issue(roleSession(world, role.name, 'attack'));
  const settings = { region: world.region, credentials, requestHandler: inProcessHandler(world), endpoint: 'http://localhost', maxAttempts: 1 };
  return { roleArn: role.arn, sessionArn, credentials, client: (type) => new type(settings as never) };
}
