import type { Template } from 'aws-cdk-lib/assertions';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a template allows somebody. */
export interface Policy {
  /** Path in the template. */
  readonly where: string;
  /** Logical ids of the roles that have it; none: it is a policy of a resource. */
  readonly roles: readonly string[];
  readonly statements: ReadonlyArray<Statement & { readonly resources: readonly string[] }>;
}

interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly Properties?: Record<string, any>;
}
type Resources = Readonly<Record<string, Resource>>;

/** Every policy document of a template, with its references resolved to ARNs and names of the kind that they will have. */
export function policiesOf(template: Template): Policy[] {
  const resources = template.toJSON().Resources as Resources;
  const documents = Object.entries(resources).flatMap(([id, { Properties: properties }]) => documentsIn(properties, id));
  return documents.map(({ where, document }) => ({
    where,
    roles: rolesOf(where, resources),
    statements: [document.Statement].flat().map((each) => ({
      ...each, resources: [each.Resource ?? []].flat().map((resource) => textOf(resource, resources)),
    })),
  }));
}

function documentsIn(value: unknown, where: string): Array<{ where: string; document: { Statement: Statement | Statement[] } }> {
  if (typeof value !== 'object' || value === null) return [];
  if ('Statement' in value && 'Version' in value) return [{ where, document: value as never }];
  return Object.entries(value).flatMap(([key, inner]) => documentsIn(inner, `${where}.${key}`));
}

/** A role has its inline policies and those that name it; who may assume it, and policies of resources, belong to none. */
function rolesOf(where: string, resources: Resources): string[] {
  const [id] = where.split('.') as [string];
  const { Type: type, Properties: properties } = resources[id]!;
  if (type === 'AWS::IAM::Role') return where.includes('AssumeRole') ? [] : [id];
  if (!/^AWS::IAM::(Managed)?Policy$/.test(type)) return [];
  const { Roles, Users, Groups } = properties!;
  return [Roles, Users, Groups].flat().flatMap((each) => (each?.Ref ? [each.Ref as string] : []));
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackId': 'arn:aws:cloudformation:eu-central-1:123456789012:stack/Shop/0',
};

const arn = (rest: string) => (id: string): string => `arn:aws:${rest}${id}`;
const ARNS: Readonly<Record<string, (id: string) => string>> = {
  'AWS::CodeBuild::Project': arn('codebuild:eu-central-1:123456789012:project/'),
  'AWS::DynamoDB::Table': arn('dynamodb:eu-central-1:123456789012:table/'),
  'AWS::IAM::InstanceProfile': arn('iam::123456789012:instance-profile/'),
  'AWS::IAM::Role': arn('iam::123456789012:role/'),
  'AWS::ImageBuilder::InfrastructureConfiguration': arn('imagebuilder:eu-central-1:123456789012:infrastructure-configuration/'),
  'AWS::KMS::Key': arn('kms:eu-central-1:123456789012:key/'),
  'AWS::Lambda::Function': arn('lambda:eu-central-1:123456789012:function:'),
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:eu-central-1:123456789012:log-group:${id}:*`,
  'AWS::S3::Bucket': arn('s3:::'),
  'AWS::SQS::Queue': arn('sqs:eu-central-1:123456789012:'),
};
/** What `Ref` of these gives is an ARN too. */
const REFERENCES: Readonly<Record<string, (id: string) => string>> = {
  'AWS::Lambda::Alias': arn('lambda:eu-central-1:123456789012:function:alias:'),
  'AWS::SecretsManager::Secret': arn('secretsmanager:eu-central-1:123456789012:secret:'),
};

const referred = (id: string, { Type: type, Properties: properties }: Resource = { Type: '' }): string =>
  REFERENCES[type]?.(id) ?? (type === 'AWS::SSM::Parameter' ? properties!.Name : id);

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function textOf(value: any, resources: Resources): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return PSEUDO[value.Ref] ?? referred(value.Ref, resources[value.Ref]);
  if (value['Fn::Join']) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map((each) => textOf(each, resources)).join(separator);
  }
  if (value['Fn::Sub']) {
    return value['Fn::Sub'].replace(/\$\{(AWS::[A-Za-z]+)\}/g, (_: string, name: string) => PSEUDO[name]!);
  }
  const [id, attribute] = value['Fn::GetAtt'] as [string, string];
  const known = ARNS[resources[id]!.Type];
  if (attribute !== 'Arn' || !known) throw new Error(`nothing is known of ${attribute} of ${resources[id]!.Type}`);
  return known(id);
}
