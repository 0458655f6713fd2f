import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/** What the statements of a key are made for. */
export interface KeyPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** What the names of services end in: `amazonaws.com`, in China another. */
  readonly urlSuffix: string;
}

export interface KeyStatements {
  readonly key: IKey;
  readonly statements: (place: KeyPlace) => PolicyStatement[];
  /** Of the warning. */
  readonly id: string;
  /** What goes wrong without them. */
  readonly consequence: string;
}

/** Adds statements to the policy of a key. The policy of an imported key is not the app's to change: synthesis says what must be in it. */
export function permitKey(scope: IConstruct, { key, statements, id, consequence }: KeyStatements): void {
  const { partition, account, region, urlSuffix } = Stack.of(scope);
  const added = statements({ partition, account, region, urlSuffix }).map((statement) => key.addToResourcePolicy(statement).statementAdded);
  if (added.every((each) => each)) { return; }
  const plain = statements({
    partition: Token.isUnresolved(partition) ? 'aws' : partition,
    account: Token.isUnresolved(account) ? '<account>' : account,
    region: Token.isUnresolved(region) ? '<region>' : region,
    urlSuffix: Token.isUnresolved(urlSuffix) ? suffixOf(region) : urlSuffix,
  });
  Annotations.of(scope).addWarningV2(
    `cdk-golden-images:${id}`,
    `${consequence} unless the policy of the imported key ${key.node.path} has these statements: ${JSON.stringify(Stack.of(scope).resolve(plain.map((each) => each.toStatementJson())))}`,
  );
}

const suffixOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
