import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { explain } from '../private/findings';

/** Durable memory of the controllers: what is released, revoked and committed is decided from it. */
export class Ledger extends Construct {
  public readonly table: Table;
  /**
   * What lets the functions use it. A policy beside their roles, since the table names the roles: a custom resource whose function writes the
   * ledger comes after it.
   */
  public readonly access: Policy;

  public constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    this.table = new Table(this, 'Resource', {
      partitionKey: { name: 'key', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy,
    });
    explain(this, 'DynamoDBInBackupPlan');
    this.access = new Policy(this, 'Access', {
      statements: [new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], resources: [this.table.tableArn],
      })],
    });
    explain(this.access, 'IAMNoInlinePolicy');
  }

  /** Lets a function read and write. */
  public permit(role: IRole): void {
    this.access.attachToRole(role);
  }
}
