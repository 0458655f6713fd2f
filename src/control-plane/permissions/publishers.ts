import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Permission } from './permission';
import { ledgerKey, PARAMETER_ROOT, type FollowedChannel, type Publisher } from '../../contract';

/**
 * Reading records of another stack's ledger, and no others. `ForAllValues` is how a condition on the key of items is written; a request without a
 * key would pass it, and GetItem has one always (DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control").
 */
export const readLedger = ({ tableArn }: Publisher, keys: string[]): Permission => ({
  statement: new PolicyStatement({
    actions: ['dynamodb:GetItem'], resources: [tableArn], conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
  }),
});

/** The record of the image whose channel is followed. */
export const followedKeys = ({ image, publisher }: FollowedChannel & { readonly publisher: Publisher }): string[] =>
  [ledgerKey.image(publisher.namespace, image)];

/** What channels of the other stack hold: released, or from the start. */
export const seedKeys = ({ namespace }: Publisher): string[] => [ledgerKey.image(namespace, '*'), ledgerKey.published(`${PARAMETER_ROOT}/${namespace}/*`)];
