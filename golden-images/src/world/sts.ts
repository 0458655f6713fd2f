import { IamService } from './iam';
import { AwsError, refuseUnknown, Service, type Operation } from './kernel';

/**
 * When credentials of this world expire. Clients judge it by their own clock, which does not stand at virtual time, so it is never.
 */
const NEVER = new Date('2099-12-31T00:00:00Z');

/** AWS STS. Credentials are handed out and never checked: the role must exist, its trust policy is not evaluated (assumption: assume-role-existence-only). */
export class StsService extends Service {
  public override readonly signingName = 'sts';
  public override readonly operations: Readonly<Record<string, Operation>> = {
    // Everybody is the root of the account (assumption: caller-identity).
    GetCallerIdentity: () => ({ Account: this.world.account, UserId: this.world.account, Arn: `arn:aws:iam::${this.world.account}:root` }),
    AssumeRole: (input) => {
      refuseUnknown('sts:AssumeRole', input, ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId', 'Tags', 'TransitiveTagKeys', 'Policy', 'PolicyArns']);
      return this.assume(input.RoleArn, input.RoleSessionName);
    },
  };

  private issued = 0;
  private readonly assumed = new Map<string, string>();

  /** Whose an access key is: of an assumed role where it was given out here, else of the root (assumption: caller-identity). */
  public arnOf(accessKeyId: string): string {
    return this.assumed.get(accessKeyId) ?? `arn:aws:iam::${this.world.account}:root`;
  }

  private assume(roleArn: string, session: string): Record<string, unknown> {
    const role = this.world.get(IamService).roles.byArn(roleArn);
    if (!role) {
      throw new AwsError('AccessDenied', `User: arn:aws:iam::${this.world.account}:root is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403);
    }
    // A counter and not the world's random numbers: how often a client asks for credentials must not change a history.
    this.issued += 1;
    const number = String(this.issued).padStart(12, '0');
    const accessKeyId = `ASIA${number}AAAA`;
    const arn = `arn:aws:sts::${this.world.account}:assumed-role/${role.name}/${session}`;
    this.assumed.set(accessKeyId, arn);
    return {
      Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: `secret-${number}`, SessionToken: `session-${number}`, Expiration: NEVER },
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${session}`, Arn: arn },
    };
  }
}
