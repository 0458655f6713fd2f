import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { qualifiedName } from '../contract';
import type { Permission } from '../control-plane/permissions';

const AGENT = 'The agent of Systems Manager calls this for the instance that it is on; most of these actions know no resources';

/**
 * What build and test instances may do: what AmazonSSMManagedInstanceCore (version 2) and EC2InstanceProfileForImageBuilder (version 6) of the
 * AWS Managed Policy Reference allow, but for what reads of the account: `ssm:GetParameter` and `GetParameters` (with the key of the account,
 * every SecureString), documents, components and log groups of others, and any ISO file in any bucket.
 */
export function buildPermissions(scope: IConstruct, namespace: string): Permission[] {
  return [...agentPermissions(scope), ...servicePermissions(scope, namespace)];
}

/** Systems Manager user guide, "Configure instance permissions required for Systems Manager". */
function agentPermissions(scope: IConstruct): Permission[] {
  const stack = Stack.of(scope);
  return [
    {
      statement: new PolicyStatement({
        actions: [
          // The instance says that it is there ("Verifying the status of a node").
          'ssm:UpdateInstanceInformation',
          // State Manager.
          'ssm:DescribeAssociation', 'ssm:ListAssociations', 'ssm:ListInstanceAssociations', 'ssm:UpdateAssociationStatus', 'ssm:UpdateInstanceAssociationStatus',
          // Inventory and Compliance.
          'ssm:PutComplianceItems', 'ssm:PutInventory',
          // Distributor and Patch Manager.
          'ssm:GetDeployablePatchSnapshotForInstance', 'ssm:GetManifest', 'ssm:PutConfigurePackageResult',
          // The channels by which commands come ("ec2messages, ssmmessages, and other API operations").
          'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel',
          'ec2messages:AcknowledgeMessage', 'ec2messages:DeleteMessage', 'ec2messages:FailMessage', 'ec2messages:GetEndpoint', 'ec2messages:GetMessages',
          'ec2messages:SendReply',
        ],
        resources: ['*'],
      }),
      wildcards: AGENT,
    },
    {
      // Run Command sends documents with its messages; associations have the agent fetch them. Those of AWS have no account (assumption: documents-of-aws).
      statement: new PolicyStatement({
        actions: ['ssm:DescribeDocument', 'ssm:GetDocument'],
        resources: [stack.formatArn({ service: 'ssm', account: '', resource: 'document', resourceName: '*' })],
      }),
      wildcards: 'Documents that AWS publishes, of which none is of the account',
    },
    {
      // "SSM Agent communications with AWS managed S3 buckets", for subnets that reach S3 by an endpoint.
      statement: new PolicyStatement({ actions: ['s3:GetObject'], resources: AGENT_BUCKETS.map((name) => objects(name)) }),
      wildcards: 'Buckets of AWS, from which the agent updates itself and installs packages',
    },
  ];
}

const AGENT_BUCKETS = [
  'amazon-ssm-packages', 'amazon-ssm', 'aws-ssm-distributor-file', 'aws-ssm-document-attachments', 'aws-ssm', 'aws-windows-downloads',
  'patch-baseline-snapshot',
].map((name) => `${name}-${Aws.REGION}`).concat(`${Aws.REGION}-birdwatcher-prod`);
const objects = (bucket: string): string => `arn:${Aws.PARTITION}:s3:::${bucket}/*`;

/** Image Builder user guide, "EC2InstanceProfileForImageBuilder policy" and "Prerequisites" (IAM instance profile). */
function servicePermissions(scope: IConstruct, namespace: string): Permission[] {
  const stack = Stack.of(scope);
  const ours = qualifiedName(namespace, '*');
  const component = (account: string, resourceName: string): string => stack.formatArn({ service: 'imagebuilder', account, resource: 'component', resourceName });
  return [
    {
      // By the ARN that the recipe names, or that of its build (assumption: components-by-name).
      statement: new PolicyStatement({
        actions: ['imagebuilder:GetComponent', 'imagebuilder:GetMarketplaceResource'],
        resources: [component(Aws.ACCOUNT_ID, ours), component('aws', '*'), component('aws-marketplace', '*')],
      }),
      wildcards: 'Components of this namespace, of Amazon and of AWS Marketplace; versions and builds have no number before',
    },
    {
      statement: new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:imagebuilder:arn', 'aws:CalledVia': ['imagebuilder.amazonaws.com'] } },
      }),
      wildcards: 'Only through Image Builder and for its components, whichever key encrypts them',
    },
    {
      statement: new PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:${Aws.PARTITION}:s3:::ec2imagebuilder*`] }),
      wildcards: 'Buckets of Image Builder, which holds the component manager there; their names differ by region',
    },
    {
      statement: new PolicyStatement({
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [stack.formatArn({ service: 'logs', resource: 'log-group:/aws/imagebuilder', resourceName: ours })],
      }),
      wildcards: 'Log groups of this namespace; streams are named after builds',
    },
  ];
}

/** What installing from an ISO file needs beside (EC2InstanceProfileForImageBuilder, version 6), but for the file, which is granted by its bucket. */
export function isoPermissions(scope: IConstruct): Permission[] {
  const stack = Stack.of(scope);
  const created = (key: string) => ({ StringEquals: { [`aws:${key}/CreatedBy`]: 'EC2 Image Builder' } });
  const snapshots = stack.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: '*' });
  const wildcards = 'What Image Builder makes has no name before; it is known by its tag';
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): Permission =>
    ({ statement: new PolicyStatement({ actions, resources, conditions }), wildcards });
  return [
    allow(['ec2:DescribeSnapshots', 'ec2:DescribeVolumes'], ['*']),
    allow(['ec2:CreateSnapshot'], [snapshots], created('RequestTag')),
    allow(['ec2:CreateSnapshot'], [stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: '*' })], created('ResourceTag')),
    allow(['ec2:CreateTags'], [snapshots], { StringEquals: { ...created('RequestTag').StringEquals, 'ec2:CreateAction': 'CreateSnapshot' } }),
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [stack.formatArn({ service: 'logs', resource: 'log-group:/aws/imagebuilder', resourceName: '*' })]),
  ];
}
