import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { IImage } from '../image/image';
import { launchTraitsOf } from '../image/launch-traits';
import { permitKey, type KeyPlace } from '../private/key-policy';

const ROLE = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

/**
 * Lets EC2 Auto Scaling launch instances from an image under a customer key: its service-linked role has no access to those (Amazon EC2
 * Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes"). The policy of an imported key is not the app's
 * to change: synthesis says what must be in it.
 */
export function permitLaunches(fleet: IConstruct, image: IImage): void {
  const key = launchTraitsOf(image).encryptionKey;
  if (key === undefined) { return; }
  permitKey(fleet, {
    key,
    statements,
    id: 'fleet.importedKey',
    consequence: `launches of the image '${image.imageName}' end in Client.InternalError`,
  });
}

/**
 * By conditions and not by principal: AWS refuses a policy that names a role which does not exist, and the service-linked role comes into
 * being with the first group of an account.
 */
function statements({ partition, account }: KeyPlace): PolicyStatement[] {
  const arn = `arn:${partition}:iam::${account}:${ROLE}`;
  const who = { ArnEquals: { 'aws:PrincipalArn': arn }, StringEquals: { 'kms:CallerAccount': account } };
  const statement = (sid: string, actions: string[], conditions: object) =>
    new PolicyStatement({ sid, principals: [new AnyPrincipal()], actions, resources: ['*'], conditions: { ...who, ...conditions } });
  return [
    statement('AutoScalingUsesTheKey', ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], {}),
    statement('AutoScalingGrantsTheKeyToVolumes', ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
}
