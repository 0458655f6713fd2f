import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, Policy, PolicyDocument, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { useKey } from './encryption';
import { explain } from '../private/findings';

/** All that changes items; transactions are judged by these too (DynamoDB developer guide, "Using IAM with DynamoDB transactions"). */
const WRITES = [
  'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete',
].map((name) => `dynamodb:${name}`);

/**
 * Durable memory of the controllers: what is released, revoked and committed is decided from it. So nobody but the functions of the stack writes
 * it, whatever rights they have otherwise: a policy of the table denies it.
 */
export class Ledger extends Construct {
  public readonly table: Table;
  /**
   * What lets the functions use it: one for all, since who may overwrite a record gains nothing by deleting it. It stands beside the roles, which
   * the table names: a custom resource whose function writes the ledger comes after it.
   */
  public readonly access: Policy;
  private readonly roles: IRole[] = [];

  public constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy, encryptionKey?: IKey) {
    super(scope, id);
    this.table = new Table(this, 'Resource', {
      partitionKey: { name: 'key', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: encryptionKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT,
      encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy,
      resourcePolicy: new PolicyDocument({ statements: [this.onlyOurs()] }),
    });
    explain(this, 'DynamoDBInBackupPlan');
    this.access = new Policy(this, 'Access', {
      statements: [new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], resources: [this.table.tableArn],
      })],
    });
    this.access.addStatements(...useKey(this, encryptionKey, 'dynamodb').map(({ statement }) => statement));
    explain(this.access, 'IAMNoInlinePolicy');
  }

  /** Lets a function read and write. */
  public permit(role: IRole): void {
    this.roles.push(role);
    this.access.attachToRole(role);
  }

  /** `*` is this table: a policy that named it would stand before it (aws-dynamodb of the CDK, "Resource policies"). */
  private onlyOurs(): PolicyStatement {
    return new PolicyStatement({
      sid: 'OnlyTheFunctionsOfTheStackWrite',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: WRITES,
      resources: ['*'],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.roles.map(({ roleArn }) => roleArn) }) } },
    });
  }
}
