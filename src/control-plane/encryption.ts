import { Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import type { Permission } from './permissions';
import { InvalidInputError } from '../private/errors';
import { permitKey, type KeyPlace } from '../private/key-policy';

/** Services that use a key with the rights of who calls them. */
export type KeyUser = 'dynamodb' | 'sqs';

/**
 * What DynamoDB and SQS do with a key in the name of their caller (DynamoDB developer guide, "DynamoDB encryption at rest: usage notes",
 * "Authorizing use of your customer managed key"; SQS developer guide, "Key management", "Configuring AWS KMS permissions").
 */
const USE: Readonly<Record<KeyUser, string[]>> = {
  dynamodb: ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'].map((each) => `kms:${each}`),
  sqs: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

/** What a function needs of the key of the ledger or of queues: through that service, and nothing directly. */
export function useKey(scope: IConstruct, key: IKey | undefined, through: KeyUser, actions = USE[through]): Permission[] {
  if (key === undefined) { return []; }
  const { region, urlSuffix } = Stack.of(scope);
  // The endpoint of the service, in China under another domain (kubernetes/kops#18363 has it so).
  const conditions = { StringEquals: { 'kms:ViaService': `${through}.${region}.${urlSuffix}` } };
  return [{ statement: new PolicyStatement({ actions, resources: [key.keyArn], conditions }) }];
}

/** Lets services that work in nobody's name use the key, once a stack. */
export function permitServices(scope: IConstruct, key: IKey, notifies: boolean): void {
  checkPlace(scope, key);
  checkNoAlias(scope, key);
  permitKey(scope, {
    key,
    id: 'encryptionKey.imported',
    consequence: 'log groups are not created, events do not reach the queue of the controllers, and alarms do not reach topics under this key,',
    statements: (place) => [logs(place), events(), ...notifies ? [alarms(place)] : []],
  });
}

/** Queues and log groups take keys of their region only; in another account the policy of the key would have to name each function. */
function checkPlace(scope: IConstruct, key: IKey): void {
  const own = Stack.of(scope);
  for (const part of ['account', 'region'] as const) {
    if (key.env[part] === own[part] || Token.isUnresolved(key.env[part]) || Token.isUnresolved(own[part])) { continue; }
    throw new InvalidInputError(scope, {
      what: `the encryptionKey ${key.node.path} is in ${part} ${key.env[part]}`, expected: `${part} ${own[part]}, where the stack is`, fix: 'give a key of there',
    });
  }
}

/** Log groups name keys by their ARN, and so do policies: the ARN of an alias stands for no key there ("Using aliases to control access to KMS keys"). */
function checkNoAlias(scope: IConstruct, key: IKey): void {
  if (!JSON.stringify(Stack.of(scope).resolve(key.keyArn)).includes(':alias/')) { return; }
  throw new InvalidInputError(scope, {
    what: `the encryptionKey ${key.node.path} is an alias`, expected: 'the key itself, because policies and log groups name keys', fix: 'give it by Key.fromKeyArn or Key.fromLookup',
  });
}

/** CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS Key Management Service" (assumption: logs-principal-suffix). */
const logs = ({ partition, account, region, urlSuffix }: KeyPlace): PolicyStatement => new PolicyStatement({
  sid: 'LogGroupsUseTheKey',
  principals: [new ServicePrincipal(`logs.${region}.${urlSuffix}`)],
  actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
  resources: ['*'],
  conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
});

/**
 * SQS developer guide, "Key management", "Enable compatibility between event sources from AWS services and encrypted queues". Without a condition
 * on the source: the requests of EventBridge carry none (assumption: event-key-conditions). Which rules may send, the policy of the queue says.
 */
const events = (): PolicyStatement => new PolicyStatement({
  sid: 'EventsReachEncryptedQueues',
  principals: [new ServicePrincipal('events.amazonaws.com')],
  actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
  resources: ['*'],
});

/** SNS developer guide, "Key management", "Enable compatibility between event sources from AWS services and encrypted topics". */
const alarms = ({ partition, account, region }: KeyPlace): PolicyStatement => new PolicyStatement({
  sid: 'AlarmsReachEncryptedTopics',
  principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
  actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
  resources: ['*'],
  conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` } },
});
