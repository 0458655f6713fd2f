import type { Granted } from './evaluator';

const allow = (Action: string[], resources = ['*'], Condition?: Granted['Condition']): Granted => ({ Effect: 'Allow', Action, resources, Condition });
const known: Readonly<Record<string, readonly Granted[]>> = {
  // AWS Managed Policy Reference, AmazonSSMManagedInstanceCore, version 2.
  AmazonSSMManagedInstanceCore: [allow([
    'ssm:DescribeAssociation', 'ssm:GetDeployablePatchSnapshotForInstance', 'ssm:GetDocument', 'ssm:DescribeDocument', 'ssm:GetManifest', 'ssm:GetParameter', 'ssm:GetParameters',
    'ssm:ListAssociations', 'ssm:ListInstanceAssociations', 'ssm:PutInventory', 'ssm:PutComplianceItems', 'ssm:PutConfigurePackageResult', 'ssm:UpdateAssociationStatus',
    'ssm:UpdateInstanceAssociationStatus', 'ssm:UpdateInstanceInformation', 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel', 'ec2messages:AcknowledgeMessage', 'ec2messages:DeleteMessage', 'ec2messages:FailMessage', 'ec2messages:GetEndpoint', 'ec2messages:GetMessages',
    'ec2messages:SendReply',
  ])],
  // AWS Managed Policy Reference, EC2InstanceProfileForImageBuilder, version 6; without its statements on snapshots.
  EC2InstanceProfileForImageBuilder: [
    allow(['s3:GetObject'], ['arn:aws:s3:::*/*.ISO', 'arn:aws:s3:::*/*.iso', 'arn:aws:s3:::*/*.Iso'], { StringEquals: { 's3:ResourceAccount': '123456789012' } }),
    allow(['imagebuilder:GetComponent', 'imagebuilder:GetMarketplaceResource']),
    allow(['kms:Decrypt'], ['*'], { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:imagebuilder:arn', 'aws:CalledVia': ['imagebuilder.amazonaws.com'] } }),
    allow(['s3:GetObject'], ['arn:aws:s3:::ec2imagebuilder*']),
    allow(['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:PutLogEvents'], ['arn:aws:logs:*:*:log-group:/aws/imagebuilder/*']),
  ],
};

/** What a policy of AWS allows that a role has; one that is not known here is no answer. */
export function managedPolicies(arn: unknown): readonly Granted[] {
  const name = /policy\/(?:service-role\/)?(\w+)/.exec(JSON.stringify(arn))?.[1] ?? '';
  const statements = known[name];
  if (!statements) throw new Error(`the policy ${name} is not known: ${JSON.stringify(arn)}`);
  return statements;
}
