import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { explain } from '../private/findings';

/** Durable memory of the controllers. */
export class Ledger extends Construct {
  public readonly table: Table;

  public constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy, encryptionKey?: IKey) {
    super(scope, id);
    this.table = new Table(this, 'Resource', {
      partitionKey: { name: 'key', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: encryptionKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT,
      encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy,
    });
    explain(this, 'DynamoDBInBackupPlan');
  }
}
