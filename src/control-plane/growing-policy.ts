import type { Handler } from './handler';
import { anyRollout, followedKeys, readLedger, readParameters, RolloutPermissions, type Arns, type Permitted, type RolledGroup } from './permissions';
import type { FollowedChannel, Publisher } from '../contract';
import { InvalidInputError } from '../private/errors';

/**
 * Groups and channels whose names stand in one policy. A managed policy holds 6,144 characters, the inline policies of a role together
 * 10,240, of which what every controller may do takes some; a group takes 650 characters where all its names are as long as AWS allows
 * (IAM and AWS STS quotas, IAM User Guide).
 */
export const NAMES_PER_POLICY = 8;

/** Managed policies that a role may have, unless the account has a higher quota. */
const FURTHER_POLICIES = 10;

/**
 * What the controller may do to groups and channels: grows with the fleets of the stack, over as many policies as that takes. The first one, too,
 * is a resource of its own: the ledger names the role, and groups come after the ledger.
 */
export class GrowingPolicy {
  private names = 0;
  private policy!: Permitted;
  private rollouts!: RolloutPermissions;
  private rolls = false;
  private readonly channels = new Set<string>();

  public constructor(private readonly handler: Handler, private readonly arns: Arns) {}

  /** A channel of another stack that a fleet of this one follows, or an image stands on: its releases stand in the ledger of that stack. */
  public permitChannel(followed: FollowedChannel & { readonly publisher: Publisher }): void {
    const { image, publisher, parameterName } = followed;
    const key = `${publisher.tableArn} ${image} ${parameterName}`;
    if (this.channels.has(key)) { return; }
    this.channels.add(key);
    this.makeRoom();
    // An image that stands on the channel waits until a build would read the release from there.
    this.policy.allow(...readLedger(this.handler, publisher, followedKeys(followed)), readParameters([this.arns.parameter(parameterName)]));
  }

  public permitGroup(group: RolledGroup): void {
    if (!this.rolls) {
      this.rolls = true;
      this.handler.allow(...anyRollout(this.arns));
    }
    this.makeRoom();
    this.rollouts.permit(group);
  }

  private makeRoom(): void {
    const index = this.names / NAMES_PER_POLICY;
    if (Number.isInteger(index)) {
      this.policy = index === 0 ? this.handler.ownPolicy('Fleets') : this.further(index);
      this.rollouts = new RolloutPermissions(this.policy, this.arns);
    }
    this.names += 1;
  }

  private further(index: number): Permitted {
    if (index > FURTHER_POLICIES) {
      throw new InvalidInputError(this.handler, {
        what: `the fleets of the stack have more than ${this.names} groups and channels of other stacks`,
        expected: `at most ${this.names}, because a role holds ${FURTHER_POLICIES} managed policies`,
        fix: 'declare some of the fleets in another stack; its fleets may follow the same channels',
      });
    }
    return this.handler.furtherPolicy(`Policy${index + 1}`);
  }
}
