import { Stack, Validations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';

/** A principal that is not known before all is granted. */
export interface ExplainedLater {
  explainLater(explanation: (principal: IConstruct) => void): void;
}

/** Packs of cdk-nag, by what the names of their rules begin with. */
const PACKS = ['AwsSolutions', 'NIST.800.53.R5', 'HIPAA.Security', 'PCI.DSS.321', 'Serverless'];

/** Why what policy checkers find in this library is no fault: by rule, without the name of the pack. */
const REASONS = {
  'IAMNoInlinePolicy':
    'The policy is for the functions of this stack alone and lives as long as they: they never work without it, and nobody can attach it elsewhere',
  'LambdaConcurrency':
    'The event source mapping of the controller starts at most two; CloudFormation and operators call the other functions one at a time. ' +
    'Reserved concurrency would be taken from the account',
  'LambdaDLQ':
    'A message that the controller cannot handle goes to the dead-letter queue of its queue, which has an alarm; ' +
    'who calls the other functions (CloudFormation, operators, builds) waits for the answer and reports the failure',
  'LambdaInsideVPC':
    'The function calls APIs of AWS only, over TLS and with its own role, and reaches nothing in a VPC',
  'LambdaTracing':
    'One invocation looks at one key and logs what it decides; X-Ray would need permissions that cannot be limited to resources',
  'LambdaEventSourceMappingDestination':
    'Amazon SQS event sources have no destination on failure: the queue has a dead-letter queue',
  'EventBusDLQ':
    'An event only says that it is time to look: the next sweep, within half an hour, looks at everything that an undelivered event was about',
  'SQSRedrivePolicy': 'It is itself the dead-letter queue; an alarm says when something is in it',
  'DynamoDBInBackupPlan':
    'Point-in-time recovery covers each second of 35 days, and the table is deleted with its stack only where the app says so',
  'CloudWatchLogGroupEncrypted':
    'CloudWatch Logs encrypts all logs at rest by keys of AWS; nothing of the library writes a secret into them',
  'CodeBuildProjectSourceRepoUrl':
    'The project has no source repository: the template is an asset of the deployment, and Packer and plugins are verified by SHA-256',
  'CB4':
    'The project keeps no artifacts and no cache; the key that AWS manages encrypts what it holds while it runs, and encryptionKey takes another',
  'S3BucketReplicationEnabled':
    'A disk is uploaded once, to be imported in this region; the AMI is made of it, and the original stays where it came from',
  'S3BucketVersioningEnabled':
    'A disk is uploaded once under its own name; former versions of whole disks would be paid for and never read',
  'S3DefaultEncryptionKMS':
    'Encrypted with S3-managed keys (AES-256): VM Import/Export writes to no bucket with SSE-KMS, and the same bucket may take exports',
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/EC2ImageBuilderExecutionPolicy]':
    'The policy that Image Builder documents for execution roles',
};

export type Finding = keyof typeof REASONS;

/** Tells policy checkers why these findings below a construct are no faults. */
export function explain(scope: IConstruct, ...findings: Finding[]): void {
  const rules = findings.flatMap((finding) =>
    PACKS.map((pack) => ({ id: `${pack}-${finding}`, reason: REASONS[finding] })),
  );
  Validations.of(scope).acknowledge(...rules);
}

/**
 * Writes the reason of a wildcard where policy checkers look for it: the rules are AwsSolutions-IAM5 and
 * Serverless-LambdaStarPermissions of cdk-nag.
 */
export function explainWildcards(scope: IConstruct, resources: string[], reason: string | undefined): void {
  const names = resources
    .map((resource) => plainText(Stack.of(scope).resolve(resource)))
    .filter((name) => name.includes('*'));
  if (names.length > 0 && reason === undefined) {
    throw new Error(`${scope.node.path}: no reason is given for the wildcards in ${names.join(', ')}`);
  }
  const rules = names.flatMap((name) => [
    `AwsSolutions-IAM5[Resource::${name}]`,
    ...(name === '*' ? ['Serverless-LambdaStarPermissions'] : []),
  ]);
  Validations.of(scope).acknowledge(...rules.map((id) => ({ id, reason: reason! })));
}

/** The same for actions with wildcards, which the CDK writes where it grants the use of a resource. */
export function explainActions(scope: IConstruct, actions: string[], reason: string): void {
  Validations.of(scope).acknowledge(
    ...actions.map((action) => ({ id: `AwsSolutions-IAM5[Action::${action}]`, reason })),
  );
}

/** Both, for what is granted to somebody whom the app declares. */
export function explainGrant(
  grantee: IGrantable,
  granted: { readonly resources: string[]; readonly actions: string[] },
  reason: string,
): void {
  const { grantPrincipal } = grantee;
  const explainTo = (principal: IConstruct): void => {
    explainWildcards(principal, granted.resources, reason);
    explainActions(principal, granted.actions, reason);
  };
  if (Construct.isConstruct(grantPrincipal)) {
    explainTo(grantPrincipal);
  } else {
    (grantPrincipal as Partial<ExplainedLater>).explainLater?.(explainTo);
  }
}

/** References as their names in angle brackets. */
function plainText(value: any): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{([^}]*)\}/g, '<$1>');
  }
  if (value.Ref) {
    return `<${value.Ref}>`;
  }
  if (value['Fn::ImportValue']) { return `<${value['Fn::ImportValue']}>`; }
  return value['Fn::Join'] ? value['Fn::Join'][1].map(plainText).join('') : `<${value['Fn::GetAtt'].join('.')}>`;
}
