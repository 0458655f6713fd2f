import { Ec2Service } from '../ec2/ec2';
import { IamService } from '../iam';
import { roleNameOf } from '../iam/principal';
import { Random, type World } from '../kernel';

/**
 * How Parameter Store checks values of the data type `aws:ec2:image`: after it has answered, and with the rights of who put them.
 *
 * Sources: PutParameter API reference, DataType ("validated asynchronously, and the PutParameter call returns before the validation is
 * complete"); hashicorp/terraform-provider-aws#14513 (a read at once finds nothing; assumption: ssm-image-visible, refuted); boto/boto3#3588 and
 * aws/aws-sdk-java#2919 (without `ec2:DescribeImages` the call succeeds and nothing is written; assumption: ssm-ami-validation, confirmed).
 */
export class ImageValidation {
  /** Virtual seconds that a validation takes, at least and at most (assumption: ssm-validation-seconds). */
  public seconds: readonly [least: number, most: number] = [1, 5];
  /** Whether a validation begins only when the one before it has ended. */
  public oneAfterAnother = false;
  /** A generator of its own: how long validations take changes nothing else in a history. */
  private readonly random: Random;
  private freeAt = 0;

  public constructor(private readonly world: World) {
    this.random = new Random(world.seed + 0x55d);
  }

  /** Calls `ended` when the validation has ended: with the reason, when the value was refused. */
  public begin(name: string, imageId: string, ended: (refusal?: string) => void): void {
    const { caller } = this.world;
    const [least, most] = this.seconds;
    const begins = this.oneAfterAnother ? Math.max(this.world.now, this.freeAt) : this.world.now;
    this.freeAt = begins + Math.round(1000 * (least + this.random.next() * (most - least)));
    this.world.timeline.schedule(this.freeAt - this.world.now, `ssm: validate ${name}`, () => ended(this.refusal(imageId, caller)));
  }

  private refusal(imageId: string, caller: string): string | undefined {
    const role = roleNameOf(caller);
    const visible = role === undefined || this.world.get(IamService).mayCall(role, 'ec2:DescribeImages');
    const available = /^ami-[0-9a-f]{8,17}$/.test(imageId) && this.world.get(Ec2Service).image(imageId)?.state === 'available';
    return visible && available ? undefined : `Unable to Describe Resource: ${imageId}`;
  }
}
