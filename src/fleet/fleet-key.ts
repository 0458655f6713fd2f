import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { IImage } from '../image/image';
import { launchTraitsOf } from '../image/launch-traits';

const ROLE = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

/**
 * Lets EC2 Auto Scaling launch instances from an image under a customer key: its service-linked role has no access to those (Amazon EC2
 * Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes"). The policy of an imported key is not the app's
 * to change: synthesis says what must be in it.
 */
export function permitLaunches(fleet: IConstruct, image: IImage): void {
  const key = launchTraitsOf(image).encryptionKey;
  if (key === undefined) { return; }
  const { account, partition } = Stack.of(fleet);
  const added = statements(partition, account).map((statement) => key.addToResourcePolicy(statement).statementAdded);
  if (added.every((each) => each)) { return; }
  const plain = statements(Token.isUnresolved(partition) ? 'aws' : partition, Token.isUnresolved(account) ? '<account>' : account);
  Annotations.of(fleet).addWarningV2(
    'cdk-golden-images:fleet.importedKey',
    `the image '${image.imageName}' is encrypted with the imported key ${key.node.path}; launches end in Client.InternalError unless the key policy has these `
    + `statements: ${JSON.stringify(plain.map((statement) => statement.toStatementJson()))}`,
  );
}

/**
 * By conditions and not by principal: AWS refuses a policy that names a role which does not exist, and the service-linked role comes into
 * being with the first group of an account.
 */
function statements(partition: string, account: string): PolicyStatement[] {
  const arn = `arn:${partition}:iam::${account}:${ROLE}`;
  const who = { ArnEquals: { 'aws:PrincipalArn': arn }, StringEquals: { 'kms:CallerAccount': account } };
  const statement = (sid: string, actions: string[], conditions: object) =>
    new PolicyStatement({ sid, principals: [new AnyPrincipal()], actions, resources: ['*'], conditions: { ...who, ...conditions } });
  return [
    statement('AutoScalingUsesTheKey', ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], {}),
    statement('AutoScalingGrantsTheKeyToVolumes', ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
}
