import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Permission } from './permission';
import { ledgerKey, PARAMETER_ROOT, type FollowedChannel, type Publisher } from '../../contract';

/**
 * Reading records of another stack's ledger, and no others. `ForAllValues` is how a condition on the key of items is written; a request without a
 * key would pass it, and GetItem has one always (DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control").
 */
export const readLedger = (scope: IConstruct, { tableArn }: Publisher, keys: string[]): Permission[] => [
  {
    statement: new PolicyStatement({
      actions: ['dynamodb:GetItem'], resources: [tableArn], conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
    }),
  },
  decryptLedger(scope, tableArn),
];

/**
 * The ledger of the other stack may be under a key of its own. DynamoDB decrypts with the rights of who reads, and names the table in the
 * encryption context (DynamoDB developer guide, "DynamoDB encryption at rest: usage notes", "DynamoDB encryption context").
 */
function decryptLedger(scope: IConstruct, tableArn: string): Permission {
  const stack = Stack.of(scope);
  const table = stack.splitArn(tableArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName;
  return {
    statement: new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' })],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${stack.region}.${stack.urlSuffix}`, 'kms:EncryptionContext:aws:dynamodb:tableName': table } },
    }),
    wildcards: "The key of another stack's ledger is not known here; through DynamoDB alone, and for that table alone",
  };
}

/** The record of the image whose channel is followed. */
export const followedKeys = ({ image, publisher }: FollowedChannel & { readonly publisher: Publisher }): string[] =>
  [ledgerKey.image(publisher.namespace, image)];

/** What channels of the other stack hold: released, or from the start. */
export const seedKeys = ({ namespace }: Publisher): string[] => [ledgerKey.image(namespace, '*'), ledgerKey.published(`${PARAMETER_ROOT}/${namespace}/*`)];
