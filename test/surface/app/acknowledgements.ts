import { Validations, type App } from 'aws-cdk-lib';

const PACKS = ['AwsSolutions', 'NIST.800.53.R5', 'HIPAA.Security', 'PCI.DSS.321', 'Serverless'];

const NOT_OURS =
  'Stands for what an account already has: its network and buckets are watched over elsewhere, and nothing of it is of the library';
const DELEGATED =
  'A grant of the app to its own role, which the CDK writes as an inline policy: it lives as long as the role and the resource';

/** What checkers find in this app and not in the library, with the reason: by the id of a construct, and rule. */
const REASONS: Record<string, Record<string, string>> = {
  Account: {
    'CloudFormation-Validate::W3010': 'The zones have names, so that nothing is looked up in an account',
    'VPC7': NOT_OURS,
    'VPCDefaultSecurityGroupClosed': `${NOT_OURS}; no instance uses the default security group`,
    'VPCFlowLogsEnabled': NOT_OURS,
    'VPCNoUnrestrictedRouteToIGW': `${NOT_OURS}; only the NAT gateway is in subnets with that route`,
    'S3BucketReplicationEnabled': NOT_OURS,
    'S3DefaultEncryptionKMS':
      'Encrypted with S3-managed keys, because VM Import/Export and access logs of Amazon S3 write to no bucket with SSE-KMS',
  },
  ...Object.fromEntries(
    ['WebGroup', 'ArmGroup', 'WindowsGroup'].map((group) => [
      group,
      {
        EC26: 'The volumes are those of the image, which its recipe encrypts',
        AS3: 'The controller follows the group and raises alarms, which notify the operators',
      },
    ]),
  ),
  Registrar: { IAMNoInlinePolicy: DELEGATED },
  Importer: { IAMNoInlinePolicy: DELEGATED },
  ServerRole: {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]':
      'Packer reaches the instance through Systems Manager, which asks for this policy',
  },
};

export function acknowledge(app: App): void {
  app.node
    .findAll()
    .forEach((construct) =>
      Object.entries(REASONS[construct.node.id] ?? {}).forEach(([rule, reason]) =>
        Validations.of(construct).acknowledge(
          ...(rule.includes('::W') ? [rule] : PACKS.map((pack) => `${pack}-${rule}`)).map((id) => ({ id, reason })),
        ),
      ),
    );
}
