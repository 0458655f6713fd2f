import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** What a function may do. */
export interface Permission {
  readonly statement: PolicyStatement;
  /** Why resources with wildcards are in it; required where there are any. */
  readonly wildcards?: string;
}

/** What permissions are given to: one policy. */
export interface Permitted {
  /** Where policy checkers look for reasons. */
  readonly scope: IConstruct;
  allow(...permissions: Permission[]): void;
}

/** Writes the reason of a wildcard where policy checkers look for it: the rules are AwsSolutions-IAM5 and Serverless-LambdaStarPermissions of cdk-nag. */
export function explainWildcards(scope: IConstruct, resources: string[], reason: string | undefined): void {
  const names = resources.map((resource) => plainText(Stack.of(scope).resolve(resource))).filter((name) => name.includes('*'));
  if (names.length > 0 && reason === undefined) {
    throw new Error(`${scope.node.path}: no reason is given for the wildcards in ${names.join(', ')}`);
  }
  const rules = names.flatMap((name) => [`AwsSolutions-IAM5[Resource::${name}]`, ...name === '*' ? ['Serverless-LambdaStarPermissions'] : []]);
  Validations.of(scope).acknowledge(...rules.map((id) => ({ id, reason: reason! })));
}

/** References as their names in angle brackets. */
function plainText(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value.Ref) { return `<${value.Ref}>`; }
  return value['Fn::Join'] ? value['Fn::Join'][1].map(plainText).join('') : `<${value['Fn::GetAtt'].join('.')}>`;
}
