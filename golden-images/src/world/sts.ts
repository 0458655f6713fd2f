import { randomBytes } from 'node:crypto';
import { IamService } from './iam';
import { roleNameOf, sessionArn } from './iam/principal';
import { AwsError, refuseUnknown, Service, type Operation } from './kernel';

/**
 * When credentials of this world expire. Clients judge it by their own clock, which does not stand at virtual time, so it is never.
 */
const NEVER = new Date('2099-12-31T00:00:00Z');

/** Credentials of a session of a role. */
export interface Session {
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** AWS STS. To be assumed a role must exist; its trust policy is not evaluated (assumption: assume-role-existence-only). */
export class StsService extends Service {
  public override readonly signingName = 'sts';
  public override readonly operations: Readonly<Record<string, Operation>> = {
    GetCallerIdentity: () => ({ Account: this.world.account, UserId: this.userId(this.world.caller), Arn: this.world.caller }),
    AssumeRole: (input) => {
      refuseUnknown('sts:AssumeRole', input, ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId', 'Tags', 'TransitiveTagKeys', 'Policy', 'PolicyArns']);
      return this.assume(input.RoleArn, input.RoleSessionName);
    },
  };

  private issued = 0;
  private readonly sessions = new Map<string, Session>();

  /** Whose an access key is: of an assumed role where it was given out here, else of the root (assumption: caller-identity). */
  public arnOf(accessKeyId: string): string {
    return this.session(accessKeyId)?.arn ?? this.world.root;
  }

  public session(accessKeyId: string): Session | undefined {
    return this.sessions.get(accessKeyId);
  }

  /** Credentials of a new session, which nobody can guess. */
  public issue(arn: string): Session {
    // A counter and not the world's random numbers: how often a client asks for credentials must not change a history.
    this.issued += 1;
    const accessKeyId = `ASIA${String(this.issued).padStart(12, '0')}AAAA`;
    const [secretAccessKey, sessionToken] = [30, 60].map((size) => randomBytes(size).toString('base64url')) as [string, string];
    const session = { arn, accessKeyId, secretAccessKey, sessionToken };
    this.sessions.set(accessKeyId, session);
    return session;
  }

  /** Source: IAM user guide, "IAM JSON policy elements: Variables", the table of `aws:userid`. */
  private userId(principal: string): string {
    const role = this.world.get(IamService).roles.find(roleNameOf(principal) ?? '');
    return role ? `${role.id}:${principal.split('/').at(-1)}` : this.world.account;
  }

  private assume(roleArn: string, session: string): Record<string, unknown> {
    const role = this.world.get(IamService).roles.byArn(roleArn);
    if (!role) {
      throw new AwsError('AccessDenied', `User: ${this.world.caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403);
    }
    const { arn, accessKeyId, secretAccessKey, sessionToken } = this.issue(sessionArn(this.world, role.name, session));
    return {
      Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: NEVER },
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${session}`, Arn: arn },
    };
  }
}
