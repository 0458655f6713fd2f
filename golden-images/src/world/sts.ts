import { IamService } from './iam';
import { roleNameOf, sessionArn } from './iam/principal';
import { AwsError, refuseUnknown, Service, type Operation } from './kernel';

/**
 * When credentials of this world expire. Clients judge it by their own clock, which does not stand at virtual time, so it is never.
 */
const NEVER = new Date('2099-12-31T00:00:00Z');

/** AWS STS. Credentials are handed out and never checked: the role must exist, its trust policy is not evaluated (assumption: assume-role-existence-only). */
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
  private readonly assumed = new Map<string, string>();

  /** Whose an access key is: of an assumed role where it was given out here, else of the root (assumption: caller-identity). */
  public arnOf(accessKeyId: string): string {
    return this.assumed.get(accessKeyId) ?? this.world.root;
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
    // A counter and not the world's random numbers: how often a client asks for credentials must not change a history.
    this.issued += 1;
    const number = String(this.issued).padStart(12, '0');
    const accessKeyId = `ASIA${number}AAAA`;
    const arn = sessionArn(this.world, role.name, session);
    this.assumed.set(accessKeyId, arn);
    return {
      Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: `secret-${number}`, SessionToken: `session-${number}`, Expiration: NEVER },
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${session}`, Arn: arn },
    };
  }
}
